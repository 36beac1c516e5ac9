using System.Globalization;
using MailInbox.Mail.Imap.Dialogue;

namespace MailInbox.Mail.Imap.Fetching;

/// <summary>
/// Fetches a section of one message; a large one slice by slice (RFC 9051 §6.4.5, partial), so that no command takes for ever. Servers that do
/// not know slices send everything each time: that is taken as the whole, not added.
/// </summary>
internal sealed class BodySlices(ImapExchange exchange, IImapReceiver receiver, CancellationToken cancel) : ImapAnswers
{
    public async Task Run(uint uid, ImapSection section, long? size)
    {
        (_uid, _size) = (uid, size > Whole ? size.Value : null);
        _section = section switch { ImapSection.Header => "HEADER", ImapSection.Text => "TEXT", _ => "" };
        do
        {
            (_got, _last) = (false, _size is null);
            ImapReply reply = await exchange.Try(new ImapLine(Verb, Command()), this, cancel).ConfigureAwait(false);
            if (!reply.Ok && !(_bytes > 0 && _bytes >= _size))
                _refusal = reply.Refusal(Verb);
            if (!_got || !reply.Ok)
                break;
        }
        while (!_last && !_foreign);
        bool hasBody = _begun && !_foreign && (_last || _bytes >= _size || (_short && !_got && _refusal is null));
        exchange.Claim(Verb, cancel);
        await receiver.End(new ImapFetched(uid, _items?.Mail(uid), hasBody ? _bytes : 0, hasBody, _refusal), cancel).ConfigureAwait(false);
        exchange.Release();
    }

    public override async ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel)
    {
        if (word != "FETCH")
            return false;
        bool before = _got;
        FetchItems items = await FetchItems.Read(reader, Body, cancel).ConfigureAwait(false);
        bool ours = items.Uid is null ? _got && !before : items.Uid == _uid;
        _foreign |= !ours && _got && !before; // Taken as ours before its UID was read.
        if (ours)
            _items = items.And(_items);
        return ours;
    }

    /// <summary>Larger ones are fetched in slices.</summary>
    private const long Whole = 16 << 20;

    private const long Slice = 4 << 20;

    /// <summary>How many times as large as the server said a message may be.</summary>
    private const int Excess = 4;

    private const string Verb = "UID FETCH";

    private string _section = "";
    private uint _uid;
    private long? _size;
    private long _bytes;
    private FetchItems? _items;
    private ImapRefusal? _refusal;
    private bool _begun, _got, _last, _short, _foreign;

    private string Command() => _size is null
        ? string.Create(CultureInfo.InvariantCulture, $"UID FETCH {_uid} (UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[{_section}])")
        : string.Create(CultureInfo.InvariantCulture, $"UID FETCH {_uid} (UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[{_section}]<{_bytes}.{Slice}>)");

    private async ValueTask<bool> Body(FetchItems items, string name)
    {
        if ((items.Uid is { } uid && uid != _uid) || Origin(name) is not { } origin)
            return false;
        if (_got && _bytes > Slice)
            return false; // A second time in one answer; only a beginning could be begun anew.
        if (await exchange.Reader.OpenString(cancel).ConfigureAwait(false) is { } length)
            await Pass(origin, length).ConfigureAwait(false);
        return true;
    }

    /// <summary>Where the bytes of this item begin; -1 where it does not say. Null: it is not what was asked for.</summary>
    private long? Origin(string name)
    {
        string plain = $"BODY[{_section}]";
        if (name == plain || name == (_section.Length == 0 ? "RFC822" : $"RFC822.{_section}"))
            return -1;
        bool partial = name.StartsWith($"{plain}<", StringComparison.Ordinal) && name.EndsWith('>');
        return partial ? ImapText.Number(name[(plain.Length + 1)..^1]) : null;
    }

    private async ValueTask Pass(long origin, long length)
    {
        bool slice = _size is not null && length <= Slice && _bytes > 0 && !_got;
        if (slice && origin >= 0 && origin != _bytes)
        {
            await exchange.Reader.DropString(cancel).ConfigureAwait(false);
            return;
        }
        if (slice)
            _bytes += await BodyIntake.GoOn(exchange, receiver, cancel).ConfigureAwait(false);
        else
            _bytes = await BodyIntake.Pass(exchange, receiver, _uid, cancel).ConfigureAwait(false);
        (_begun, _got) = (true, true);
        // A server may give less than it was asked for; only one that tells where a slice begins can be asked for the rest.
        _short = origin >= 0 && length is > 0 and < Slice;
        _last = _size is null || (_short ? _bytes >= _size : length != Slice);
        if (_bytes > _size * Excess + Whole)
            throw new ImapBroken(ImapFault.Unreadable, "The server's slices of a message have no end.");
    }
}
