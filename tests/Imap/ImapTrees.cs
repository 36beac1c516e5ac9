using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Imap.Dialogue;

namespace MailInbox.Tests.Imap;

/// <summary>Trees of values, written in the forms that the grammar allows (RFC 9051 §9).</summary>
internal static partial class ImapTrees
{
    public static Gen<object?> Any { get; } = Grow(5);

    /// <summary>Writes a blank and a value: a list, a string with one character a byte, or null for NIL.</summary>
    public static void Write(Random random, MemoryStream wire, object? value)
    {
        wire.WriteByte((byte)' ');
        if (value is List<object?> items)
        {
            wire.WriteByte((byte)'(');
            foreach (object? item in items)
                Write(random, wire, item);
            wire.WriteByte((byte)')');
            return;
        }
        string text = value as string ?? "";
        bool quotable = !text.Any(letter => letter is '\r' or '\n' or '\0');
        bool atom = text.Length > 0 && text.All(char.IsAsciiLetterOrDigit) && !text.Equals("NIL", StringComparison.OrdinalIgnoreCase);
        string written = value is null ? "NIL" : (random.Next(3), quotable, atom) switch
        {
            (0, _, true) => text,
            (1, true, _) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            _ => $"{(random.Next(3) == 0 ? "~" : "")}{{{text.Length}{(random.Next(3) == 0 ? "+" : "")}}}{(random.Next(4) == 0 ? "\n" : "\r\n")}{text}",
        };
        wire.Write(Encoding.Latin1.GetBytes(written));
    }

    public static string Show(object? value) => value switch
    {
        null => "NIL",
        List<object?> items => $"({string.Join(' ', items.Select(Show))})",
        _ => $"'{ImapText.Decode(Encoding.Latin1.GetBytes((string)value))}'",
    };

    public static string Show(ImapValue value) => value.IsNil ? "NIL" : value.IsList ? $"({string.Join(' ', value.Items.Select(Show))})" : $"'{value.Text}'";

    /// <summary>The untagged responses that a script of the corpus' IMAP tester expects, as a server would send them.</summary>
    public static List<string> Responses(string script)
    {
        string filled = Variable().Replace(script.Replace("\r\n", "\n", StringComparison.Ordinal), "7");
        List<string> responses = [];
        foreach (Match response in Untagged().Matches(filled))
            responses.Add(Literal().Replace(response.Groups[1].Value, literal =>
            {
                string text = literal.Groups[2].Value.Replace("\n", "\r\n", StringComparison.Ordinal);
                return $"{literal.Groups[1].Value}{{{text.Length}}}\r\n{text}";
            }) + "\r\n");
        return responses;
    }

    [GeneratedRegex(@"^\* \d+ (fetch|expunge|exists|recent)\b", RegexOptions.IgnoreCase)]
    public static partial Regex News();

    [GeneratedRegex(@"\$\{?!?\w+\}?(=\\?\w*)?")]
    private static partial Regex Variable();

    // A response goes on where literals stand in it.
    [GeneratedRegex(@"^(\* (?!bye\b)(?:[^\n{]|\{(?!\{\{)|\{\{\{\n(?:.*\n)*?\}\}\})*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Untagged();

    [GeneratedRegex(@"(~?)\{\{\{\n((?:.*\n)*?)\}\}\}")]
    private static partial Regex Literal();

    private static Gen<object?> Grow(int depth)
    {
        Gen<object?> text = Gen.Elements([.. "abNIL01() {}[]%*~+\"\\\r\n\0\u00ff\u00c3\u00a4"]).ArrayOf().Select(letters => (object?)new string(letters));
        Gen<object?> word = Gen.Elements([.. "abcNIL0123"]).ArrayOf().Select(letters => (object?)new string(letters));
        Gen<object?> leaf = Gen.Frequency((1, Gen.Constant<object?>(null)), (3, text), (3, word));
        return depth == 0 ? leaf : Gen.Frequency((3, leaf), (2, Grow(depth - 1).ListOf().Select(items => (object?)items.Take(6).ToList())));
    }
}
