namespace MailInbox.Mail.Mime.Reading;

/// <summary>
/// Finds where the writer's own words end and the quoted mail, the signature or a list's footer begins. Cuts nothing: the two parts
/// joined are the text. Works line by line, with a fixed amount of work for each.
/// </summary>
public static class QuotedText
{
    /// <summary>Lines of a signature at most; more is text.</summary>
    private const int MaxSignature = 25;

    /// <summary>Quotes and signatures by turns at the end.</summary>
    private const int MaxTails = 4;

    /// <summary>
    /// <c>Visible + Quoted == text</c>. Quoted is empty when no marker is found, or when nothing would remain to be seen.
    /// Answers between quoted lines stay visible together with what they answer.
    /// </summary>
    public static (string Visible, string Quoted) Split(string text)
    {
        int cut = Cut(text);
        return (text[..cut], text[cut..]);
    }

    /// <summary>Where <see cref="Split"/> parts the text.</summary>
    internal static int Cut(string text)
    {
        var lines = new QuotedTextLines(text);
        int tail = Tail(lines, FirstMarker(lines)), end = lines.SkipBlankBack(tail);
        return end == 0 || tail == lines.Count ? text.Length : lines.Start(end);
    }

    /// <summary>The line where everything below is quoted mail, or the number of lines.</summary>
    private static int FirstMarker(QuotedTextLines lines)
    {
        int lastText = lines.LastText(Tail(lines, lines.Count));
        for (int line = 0; line < lines.Count; line++)
        {
            if (lines.IsBlank(line) || lines.IsQuote(line) || lines.IsFenced(line)) continue;
            int marker = QuotedTextMarkers.Block(lines, line);
            if (marker < 0 && QuotedTextMarkers.Attribution(lines, line) is ( >= 0 and int start, int next))
            {
                int after = lines.SkipBlank(next);
                // Quoted with '>': the writer may answer below or in between, so only the tail is looked at.
                bool quoted = after < lines.Count && lines.IsQuote(after);
                if (quoted && lastText >= after) continue;
                if (!quoted && !QuotedTextMarkers.StandsAlone(lines, start, next)) continue;
                // Said of the first words, it is a talk written down, or there is nothing but a quote.
                if (!quoted && lines.SkipBlankBack(start) == 0) return lines.Count;
                marker = start;
            }
            if (marker >= 0 && lines.SkipBlankBack(marker) > 0) return marker;
        }
        return lines.Count;
    }

    /// <summary>Takes quotes and signatures off the end, in whichever order they stand.</summary>
    private static int Tail(QuotedTextLines lines, int end)
    {
        for (int round = 0; round < MaxTails; round++)
        {
            int next = Signature(lines, TrailingQuote(lines, end));
            if (next == end) break;
            end = next;
        }
        return end;
    }

    /// <summary>Takes the '&gt;' lines at the end off, with the line that says whom they quote.</summary>
    private static int TrailingQuote(QuotedTextLines lines, int end)
    {
        int first = end;
        bool quoted = false;
        for (int line = end - 1; line >= 0 && (lines.IsBlank(line) || (lines.IsQuote(line) && !lines.IsFenced(line))); line--)
        {
            if (!lines.IsQuote(line)) continue;
            first = line;
            quoted = true;
        }
        if (!quoted) return end;
        int above = lines.SkipBlankBack(first) - 1;
        for (int line = above; line >= 0 && line > above - QuotedTextMarkers.MaxLines; line--)
        {
            if (QuotedTextMarkers.Attribution(lines, line) is ( >= 0 and int start, int next) && next == above + 1) return start;
        }
        if (above > 0 && lines.SkipBlankBack(above) > 0 && QuotedTextMarkers.IsIntroduction(lines.Text(above))) return above;
        return lines.SkipBlankBack(first) == 0 ? end : first;
    }

    /// <summary>Takes a signature off the end: below <c>-- </c>, below a list's line, or a telephone's "Sent from my …".</summary>
    private static int Signature(QuotedTextLines lines, int end)
    {
        int last = lines.SkipBlankBack(end);
        for (int line = last - 1; line > 0 && line >= last - MaxSignature; line--)
        {
            if (lines.IsFenced(line) || !QuotedTextMarkers.IsSignatureLine(lines, line, last)) continue;
            if (lines.SkipBlankBack(line) == 0) break;
            end = line;
            last = lines.SkipBlankBack(end);
        }
        return last > 1 && QuotedTextMarkers.IsSentFrom(lines.Text(last - 1), alone: lines.IsBlank(last - 2)) ? last - 1 : end;
    }
}
