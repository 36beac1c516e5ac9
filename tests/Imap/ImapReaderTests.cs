using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Imap.Dialogue;
using MailInbox.Tests.Mime;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

/// <summary>Values of responses, in every form in which they may be written.</summary>
public class ImapReaderTests
{
    [TestCase("abc", "'abc'")]
    [TestCase("nil NIL \"NIL\" {3}\r\nNIL", "NIL NIL 'NIL' 'NIL'")]
    [TestCase("()", "()")]
    [TestCase("(()(()) a)", "(() (()) 'a')")]
    [TestCase("(a(b)c\"d\"e)", "('a' ('b') 'c\"d\"e')")]
    [TestCase("\"a\\\"b\\\\c\\d\"", "'a\"b\\cd'")]
    [TestCase("\"a\u00e4\" \"a\u00c3\u00a4\"", "'a\u00e4' 'a\u00e4'")]
    [TestCase("{0}\r\n {1}\n) ~{2}\r\n(( {3+}\r\na\r\n {1-}\r\nx", "'' ')' '((' 'a\r\n' 'x'")]
    [TestCase("{a} {5 }{1}x ~x ~ {}", "'{a}' '{5' '}{1}x' '~x' '~' '{}'")]
    [TestCase("$a[1] +b ] \\* \\Seen *%", "'$a[1]' '+b' ']' '\\*' '\\Seen' '*%'")]
    [TestCase("(a \"b", "('a' 'b')")]
    [TestCase("((a", "(('a'))")]
    [TestCase("a\rb", "'a\rb'")]
    public async Task Values_are_read(string wire, string expected) =>
        Assert.That(string.Join(' ', await ReadAll(Encoding.Latin1.GetBytes(wire + "\r\n"))), Is.EqualTo(expected));

    [Test]
    public void Any_tree_in_any_legal_form_comes_back_equal() =>
        Prop.ForAll(ImapTrees.Any.ArrayOf().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), Same).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [TestCase("list", 1)]
    [TestCase("listext", 21)]
    [TestCase("fetch", 23)]
    [TestCase("fetch-body", 26)]
    [TestCase("fetch-bodystructure", 1)]
    [TestCase("fetch-body-mime", 14)]
    [TestCase("fetch-envelope", 6)]
    [TestCase("fetch-binary-mime", 10)]
    [TestCase("fetch-binary-mime-qp", 5)]
    [TestCase("esearch", 20)]
    [TestCase("nil", 1)]
    [TestCase("notify", 2)]
    [TestCase("move", 5)]
    [TestCase("select", 5)]
    public async Task Responses_of_the_scripts_are_read_to_their_end(string name, int atLeast)
    {
        string script = Path.Combine(Corpus.Require("imap/imaptest"), name);
        List<string> responses = ImapTrees.Responses(Encoding.Latin1.GetString(File.ReadAllBytes(script)));
        Assert.That(responses, Has.Count.GreaterThanOrEqualTo(atLeast));
        await using ScriptedPeer peer = ImapPeer.Play(string.Concat(responses) + "% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        await client.Noop(CancellationToken.None);
        Assert.That(client.TakeNews(), Is.EqualTo(responses.Exists(response => ImapTrees.News().IsMatch(response))));
    }

    [TestCase("fetch-body")]
    [TestCase("fetch-bodystructure")]
    [TestCase("fetch-envelope")]
    [TestCase("fetch-binary-mime-base64")]
    public async Task Values_of_the_scripts_are_those_that_stand_there(string name)
    {
        string script = Path.Combine(Corpus.Require("imap/imaptest"), name);
        foreach (ImapScript.Answer answer in ImapScript.Answers(script))
        {
            // Names of sections with lists in them are no values.
            List<object?> values = [.. answer.Items.Where(item => item is not string text || !text.Contains('(', StringComparison.Ordinal) || text.Contains('\n', StringComparison.Ordinal))];
            using MemoryStream wire = new();
            foreach (object? value in values)
                ImapTrees.Write(new Random(3), wire, value);
            wire.Write("\r\n"u8);
            Assert.That(await ReadAll(wire.ToArray()), Is.EqualTo(values.Select(ImapTrees.Show)), answer.Command);
        }
    }

    [TestCase(101, false)]
    [TestCase(100, true)]
    public async Task Lists_nest_a_hundred_times(int depth, bool good)
    {
        Task<List<string>> read = ReadAll(Encoding.ASCII.GetBytes($"{new string('(', depth)}{new string(')', depth)}\r\n"));
        if (good)
            Assert.That((await read).Single(), Has.Length.EqualTo(2 * depth));
        else
            Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => read))!.Fault, Is.EqualTo(ImapFault.Unreadable));
    }

    [TestCase("{999999999999999}\r\nx")]
    [TestCase("{99999999999999999999999999}\r\nx")]
    [TestCase("{17000000}\r\nx")]
    public async Task A_length_is_not_believed(string wire)
    {
        // Of all threads: what follows an await may run on another one.
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => ReadAll(Encoding.ASCII.GetBytes(wire))))!.Fault, Is.EqualTo(ImapFault.Unreadable));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(12 << 20));
    }

    [Test]
    public async Task A_long_literal_is_read_over_and_a_response_without_end_given_up()
    {
        string literal = new('x', (1 << 20) + 1);
        Assert.That(await ReadAll(Encoding.ASCII.GetBytes($"a {{{literal.Length}}}\r\n{literal} b\r\n")), Is.EqualTo((string[])["'a'", "NIL", "'b'"]));
        foreach (string endless in (string[])[literal, $"\"{literal}\"", string.Concat(Enumerable.Repeat("() ", 6_000_000)), $"({string.Concat(Enumerable.Repeat("() ", 200_000))})"])
            Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => ReadAll(Encoding.ASCII.GetBytes($"{endless}\r\n"))))!.Fault, Is.EqualTo(ImapFault.Unreadable));
    }

    [TestCase("17-Jul-1996 02:44:25 -0700", "1996-07-17T02:44:25-07:00")]
    [TestCase(" 1-Feb-2026 10:00:00 +0530", "2026-02-01T10:00:00+05:30")]
    [TestCase("1-feb-2026 1:0:0", "2026-02-01T01:00:00+00:00")]
    [TestCase("01-Feb-2026 10:00:00 GMT", "2026-02-01T10:00:00+00:00")]
    [TestCase("01-Feb-2026 10:00:00 -0000", "2026-02-01T10:00:00+00:00")]
    [TestCase("01-Feb-2026 10:00:00 -9900", null)]
    [TestCase("01-Jan-0001 10:00:00 +1200", null)]
    [TestCase("00-Jan-0000 00:00:00 +0000", null)]
    [TestCase("30-Feb-2026 00:00:00 +0000", null)]
    [TestCase("yesterday", null)]
    [TestCase("", null)]
    public void Dates_are_read_or_are_none(string text, string? expected) =>
        Assert.That(ImapText.Date(text)?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), Is.EqualTo(expected));

    [TestCase("0", 0L)]
    [TestCase("4294967296", 4294967296L)]
    [TestCase("9.37e+06", 9370000L)]
    [TestCase("1E3", 1000L)]
    [TestCase("-1", null)]
    [TestCase("1e99", null)]
    [TestCase("99999999999999999999", null)]
    [TestCase("e", null)]
    [TestCase("", null)]
    public void Numbers_are_read_or_are_none(string text, long? expected) => Assert.That(ImapText.Number(text), Is.EqualTo(expected));

    private static async Task<bool> Same(object?[] values, int forms)
    {
        using MemoryStream wire = new();
        foreach (object? value in values)
            ImapTrees.Write(new Random(forms), wire, value);
        wire.Write(forms % 4 == 0 ? "\n"u8 : "\r\n"u8);
        return (await ReadAll(wire.ToArray())).SequenceEqual(values.Select(ImapTrees.Show));
    }

    /// <summary>All values of one line, shown.</summary>
    private static async Task<List<string>> ReadAll(byte[] wire)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => peer.Say(Encoding.Latin1.GetString(wire)));
        using ImapStream stream = new(ImapPeer.Options(peer), TimeProvider.System);
        await stream.Dial(CancellationToken.None);
        stream.Deadline.Start(TimeSpan.FromMinutes(1));
        ImapReader reader = new(stream);
        reader.Begin();
        List<string> values = [];
        while (await reader.Value(CancellationToken.None) is { } value)
            values.Add(ImapTrees.Show(value));
        await reader.Finish(CancellationToken.None);
        return values;
    }
}
