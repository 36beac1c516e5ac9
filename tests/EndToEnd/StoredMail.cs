using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>The raw mails of a place, read beside the gateway.</summary>
internal sealed class StoredMail : IDisposable
{
    private readonly Database _mail;
    private readonly RawMailStore _raw;

    public StoredMail(GatewayPlace place)
    {
        _mail = Database.OpenReadOnly(DataFolder.MailFileOf(place.Data), new SqliteDialect());
        _raw = new RawMailStore(_mail);
    }

    public byte[] Bytes(long id) => _raw.Bytes(id);

    public void Dispose() => _mail.Dispose();
}
