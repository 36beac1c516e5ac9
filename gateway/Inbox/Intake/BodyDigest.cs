using System.Security.Cryptography;

namespace MailInbox.Inbox.Intake;

/// <summary>A body as the digest sees it: CRLF line ends whatever they were, and no blank lines at the end.</summary>
internal static class BodyDigest
{
    public static void Append(IncrementalHash hash, ReadOnlySpan<byte> body)
    {
        body = body.TrimEnd("\r\n"u8);
        while (true)
        {
            int end = body.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                break;
            }

            hash.AppendData(body[..end]);
            hash.AppendData("\r\n"u8);
            int length = body[end] == '\r' && end + 1 < body.Length && body[end + 1] == '\n' ? 2 : 1;
            body = body[(end + length)..];
        }

        hash.AppendData(body);
        hash.AppendData("\r\n"u8);
    }
}
