using System.Text;

namespace MailInbox.Mail.Mime.Reading;

/// <summary>Text of <c>format=flowed</c> with its paragraphs put together again (RFC 3676 §4). Linear in the text.</summary>
public static class FlowedText
{
    private const string Signature = "-- ";

    /// <summary>
    /// Joins the lines that end in a blank with the next line of the same quote depth, and takes away the blanks that were stuffed before
    /// lines. Quoted lines begin with their marks and a blank: <c>&gt;&gt; text</c>. With <paramref name="delSp"/> the blank of a soft break
    /// goes too (§4.1). The signature line <c>-- </c> is joined with nothing (§4.3). Line breaks are LF or CRLF, and LF in the result.
    /// </summary>
    public static string Join(string text, bool delSp)
    {
        var output = new StringBuilder(text.Length + 16);
        int open = -1;
        for (int at = 0; at < text.Length;)
        {
            int length = text.AsSpan(at).IndexOf('\n');
            var line = text.AsSpan(at, length < 0 ? text.Length - at : length);
            at = length < 0 ? text.Length : at + length + 1;
            if (length >= 0)
                line = line.TrimEnd('\r');
            int depth = Depth(line);
            var content = Unstuffed(line[depth..]);
            bool signature = content.SequenceEqual(Signature);
            if (open == depth && !signature)
                output.Append(content);
            else
                Begin(output, content, depth, open >= 0);
            bool soft = !signature && content.EndsWith(' ');
            if (soft && delSp)
                output.Length--;
            open = soft && length >= 0 ? depth : -1;
            if (open < 0 && length >= 0)
                output.Append('\n');
        }
        return output.ToString();
    }

    /// <summary>Quote marks stand side by side at the beginning (§4.5).</summary>
    private static int Depth(ReadOnlySpan<char> line)
    {
        int depth = line.IndexOfAnyExcept('>');
        return depth < 0 ? line.Length : depth;
    }

    /// <summary>One blank behind the quote marks was put there by the sender (§4.4).</summary>
    private static ReadOnlySpan<char> Unstuffed(ReadOnlySpan<char> content) => content.StartsWith(' ') ? content[1..] : content;

    /// <summary>A paragraph whose continuation never came ends where another depth or the signature begins (§4.5).</summary>
    private static void Begin(StringBuilder output, ReadOnlySpan<char> content, int depth, bool afterOpen)
    {
        if (afterOpen)
            output.Append('\n');
        output.Append('>', depth);
        if (depth > 0 && !content.IsEmpty)
            output.Append(' ');
        output.Append(content);
    }
}
