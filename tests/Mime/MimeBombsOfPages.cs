namespace MailInbox.Tests.Mime;

internal sealed partial record MimeBomb
{
    private const int PageLength = 1_000_000;

    /// <summary>A little less than the tree of a page may have.</summary>
    private const int PageElements = 11_500;

    /// <summary>Pages just below the size at which no tree is built of them any more, beside a file that makes the rest of the mail.</summary>
    private static IEnumerable<MimeBomb> Pages()
    {
        yield return Beside("links", "<a href=x>", 1.25);
        yield return Beside("pictures", "<img src=a>", 1.25);
        yield return Beside("boxes side by side", "<div>a</div>", 1);
        yield return Beside("cells", "<td>", 1, "<table><tr>");
        yield return Beside("attributes", "<p id=a class=a title=a dir=a lang=a align=a style=a width=a height=a>", 3.25);
        yield return Beside("formatting that comes back", "<div>x</div>", 238.5, $"<div>{string.Concat(Enumerable.Range(0, 190).Select(i => $"<b id={i}>"))}</div>");
        yield return Beside("formatting in tables", "<table><b>x", 2);
        yield return Beside("quotes in quotes", "<blockquote type=cite>a<br></blockquote>", 2.25, string.Concat(Enumerable.Repeat("<blockquote type=cite>", 150)));
        yield return Beside("quotes with their sentence", "<div class=gmail_attr>On 1 Jan 2024, a wrote:</div><br><blockquote>b</blockquote>", 3.25);
        yield return Beside("empty boxes in boxes", "<div></div>", 1, string.Concat(Enumerable.Repeat("<div>", 190)));
        yield return Beside("style rules", "p{color:red}", 0, "<style>");
        yield return Beside("declarations", "color:red;", 0, "<p style=\"");
        yield return Beside("styles of elements", "<p style=color:red;margin:0>", 1.25);
        yield return Beside("angle brackets", "<<<<<<<<<<", 0);
        yield return Beside("some angle brackets", "<aaaa< aaaaaaaaaaaa", 0);
        yield return Beside("quotation marks", "\"\"\"\"\"\"\"\"\"\"", 0);
        yield return Beside("entities", "&lt;", 0);
        yield return Beside("half entities", "&notanentity ", 0);
        yield return Beside("words", "word ", 0);

        // The piece as often as the size allows, and as a tree of the largest size that is built.
        static MimeBomb Beside(string name, string piece, double elements, string before = "") => new($"page: {name}", n =>
        {
            int length = Math.Min(PageLength, n / 2);
            int times = Math.Min(length / piece.Length, elements == 0 ? int.MaxValue : (int)(PageElements / elements));
            return [Mixed, "--b\n", Html, before, .. Times(piece, times), "\n--b\nContent-Type: a/b\n\n", .. Times(new string('a', 100), (n - length) / 100), "\n--b--\n"];
        });
    }
}
