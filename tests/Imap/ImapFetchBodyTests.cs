using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailInbox.Mail.Imap;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

/// <summary>Sections of one message, and large ones in slices.</summary>
public partial class ImapFetchBodyTests
{
    [TestCase(ImapSection.All, "BODY.PEEK[]", "BODY[]")]
    [TestCase(ImapSection.Header, "BODY.PEEK[HEADER]", "BODY[HEADER]")]
    [TestCase(ImapSection.Text, "BODY.PEEK[TEXT]", "body[text]")]
    [TestCase(ImapSection.Text, "BODY.PEEK[TEXT]", "RFC822.TEXT")]
    public async Task A_section_is_asked_for_and_taken(ImapSection section, string asked, string item)
    {
        await using ScriptedPeer peer = ImapPeer.Play($"* 1 FETCH (UID 7 BODY[1] {{2}}\r\nno {item} {{5}}\r\nhello FLAGS NIL)\r\n% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBody(7, section, 100, mails, CancellationToken.None);
        Assert.That((mails.Texts[7], mails.Ends.Single().Bytes), Is.EqualTo(("hello", 5L)));
        Assert.That(peer.Heard[^1], Is.EqualTo($"A2 UID FETCH 7 (UID RFC822.SIZE INTERNALDATE FLAGS {asked})"));
    }

    [TestCase("% NO [UNAVAILABLE] not now\r\n", true)]
    [TestCase("* 1 FETCH (UID 9 BODY[HEADER] {3}\r\nbad)\r\n% OK\r\n", false)]
    [TestCase("* 1 FETCH (BODY[HEADER] {3}\r\nbad UID 9)\r\n% OK\r\n", false)]
    [TestCase("* 1 FETCH (UID 7 BODY[HEADER] NIL)\r\n% OK\r\n", false)]
    [TestCase("* 1 FETCH (UID 7 BODY[] {3}\r\nbad)\r\n% OK\r\n", false)]
    public async Task What_does_not_come_is_told_and_not_thrown(string answer, bool refused)
    {
        await using ScriptedPeer peer = ImapPeer.Play(answer, "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBody(7, ImapSection.Header, null, mails, CancellationToken.None);
        ImapFetched end = mails.Ends.Single();
        Assert.That((end.HasBody, end.Bytes, end.Refusal is not null), Is.EqualTo((false, 0L, refused)));
        await client.Noop(CancellationToken.None);
    }

    [TestCase(20_000_000, 20_000_000, "slices")]
    [TestCase(20 << 20, 20 << 20, "slices")]
    [TestCase(20 << 20, 20 << 20, "slices without origin")]
    [TestCase(20 << 20, 20 << 20, "slices, nothing behind the end")]
    [TestCase(20 << 20, 20 << 20, "slices, refused behind the end")]
    [TestCase(20_000_000, 30_000_000, "slices")]
    [TestCase(30_000_000, 20_000_000, "slices")]
    [TestCase(20_000_000, 20_000_000, "whole")]
    [TestCase(20_000_000, 20_000_000, "whole, called a slice")]
    [TestCase(3_000_000, 20_000_000, "whole")]
    [TestCase(20_000_000, 20_000_000, "slices of a megabyte at most")]
    [TestCase(18_000_000, 20_000_000, "slices of a megabyte at most")]
    [TestCase(18_000_000, 20_000_000, "slices of a megabyte at most, nothing behind the end")]
    public async Task A_large_message_comes_once_however_the_server_takes_slices(int real, int told, string manner)
    {
        string mail = Large(real);
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => Serve(peer, mail, manner));
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBody(7, ImapSection.All, told, mails, CancellationToken.None);
        Assert.That((mails.Ends.Single().HasBody, mails.Ends.Single().Bytes), Is.EqualTo((true, (long)real)));
        Assert.That(mails.Texts[7] == mail, Is.True);
        Assert.That(peer.Heard[1], Does.EndWith("BODY.PEEK[]<0.4194304>)"));
        await client.Noop(CancellationToken.None);
    }

    [TestCase("slices, none at all")]
    [TestCase("slices, nothing after the second")]
    [TestCase("slices, refused after the second")]
    [TestCase("slices, wrong origin after the second")]
    public async Task A_large_message_that_stays_incomplete_has_no_body(string manner)
    {
        string mail = Large(18 << 20);
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => Serve(peer, mail, manner));
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBody(7, ImapSection.All, mail.Length, mails, CancellationToken.None);
        Assert.That((mails.Ends.Single().HasBody, mails.Ends.Single().Bytes), Is.EqualTo((false, 0L)));
        Assert.That(mails.Ends.Single().Refusal is not null, Is.EqualTo(manner.Contains("refused", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Slices_without_end_are_given_up()
    {
        string slice = new('x', Slice);
        await using ScriptedPeer peer = ImapPeer.Play([.. Enumerable.Repeat($"* 1 FETCH (UID 7 BODY[] {{{Slice}}}\r\n{slice})\r\n% OK\r\n", 40)]);
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => client.FetchBody(7, ImapSection.All, 17 << 20, new Collected(), CancellationToken.None)))!.Fault, Is.EqualTo(ImapFault.Unreadable));
    }

    private const int Slice = 4 << 20;

    [GeneratedRegex(@"^(A\d+) .*<(\d+)\.")]
    private static partial Regex Asked();

    private static string Large(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    private static async Task Serve(ScriptedPeer peer, string mail, string manner)
    {
        await ImapPeer.LogIn(peer);
        while (await peer.Hear() is { } line)
        {
            Match asked = Asked().Match(line);
            string tag = line.Split(' ')[0];
            int at = asked.Success ? int.Parse(asked.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
            await peer.Say(asked.Success ? Answer(mail, manner, at, tag) : $"{tag} OK\r\n");
        }
    }

    private static string Answer(string mail, string manner, int at, string tag)
    {
        string late = manner.Contains("after the second", StringComparison.Ordinal) && at >= 2 * Slice || manner.Contains("behind the end", StringComparison.Ordinal) && at >= mail.Length ? manner : "";
        if (manner.EndsWith("none at all", StringComparison.Ordinal) || late.Contains("nothing", StringComparison.Ordinal))
            return $"{tag} OK\r\n";
        if (late.Contains("refused", StringComparison.Ordinal))
            return $"{tag} NO cannot\r\n";
        bool whole = manner.StartsWith("whole", StringComparison.Ordinal);
        string bytes = whole ? mail : mail.Substring(Math.Min(at, mail.Length), Math.Min(manner.Contains("megabyte", StringComparison.Ordinal) ? 1 << 20 : Slice, Math.Max(0, mail.Length - at)));
        int origin = late.Contains("wrong", StringComparison.Ordinal) ? at + 1 : at;
        string item = manner is "whole" or "slices without origin" ? "BODY[]" : $"BODY[]<{origin}>";
        return $"* 1 FETCH (UID 7 {item} {{{bytes.Length}}}\r\n{bytes})\r\n{tag} OK\r\n";
    }
}
