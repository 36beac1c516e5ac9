using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailInbox.Host.Inspecting;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Host.Commands;

/// <summary><c>mailinbox sanitize</c>: what is left of HTML when it is shown, remote images blocked and <c>cid:</c> addresses kept.</summary>
internal static class SanitizeCommand
{
    /// <summary>Bytes of a page are read as those of a part without a charset: by byte order mark, meta element, or what they look like.</summary>
    private static readonly byte[] Header = "Content-Type: text/html\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8.ToArray();

    private static readonly SanitizeOptions Options = new() { CidAddress = id => $"cid:{id}" };

    /// <summary>0 when every file could be read, otherwise 1.</summary>
    public static int Run(IReadOnlyList<string> paths, bool json, CancellationToken cancel)
    {
        using BufferedStream output = new(Console.OpenStandardOutput());
        using Utf8JsonWriter document = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using StreamWriter lines = new(output, new UTF8Encoding(false), leaveOpen: true);
        return new NamedFiles(paths, ".html").Each(Sanitize, cancel);

        void Sanitize(string path, byte[] bytes)
        {
            SanitizedHtml clean = HtmlSanitizer.CleanOrText(MimeParser.Parse((byte[])[.. Header, .. bytes]).Root.Text(int.MaxValue), Options);
            if (!json)
            {
                string removed = clean.Removed.Count == 0 ? "nothing" : string.Join(", ", clean.Removed);
                lines.WriteLine($"<!-- {path.Replace("--", "- -", StringComparison.Ordinal)}: removed {removed.Replace("--", "- -", StringComparison.Ordinal)}; {clean.RemoteImages} remote -->\n{clean.Html}");
                return;
            }
            Write(document, clean);
            output.WriteByte((byte)'\n');
        }
    }

    private static void Write(Utf8JsonWriter document, SanitizedHtml clean)
    {
        document.WriteStartObject();
        document.WriteString("html", clean.Html);
        document.WriteStartArray("removed");
        foreach (string word in clean.Removed) document.WriteStringValue(word);
        document.WriteEndArray();
        document.WriteNumber("remote", clean.RemoteImages);
        document.WriteEndObject();
        document.Flush();
        document.Reset();
    }
}
