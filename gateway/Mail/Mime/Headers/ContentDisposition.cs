using System.Buffers;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>How a part wants to be shown (RFC 2183).</summary>
/// <param name="Kind"><c>inline</c>, <c>attachment</c> (also for unknown words, §2.8), or empty when the field is missing or names none.</param>
/// <param name="FileName">The filename parameter, decoded but not cleaned; empty when missing.</param>
/// <param name="Parameters">Names in lower case, values decoded.</param>
public sealed record ContentDisposition(string Kind, string FileName, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private static readonly ContentDisposition Missing = new("", "", []);

    private static readonly SearchValues<char> KindEnd = SearchValues.Create("; \t(,=\"");

    /// <summary>Reads an unfolded value.</summary>
    public static ContentDisposition Parse(string value)
    {
        var text = value.AsSpan().Trim(" \t");
        while (!text.IsEmpty && text[0] == '(')
            text = text[Comments.End(text, 0)..].TrimStart(" \t");
        if (text.IsEmpty)
            return Missing;
        int end = Headers.Parameters.BeginsAt(text) ? 0 : text.IndexOfAny(KindEnd);
        var kind = end < 0 ? text : text[..end];
        var parameters = Headers.Parameters.Parse(end < 0 ? default : text[end..]);
        return new ContentDisposition(KindOf(kind), Headers.Parameters.Find(parameters, "filename"), parameters);
    }

    private static string KindOf(ReadOnlySpan<char> kind)
    {
        if (kind.IsEmpty)
            return "";
        return kind.Equals("inline", StringComparison.OrdinalIgnoreCase) ? "inline" : "attachment";
    }
}
