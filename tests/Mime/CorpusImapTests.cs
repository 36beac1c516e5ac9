using System.Globalization;
using System.Text;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>What the scripts of an IMAP tester say about their mails: sections, their bytes and sizes, BODY and ENVELOPE.</summary>
public sealed class CorpusImapTests
{
    [TestCase("fetch-body", 20)]
    [TestCase("fetch-body-mime", 14)]
    [TestCase("fetch-body-message-rfc822", 8)]
    [TestCase("fetch-body-message-rfc822-mime", 13)]
    [TestCase("fetch-body-message-rfc822-x2", 9)]
    [TestCase("fetch-bodystructure", 1)]
    [TestCase("fetch-binary-mime", 10)]
    [TestCase("fetch-binary-mime-base64", 20)]
    [TestCase("fetch-binary-mime-qp", 7)]
    [TestCase("fetch-envelope", 6)]
    public void Mails_have_the_parts_that_an_IMAP_server_finds(string script, int atLeast)
    {
        string path = Path.Combine(Corpus.Require("imap/imaptest"), script);
        var facts = ImapScript.Mailbox(path).Select(m => new ImapFacts(m)).ToList();
        var known = new Dictionary<string, string>();
        int count = 0;
        foreach (var answer in ImapScript.Answers(path))
        {
            for (int i = 0; i + 1 < answer.Items.Count; i += 2)
            {
                string name = (string)answer.Items[i]!;
                string said = $"{script} {answer.Message} {answer.Command}";
                if (answer.Items[i + 1] is List<object?> list)
                    count += Compare(name, list, facts[answer.Message - 1], said);
                else if (facts[answer.Message - 1].Item(name) is { } found)
                    count += Compare(Part(found, name, answer.Command), (string)answer.Items[i + 1]!, known, answer.Wanted, said);
            }
        }
        TestContext.Out.WriteLine($"{script}: {count} facts");
        Assert.That(count, Is.GreaterThanOrEqualTo(atLeast));
    }

    private static int Compare(string found, string wanted, Dictionary<string, string> known, bool equal, string said)
    {
        if (wanted.StartsWith('$') && known.TryAdd(wanted, found))
            return 0;
        wanted = known.GetValueOrDefault(wanted, wanted);
        Assert.That(found == wanted, Is.EqualTo(equal), $"{said}\nfound {Escape(found)}\nwanted {Escape(wanted)}");
        return 1;
    }

    private static int Compare(string name, List<object?> wanted, ImapFacts facts, string said)
    {
        var found = name.ToUpperInvariant() switch { "BODY" or "BODYSTRUCTURE" => facts.Structure(), "ENVELOPE" => facts.Envelope(), _ => null };
        if (found == null)
            return 0;
        Assert.That(Write(found), Is.EqualTo(Write(wanted)).IgnoreCase, said);
        return 1;
    }

    /// <summary>The piece that a partial fetch asks for.</summary>
    private static string Part(string text, string name, string command)
    {
        int open = name.LastIndexOf('<');
        if (open < 0)
            return text;
        string range = command[(command.LastIndexOf('<') + 1)..command.LastIndexOf('>')];
        int[] numbers = [.. range.Split('.').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        int start = Math.Min(numbers[0], text.Length);
        return text.Substring(start, Math.Min(numbers[1], text.Length - start));
    }

    /// <summary>One line for a list. Marks of groups and routes, which our addresses leave out, are left out here too.</summary>
    private static string Write(object? value)
    {
        if (value is not List<object?> list)
            return value == null ? "NIL" : $"\"{value}\"";
        if (list.Count == 4 && list.All(v => v is null or string) && list[3] is null)
            return "";
        if (list.Count == 4 && list[3] is string && list[1] is string route && route.StartsWith('@'))
            list = [list[0], null, list[2], list[3]];
        string text = string.Concat(list.Select(v => Write(v) is { Length: > 0 } item ? item + " " : "")).Trim();
        return text.Length == 0 ? "NIL" : $"({text})";
    }

    private static string Escape(string text) => Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(text)).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
