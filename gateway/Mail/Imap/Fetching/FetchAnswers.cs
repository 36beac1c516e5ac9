using MailInbox.Mail.Imap.Dialogue;

namespace MailInbox.Mail.Imap.Fetching;

/// <summary>What a FETCH without bodies tells of the messages asked for.</summary>
internal sealed class FetchAnswers(IReadOnlyList<uint> uids) : ImapAnswers
{
    public IEnumerable<ImapMail> Mails => uids.Where(_told.ContainsKey).Select(uid => _told[uid].Mail(uid));

    public override async ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel)
    {
        if (word != "FETCH")
            return false;
        FetchItems items = await FetchItems.Read(reader, (_, _) => ValueTask.FromResult(false), cancel).ConfigureAwait(false);
        if (items.Uid is not { } uid || !_asked.Contains(uid))
            return false;
        _told[uid] = items.And(_told.GetValueOrDefault(uid));
        return true;
    }

    private readonly HashSet<uint> _asked = [.. uids];
    private readonly Dictionary<uint, FetchItems> _told = [];
}
