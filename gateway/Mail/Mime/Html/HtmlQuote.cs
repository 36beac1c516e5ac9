using System.Collections.Frozen;
using AngleSharp.Dom;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Mail.Mime.Html;

/// <summary>
/// Finds where the quoted tail of an HTML mail begins. The mail's own structure (cited blocks, the marks of mail programs) and its
/// words are put into lines, and the rules for plain text decide (<see cref="QuotedText"/>); only what is whole and last can be folded.
/// </summary>
internal static class HtmlQuote
{
    /// <summary>Class of the element that folds the quoted tail; where one is, nothing is folded again.</summary>
    public const string Class = "quoted";

    /// <summary>Lines of the tail that are tried as its first.</summary>
    private const int MaxStarts = 20;

    private static readonly FrozenSet<string> Flow = "body div section article main center td th blockquote font span".Split(' ').ToFrozenSet();

    /// <summary>The first node of the tail: it and everything after it in its parent is quoted, and nothing else follows. Null when nothing is to be folded.</summary>
    public static INode? Find(IElement body)
    {
        if (body.QuerySelector($"details.{Class}") is not null) return null;
        var lines = new HtmlQuoteLines();
        lines.Read(body);
        string text = lines.Text;
        int visible = QuotedText.Split(text).Visible.Length;
        if (visible == text.Length) return null;
        // A signature may stand in another element than the quote below it: then the quote alone is folded.
        foreach (INode start in lines.NodesFrom(visible).Take(MaxStarts))
        {
            INode node = start;
            while (node.Parent is IElement parent && parent != body && !HasContentBefore(node)) node = parent;
            if (IsLast(node, body)) return WithBlanksBefore(node);
        }
        return null;
    }

    private static bool HasContentBefore(INode node)
    {
        foreach (INode sibling in node.Parent!.ChildNodes)
        {
            if (sibling == node) return false;
            if (HtmlQuoteLines.HasContent(sibling)) return true;
        }
        return false;
    }

    /// <summary>True when nothing that can be seen follows outside the parent, and the parent may hold a block.</summary>
    private static bool IsLast(INode node, IElement body)
    {
        for (INode at = node; at != body; at = at.Parent)
        {
            if (at.Parent is not IElement parent || !Flow.Contains(parent.LocalName) && !(at != node && IsTable(parent))) return false;
            if (at != node && HasContentAfter(at)) return false;
        }
        return true;
    }

    private static bool IsTable(IElement element) => element.LocalName is "table" or "tbody" or "tr";

    private static bool HasContentAfter(INode node)
    {
        bool after = false;
        foreach (INode sibling in node.Parent!.ChildNodes)
        {
            if (after && HtmlQuoteLines.HasContent(sibling)) return true;
            after |= sibling == node;
        }
        return false;
    }

    /// <summary>Empty lines and the rule above the quote go with it.</summary>
    private static INode WithBlanksBefore(INode node)
    {
        INode first = node;
        bool open = false;
        foreach (INode sibling in node.Parent!.ChildNodes)
        {
            if (sibling == node) break;
            if (HtmlQuoteLines.HasContent(sibling)) open = false;
            else if (!open) (first, open) = (sibling, true);
        }
        return open ? first : node;
    }
}
