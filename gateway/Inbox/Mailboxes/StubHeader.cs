using System.Buffers;
using System.Globalization;
using System.Text;
using MailInbox.Inbox.Configuration;
using MailInbox.Mail.Imap;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>The header of a message that is too large, and the mail that stands for it here.</summary>
internal sealed class StubHeader : IImapReceiver
{
    private const int Most = 1 << 20;

    private readonly ArrayBufferWriter<byte> _header = new();

    public ReadOnlyMemory<byte> Bytes => _header.WrittenMemory;

    public ValueTask Begin(uint uid, CancellationToken cancel)
    {
        _header.ResetWrittenCount();
        return ValueTask.CompletedTask;
    }

    public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        _header.Write(bytes.Span[..Math.Min(bytes.Length, Most - _header.WrittenCount)]);
        return ValueTask.CompletedTask;
    }

    public ValueTask End(ImapFetched fetched, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>
    /// Words instead of the body. They stand before the header as it came, since the first Content-Type counts, and are the same
    /// whenever the message is met again.
    /// </summary>
    public byte[] Stub(long size, SourceOptions source)
    {
        string mb = (size / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);
        string limit = (source.MaxSize / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture);
        string header = Encoding.Latin1.GetString(Bytes.Span).TrimEnd('\r', '\n');
        string words = $"This message has {mb} MB, more than the {limit} MB that are fetched. Only its header was taken.\r\nThe whole message is still in the mailbox {source}.\r\n";
        return Encoding.Latin1.GetBytes($"Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n{header}\r\n\r\n{words}");
    }
}
