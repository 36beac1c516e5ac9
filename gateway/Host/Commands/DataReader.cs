using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;

namespace MailInbox.Host.Commands;

/// <summary>The two databases opened only for reading, beside a running gateway or without one.</summary>
internal sealed class DataReader : IDisposable
{
    private DataReader(string folder)
    {
        SqliteDialect dialect = new();
        Mail = Database.OpenReadOnly(DataFolder.MailFileOf(folder), dialect);
        Inbox = Database.OpenReadOnly(DataFolder.InboxFileOf(folder), dialect);
        Raw = new RawMailStore(Mail);
    }

    public Database Inbox { get; }

    public RawMailStore Raw { get; }

    private Database Mail { get; }

    /// <summary>Throws when the folder holds no data.</summary>
    public static DataReader Open(string folder) =>
        File.Exists(DataFolder.InboxFileOf(folder)) ? new DataReader(folder)
        : throw new IOException($"There is no mail in {folder}. Start the gateway first, or say where its data is with --data.");

    public void Dispose()
    {
        Mail.Dispose();
        Inbox.Dispose();
    }
}
