using System.Diagnostics;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>Long runs of anything in one header value. Times are printed, not asserted; what is asserted is that the limits hold.</summary>
public sealed class HeaderBombTests
{
    private const int Size = 200_000;

    private static readonly string[] Pieces =
    [
        "(", ")", "((x)", "\"", "\\\"", "\\", "<", ">", "<\"", "[", "]", ":", ";", ",", "a:", "a;", "a,", "a@b.example, ", "A B <a@b.example>, ", "a@b ", "(a)", "()", "a (", "=?", "?=", "=?a?q?x", "=?utf-8?Q?a?= ",
        "=?utf-8?B?YQ==?= ", "=?utf-8?B?\u00E9?=", "=?utf-8?Q?a?=x", "[x]=?utf-8?Q?a?=", "=?a?q?=41 ", "; x*1*=%41", "; x=1", " x=1", ", x=1", "; x", "x *", "x*=", "=", "'", "%", "; x=\"", "<a@b> ", "<a@b", "a@b,", "from ", "from (", "by a ",
        "with (", "(helo ", "; spf=pass", " a.b=c", "/", ".", " . ", "3 Nov ", "10:20:30 ", "+0100 ", "<mailto:a>, ", "\0", "\u00E9", "\uD800", " ", "a",
    ];

    private static readonly (string Name, Func<string, int> Count, int Most)[] Readers =
    [
        ("addresses", text => AddressList.Parse(text).Count, MimeLimits.Addresses + 1),
        ("groups", text => AddressList.Groups(text).Sum(g => g.Mailboxes.Count), MimeLimits.Addresses + 1),
        ("text", text => EncodedWords.Decode(text).Length, 40_000_000),
        ("type", text => ContentType.Parse(text).Parameters.Count, MimeLimits.Parameters),
        ("parameters", text => ContentType.Parse($"a/b; {text}").Parameters.Count, MimeLimits.Parameters),
        ("disposition", text => ContentDisposition.Parse(text).Parameters.Count, MimeLimits.Parameters),
        ("date", text => MailDate.Parse(text)?.Day ?? 0, 31),
        ("identifiers", text => MessageIds.Parse(text).Count, MimeLimits.MessageIds),
        ("identifier", text => MessageIds.First(text).Length, 40_000_000),
        ("trace", text => Received.Parse(text).By.Length, 8_192),
        ("results", text => AuthenticationResults.Parse(text).Results.Count, 256),
        ("urls", text => ListFields.Addresses(text).Count, MimeLimits.ListAddresses),
        ("keyword", text => HeaderText.Keyword(text).Length, 40_000_000),
    ];

    [TestCaseSource(nameof(Readers))]
    public void Long_runs_are_read_within_limits((string Name, Func<string, int> Count, int Most) reader)
    {
        double slowest = 0;
        string which = "";
        foreach (string piece in Pieces)
        {
            string text = string.Concat(Enumerable.Repeat(piece, Size / piece.Length));
            foreach (string value in (string[])[text, text + ">", "\"" + text])
            {
                long started = Stopwatch.GetTimestamp();
                int count = reader.Count(value);
                double taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (taken > 200)
                    TestContext.Out.WriteLine($"  {taken:0} ms: {piece}");
                if (taken > slowest)
                    (slowest, which) = (taken, piece);
                Assert.That(count, Is.LessThanOrEqualTo(reader.Most), piece);
            }
        }
        TestContext.Out.WriteLine($"{reader.Name}: at most {slowest:0} ms, of \"{which}\"");
    }
}
