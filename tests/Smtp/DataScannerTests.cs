using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Smtp.Data;

namespace MailInbox.Tests.Smtp;

public class DataScannerTests
{
    [Test]
    public void A_message_ends_where_a_plain_search_finds_its_end() =>
        Prop.ForAll(_wires, _steps, (wire, step) => Scan(wire, step) == Expected(wire)).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [TestCase("a: b\r\n\r\nx\r\n", null)]
    [TestCase("a\rb\r\n", "550 5.6.11")]
    [TestCase("a\nb\r\n", "550 5.6.11")]
    [TestCase("\r\r\n", "550 5.6.11")]
    public void Bare_line_ends_are_remembered(string text, string? refusal)
    {
        DataScanner scanner = new(new SmtpServerOptions { HostName = "mx.example.com" });
        byte[] buffer = Encoding.Latin1.GetBytes(text + ".\r\n");
        int read = 0, write = 0;
        Assert.That(scanner.Scan(buffer, ref read, ref write, buffer.Length), Is.True);
        Assert.That(scanner.Size, Is.EqualTo(text.Length));
        Assert.That(scanner.Refusal?.ToString(), refusal is null ? Is.Null : Does.StartWith(refusal));
    }

    private static readonly Arbitrary<string> _wires = Gen.Elements('\r', '\n', '.', 'x').ArrayOf()
        .Select(letters => new string(letters) + "\r\n.\r\nNOOP").ToArbitrary();

    private static readonly Arbitrary<int> _steps = Gen.Choose(1, 9).ToArbitrary();

    private static (string, int) Expected(string wire)
    {
        string lines = "\r\n" + wire;
        int end = lines.IndexOf("\r\n.\r\n", StringComparison.Ordinal);
        return (lines[..(end + 2)].Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..], end + 3);
    }

    private static (string, int) Scan(string wire, int step)
    {
        DataScanner scanner = new(new SmtpServerOptions { HostName = "mx.example.com" });
        byte[] buffer = Encoding.Latin1.GetBytes(wire);
        int read = 0, write = 0;
        for (int end = 0; end < wire.Length;)
        {
            end = Math.Min(wire.Length, end + step);
            if (scanner.Scan(buffer, ref read, ref write, end))
                return (Encoding.Latin1.GetString(buffer, 0, write), read);
        }
        return ("", -1);
    }
}
