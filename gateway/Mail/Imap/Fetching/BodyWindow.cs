using System.Globalization;
using MailInbox.Mail.Imap.Dialogue;

namespace MailInbox.Mail.Imap.Fetching;

/// <summary>
/// Fetches whole messages with several commands on the way at once, one UID each: a server may refuse one, and the others go on. Bytes go to the
/// receiver while they come in.
/// </summary>
internal sealed class BodyWindow(ImapExchange exchange, IImapReceiver receiver, CancellationToken cancel) : ImapAnswers
{
    public async Task Run(IReadOnlyList<uint> uids)
    {
        exchange.Claim(Verb, cancel);
        for (int next = 0; next < uids.Count || _asked.Count > 0;)
        {
            for (; next < uids.Count && _asked.Count < Size; next++)
                Ask(uids[next]);
            exchange.Stream.Deadline.Start(exchange.Time);
            await exchange.Stream.Flush(cancel).ConfigureAwait(false);
            await HearEnd().ConfigureAwait(false);
            while (_asked.Count > 0 && _asked[0].Reply is not null)
            {
                await End(_asked[0]).ConfigureAwait(false);
                _asked.RemoveAt(0);
            }
        }
        exchange.Release();
    }

    public override async ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel)
    {
        if (word != "FETCH")
            return false;
        _taken = null;
        FetchItems items = await FetchItems.Read(reader, Body, cancel).ConfigureAwait(false);
        Asked? one = items.Uid is { } uid ? Find(uid) : null;
        if (_taken is not null && _taken != one)
            (_taken.HasBody, _taken.Bytes) = (false, 0); // Taken for another's before its UID was read.
        if (one is not null)
            one.Items = items.And(one.Items);
        return one is not null;
    }

    /// <summary>Commands on the way at once.</summary>
    private const int Size = 8;

    private const string Verb = "UID FETCH";

    private readonly List<Asked> _asked = [];
    private Asked? _taken;

    private sealed class Asked(uint uid, string tag)
    {
        public uint Uid => uid;

        public string Tag => tag;

        public FetchItems? Items { get; set; }

        public long Bytes { get; set; }

        public bool HasBody { get; set; }

        /// <summary>The receiver was told of its end.</summary>
        public bool Ended { get; set; }

        public ImapReply? Reply { get; set; }
    }

    private void Ask(uint uid)
    {
        Asked one = new(uid, exchange.NextTag());
        _asked.Add(one);
        exchange.Write(one.Tag, string.Create(CultureInfo.InvariantCulture, $"UID FETCH {uid} (UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[])"));
    }

    private async Task HearEnd()
    {
        while (true)
        {
            ImapReply reply = await exchange.Hear(this, cancel).ConfigureAwait(false);
            if (!reply.Ends)
                continue;
            _asked.First(one => one.Tag == reply.Tag).Reply = reply;
            return;
        }
    }

    private Asked? Find(uint uid) => _asked.Find(one => one.Uid == uid && !one.Ended && one.Reply is null);

    private async ValueTask<bool> Body(FetchItems items, string name)
    {
        if (name is not ("BODY[]" or "RFC822"))
            return false;
        Asked? target = items.Uid is { } uid ? Find(uid) : _asked.Find(one => !one.HasBody && !one.Ended && one.Reply is null);
        if (target is null || !await EndThoseBefore(target).ConfigureAwait(false))
            return false;
        (_taken, target.HasBody, target.Bytes) = (target, false, 0);
        if (await exchange.Reader.OpenString(cancel).ConfigureAwait(false) is null)
            return true;
        target.Bytes = await BodyIntake.Pass(exchange, receiver, target.Uid, cancel).ConfigureAwait(false);
        target.HasBody = true;
        return true;
    }

    /// <summary>Bytes of two messages must not mix: those asked for before end early when they are complete. False: one of them may still come.</summary>
    private async ValueTask<bool> EndThoseBefore(Asked target)
    {
        List<Asked> before = [.. _asked.TakeWhile(one => one != target).Where(one => !one.Ended)];
        if (before.Exists(one => one is { HasBody: false, Reply: null }))
            return false;
        foreach (Asked one in before)
            await End(one).ConfigureAwait(false);
        return true;
    }

    private async ValueTask End(Asked one)
    {
        if (one.Ended)
            return;
        one.Ended = true;
        ImapRefusal? refusal = one.Reply is { Ok: false } reply ? reply.Refusal(Verb) : null;
        ImapFetched fetched = new(one.Uid, one.Items?.Mail(one.Uid), one.Bytes, one.HasBody, refusal);
        await exchange.Stream.Deadline.Outside(receiver.End(fetched, cancel)).ConfigureAwait(false);
    }
}
