using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Tests.Mime;

/// <summary>RFC 3676 §4.1–4.6, rule by rule.</summary>
public sealed class FlowedTextTests
{
    [TestCase("one \ntwo\n", "one two\n", TestName = "A blank at the end of a line makes it flow (4.1)")]
    [TestCase("one\ntwo\n", "one\ntwo\n", TestName = "Without the blank the break stays (4.1)")]
    [TestCase("one \r\ntwo \r\nthree\r\n", "one two three\n", TestName = "CRLF is a break too")]
    [TestCase("one \ntwo", "one two", TestName = "The last line needs no break")]
    [TestCase("one \n", "one ", TestName = "A paragraph that never ends ends with the text")]
    [TestCase("one \n\ntwo\n", "one \ntwo\n", TestName = "An empty line ends the paragraph and is part of it")]
    [TestCase("text \n-- \nAnna\n", "text \n-- \nAnna\n", TestName = "The signature line is joined with nothing before it (4.3)")]
    [TestCase("-- \nAnna \nSmith\n", "-- \nAnna Smith\n", TestName = "The signature line is joined with nothing behind it (4.3)")]
    [TestCase("> -- \n> Anna\n", "> -- \n> Anna\n", TestName = "A quoted signature line as well (4.3)")]
    [TestCase(" From the top\n", "From the top\n", TestName = "A stuffed blank goes (4.4)")]
    [TestCase(" > no quote\n", "> no quote\n", TestName = "A stuffed quote mark is text (4.4)")]
    [TestCase("   three\n", "  three\n", TestName = "Only one blank was stuffed (4.4)")]
    [TestCase("one \n two\n", "one two\n", TestName = "Stuffing goes from lines that are joined (4.4)")]
    [TestCase("> one \n> two\n", "> one two\n", TestName = "Quoted lines flow at their depth (4.5)")]
    [TestCase(">> one \n>> two\n>three\n", ">> one two\n> three\n", TestName = "Marks stand side by side and are kept (4.5)")]
    [TestCase("> one \n>> two\n", "> one \n>> two\n", TestName = "Another depth ends the paragraph (4.5)")]
    [TestCase("> one \ntwo\n", "> one \ntwo\n", TestName = "The end of the quote ends the paragraph (4.5)")]
    [TestCase(">\n> a\n", ">\n> a\n", TestName = "An empty quoted line stays one (4.5)")]
    [TestCase("> > one\n", "> > one\n", TestName = "Marks apart are text of the first depth (4.5)")]
    [TestCase(" \nx\n", "\nx\n", TestName = "A line of one stuffed blank is empty and does not flow (4.6)")]
    [TestCase("", "", TestName = "Nothing stays nothing")]
    public void Lines_are_joined_by_the_rules(string text, string expected) =>
        Assert.That(FlowedText.Join(text, delSp: false), Is.EqualTo(expected));

    [TestCase("long wo \nrd\n", "long word\n")]
    [TestCase("one  \ntwo\n", "one two\n")]
    [TestCase("日本 \n語\n", "日本語\n")]
    [TestCase("> ab \n> cd\n", "> abcd\n")]
    [TestCase("-- \nAnna\n", "-- \nAnna\n")]
    [TestCase("one \n-- \nx\n", "one\n-- \nx\n")]
    public void With_DelSp_the_blank_of_a_soft_break_goes(string text, string expected) =>
        Assert.That(FlowedText.Join(text, delSp: true), Is.EqualTo(expected));

    [Test]
    public void Nothing_but_blanks_marks_and_breaks_is_lost() =>
        Prop.ForAll(Gen.Elements("a", "word", " ", ">", "\n", "\r\n", "-- ", "--", "é", "").ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            string joined = FlowedText.Join(text, delSp: true);
            return Kept(joined) == Kept(text) && joined.Length <= text.Length + text.Count(c => c == '>') + 1;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void What_a_sender_wraps_is_put_together_again() =>
        Prop.ForAll(Gen.Elements("a", "be", "sea", "> x", "From").NonEmptyListOf().Select(w => string.Join(" ", w)).ToArbitrary(), Gen.Choose(4, 20).ToArbitrary(), (paragraph, width) =>
        {
            var lines = new List<string>();
            string line = "";
            foreach (string word in paragraph.Split(' '))
            {
                if (line.Length > 0 && line.Length + word.Length > width)
                {
                    lines.Add(line);
                    line = "";
                }
                line += word + " ";
            }
            lines.Add(line.TrimEnd());
            string sent = string.Concat(lines.Select(l => (l.StartsWith('>') || l.StartsWith(' ') || l.StartsWith("From", StringComparison.Ordinal) ? " " : "") + l + "\n"));
            return FlowedText.Join(sent, delSp: false) == paragraph + "\n";
        }).QuickCheckThrowOnFailure();

    private static string Kept(string text) => string.Concat(text.Where(c => c is not (' ' or '\n' or '\r' or '>')));
}
