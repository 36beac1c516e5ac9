using System.Collections.Frozen;
using System.Text;

namespace MailInbox.Mail.Mime.Html;

/// <summary>
/// Style declarations and simple rules by allow-list, kept as they are written: what a mail program could read before, it can read
/// after. Anything with escapes, comments inside values, unknown functions or unbalanced quotes goes.
/// </summary>
internal sealed class HtmlSanitizerStyle(FrozenSet<string> properties, Func<string, string?> background, Action<string> removed, bool noReferrer)
{
    /// <summary>Stands before every id of a mail, so that none is one of the page's names.</summary>
    public const string IdPrefix = "m-";

    private const int MaxLength = 200_000;
    private const int MaxValue = 500;
    private const string NoReferrer = "referrer-policy(no-referrer)";
    private const int MaxSelector = 300;

    private static readonly FrozenSet<string> Functions = new[] { "rgb", "rgba", "hsl", "hsla", "calc", "min", "max" }.ToFrozenSet();
    private static readonly char[] Quotes = [' ', '"', '\'', '\t', '\n', '\r'];
    private static readonly string[] Hidden = ["position", "z-index", "behavior", "-moz-binding", "filter", "transform", "animation", "content", "cursor", "pointer-events"];

    /// <summary>The declarations that may stay, joined by <c>;</c>.</summary>
    public string Declarations(string css)
    {
        if (css.Length > MaxLength) return "";
        var kept = new StringBuilder();
        foreach (string declaration in Pieces(WithoutComments(css), ';'))
        {
            if (Declaration(declaration) is not { } clean) continue;
            if (kept.Length > 0) kept.Append(';');
            kept.Append(clean);
        }
        return kept.ToString();
    }

    /// <summary>The plain rules of a style sheet, those for a kind of screen included; other at-rules (import, font-face) go.</summary>
    public string Sheet(string css)
    {
        if (css.Length > MaxLength) return "";
        css = WithoutComments(css).Replace("<!--", " ", StringComparison.Ordinal).Replace("-->", " ", StringComparison.Ordinal);
        return Rules(css, nested: false);
    }

    private string Rules(string css, bool nested)
    {
        var kept = new StringBuilder();
        for (int at = 0; at < css.Length;)
        {
            int open = css.AsSpan(at).IndexOfAny('{', ';');
            if (open < 0)
            {
                AtRule(css[at..].Trim(), "");
                break;
            }
            string selector = css.Substring(at, open).Trim();
            at += open + 1;
            if (css[at - 1] == ';')
            {
                AtRule(selector, "");
                continue;
            }
            int close = BlockEnd(css, at);
            string body = css[at..close];
            at = Math.Min(close + 1, css.Length);
            if (!nested && IsMedia(selector)) Append(kept, selector, Rules(body, nested: true));
            else if (selector is ['@', ..]) AtRule(selector, body);
            else if (IsSelector(selector)) Append(kept, Prefixed(selector), Declarations(body));
        }
        return kept.ToString();
    }

    private static void Append(StringBuilder kept, string selector, string body)
    {
        if (body.Length > 0) kept.Append(selector).Append('{').Append(body).Append("}\n");
    }

    private void AtRule(string rule, string body)
    {
        if (rule is not ['@', ..]) return;
        removed($"{rule.Split(' ', '{', '(', '"', '\'')[0].ToLowerInvariant()} style");
        if (rule.StartsWith("@import", StringComparison.OrdinalIgnoreCase) && !rule.Contains("url(", StringComparison.OrdinalIgnoreCase)) background(rule[7..].Trim(Quotes));
        foreach (string address in Addresses(rule + body)) background(address);
    }

    /// <summary>What url(…) names, so that it is counted even where it goes.</summary>
    private static IEnumerable<string> Addresses(string css)
    {
        for (int at = 0; (at = css.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            int end = css.IndexOf(')', at);
            if (end < 0) yield break;
            yield return css[(at + 4)..end].Trim(Quotes);
            at = end;
        }
    }

    private static bool IsMedia(string rule)
    {
        if (!rule.StartsWith("@media ", StringComparison.OrdinalIgnoreCase) || rule.Length > MaxSelector) return false;
        int depth = 0;
        foreach (char c in rule.AsSpan(7))
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is ' ' or '(' or ')' or ':' or ',' or '.' or '-')) return false;
            if (c == '(') depth++;
            if (c == ')' && --depth < 0) return false;
        }
        return depth == 0;
    }

    private static string Prefixed(string selector)
    {
        for (int at = 0; (at = selector.IndexOf('#', at)) >= 0; at++)
        {
            if (string.CompareOrdinal(selector, at + 1, IdPrefix, 0, IdPrefix.Length) != 0) selector = selector.Insert(at + 1, IdPrefix);
        }
        return selector;
    }

    private string? Declaration(string declaration)
    {
        int colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return null;
        string name = declaration[..colon].Trim().ToLowerInvariant();
        string value = declaration[(colon + 1)..].Trim();
        if (value.Length is 0 or > MaxValue) return null;
        if (!properties.Contains(name))
        {
            if (Hidden.Contains(name)) removed($"{name} style");
            foreach (string address in Addresses(value)) background(address);
            return null;
        }
        if (value.Contains("url(", StringComparison.OrdinalIgnoreCase)) return Background(name, value) is { } picture ? $"{name}:{picture}" : null;
        return IsPlain(value) && !AsksForHeight(value) ? $"{name}:{value}" : null;
    }

    /// <summary>A background picture is kept when it may be; otherwise what else is said (colour, place) stays.</summary>
    private string? Background(string name, string value)
    {
        int start = value.IndexOf("url(", StringComparison.OrdinalIgnoreCase);
        int end = value.IndexOf(')', start);
        if (end < 0) return null;
        string? address = background(value[(start + 4)..end].Trim(Quotes));
        if (name is not ("background" or "background-image")) return null;
        string rest = $"{value[..start].Trim()} {value[(end + 1)..].Trim()}".Trim();
        if (rest.Length > 0 && !IsPlain(rest)) return null;
        if (address is not null && address.All(c => c is > ' ' and <= '~' and not ('"' or '\'' or '(' or ')' or '\\' or '<' or '>' or ';' or '{' or '}')))
        {
            string plain = $"{value[..start]}url({address}){value[(end + 1)..]}";
            // Chromium tells the page's origin to whoever serves a picture of a style, whatever the page's policy says; others do not know the words.
            return noReferrer && HtmlSanitizerAddress.IsRemote(address) ? $"{plain};{name}:{value[..start]}url(\"{address}\" {NoReferrer}){value[(end + 1)..]}" : plain;
        }
        return rest.Length > 0 ? rest : null;
    }

    private static bool IsPlain(string value)
    {
        char quote = '\0';
        int depth = 0;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) return false;
            if (c is '\\' or '<' or '>' or '{' or '}' or '@' or ';' || char.IsSurrogate(c)) return false;
            if (quote != '\0' && c is '\n' or '\r') return false;
            if (c is '"' or '\'') quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            else if (quote != '\0') continue;
            else if (c == '(' && !(++depth > 0 && IsKnownFunction(value, i))) return false;
            else if (c == ')' && --depth < 0) return false;
            else if (c is '[' or ']' or '`' or '$') return false;
        }
        return quote == '\0' && depth == 0;
    }

    /// <summary>A part of the window's height: the frame is as high as what is in it, and would grow without end.</summary>
    private static bool AsksForHeight(ReadOnlySpan<char> value)
    {
        for (int at; (at = value.IndexOfAny('v', 'V')) >= 0; value = value[(at + 1)..])
        {
            if (at + 1 == value.Length || at == 0 || char.ToLowerInvariant(value[at + 1]) is not ('h' or 'b' or 'm')) continue;
            int number = at - (at > 1 && char.ToLowerInvariant(value[at - 1]) is 's' or 'l' or 'd' ? 2 : 1);
            if (char.IsAsciiDigit(value[number]) || value[number] == '.') return true;
        }
        return false;
    }

    private static bool IsKnownFunction(string value, int open)
    {
        int start = open;
        while (start > 0 && (char.IsLetterOrDigit(value[start - 1]) || value[start - 1] is '-' or '_')) start--;
        return Functions.Contains(value[start..open].ToLowerInvariant());
    }

    private static bool IsSelector(string selector) =>
        selector.Length is > 0 and <= MaxSelector
        && selector.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '#' or '*' or ',' or ' ' or '>' or '+' or '_' or '-' or ':' or '\n' or '\r' or '\t')
        && !selector.StartsWith('>');

    /// <summary>Position of the brace that closes a block, or the end.</summary>
    private static int BlockEnd(string css, int at)
    {
        int depth = 1;
        char quote = '\0';
        for (; at < css.Length; at++)
        {
            char c = css[at];
            if (c is '\n' or '\r') quote = '\0';
            else if (c is '"' or '\'') quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            else if (quote == '\0' && c == '{') depth++;
            else if (quote == '\0' && c == '}' && --depth == 0) break;
        }
        return at;
    }

    /// <summary>Cut at a separator outside quotes and parentheses.</summary>
    private static List<string> Pieces(string css, char separator)
    {
        var pieces = new List<string>();
        char quote = '\0';
        int depth = 0, start = 0;
        for (int i = 0; i < css.Length; i++)
        {
            char c = css[i];
            if (c is '"' or '\'') quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            else if (quote != '\0') continue;
            else if (c == '(') depth++;
            else if (c == ')') depth = Math.Max(depth - 1, 0);
            else if (c == separator && depth == 0)
            {
                pieces.Add(css[start..i]);
                start = i + 1;
            }
        }
        pieces.Add(css[start..]);
        return pieces;
    }

    private static string WithoutComments(string css)
    {
        if (!css.Contains("/*", StringComparison.Ordinal)) return css;
        var kept = new StringBuilder(css.Length);
        int at = 0;
        for (int open; (open = css.IndexOf("/*", at, StringComparison.Ordinal)) >= 0;)
        {
            kept.Append(css, at, open - at).Append(' ');
            int close = css.IndexOf("*/", open + 2, StringComparison.Ordinal);
            at = close < 0 ? css.Length : close + 2;
        }
        return kept.Append(css, at, css.Length - at).ToString();
    }
}
