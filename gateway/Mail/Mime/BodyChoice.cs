using System.Buffers;
using MailInbox.Mail.Mime.Attached;

namespace MailInbox.Mail.Mime;

/// <summary>Which parts are the text, which the HTML, which attachments: the rule of RFC 8621 §4.1.4, with a stack instead of recursion.</summary>
internal sealed class BodyChoice
{
    /// <summary>How much of a body is looked at before all of it is decoded.</summary>
    private const int Head = 256;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"u8);

    /// <summary>Characters of a text looked at to see whether it says anything.</summary>
    private const int LongestBlank = 4_096;

    private readonly List<MimePart> _text = [];
    private readonly List<MimePart> _html = [];
    private readonly List<MimePart> _attachments = [];
    private List<MimePart>? _containers;
    private List<MimePart>? _unshown;

    public IReadOnlyList<MimePart> Text => _text;

    public IReadOnlyList<MimePart> Html => _html;

    public IReadOnlyList<MimePart> Attachments => _attachments;

    /// <summary>Whether files stand inside any of the parts.</summary>
    public bool HoldsFiles => _attachments.Exists(Holds) || _text.Exists(Holds) || _html.Exists(Holds) || _unshown?.Exists(Holds) == true;

    public static BodyChoice Of(MimePart root)
    {
        var choice = new BodyChoice();
        choice.Walk(root);
        if (choice._containers is { } containers && !choice.IsReadable())
            choice.TakeFrom(containers);
        return choice;
    }

    /// <summary>One multipart under way. Text and html turn false where an alternative has settled on the other one.</summary>
    private sealed class Level(IReadOnlyList<MimePart> parts, string kind, Level? outer, BodyChoice choice)
    {
        public readonly IReadOnlyList<MimePart> Parts = parts;
        public readonly string Kind = kind;
        public readonly bool InAlternative = kind == "alternative" || outer is { InAlternative: true };
        public readonly int TextBefore = choice._text.Count;
        public readonly int HtmlBefore = choice._html.Count;
        public bool TakesText = outer?.TakesText ?? true;
        public bool TakesHtml = outer?.TakesHtml ?? true;
        public int Next;
    }

    private void Walk(MimePart root)
    {
        var levels = new Stack<Level>();
        levels.Push(new Level([root], "mixed", outer: null, this));
        while (levels.TryPeek(out var level))
        {
            if (level.Next == level.Parts.Count)
            {
                levels.Pop();
                if (level.Kind == "alternative" && level.TakesText && level.TakesHtml)
                    FillMissing(level);
                continue;
            }
            int index = level.Next++;
            var part = level.Parts[index];
            if (part.Parts.Count > 0)
                levels.Push(new Level(part.Parts, part.Type.Subtype, level, this));
            else if (IsBody(part, index, level.Kind))
                Place(part, level);
            else
                Attach(part);
        }
    }

    private void Attach(MimePart part)
    {
        _attachments.Add(part);
        if (Unpacking.IsTnef(part))
            (_containers ??= []).Add(part);
    }

    private static bool IsBody(MimePart part, int index, string kind)
    {
        if (part.Disposition == "attachment" || !(IsText(part) || part.Type.IsMedia))
            return false;
        return (index == 0 || (kind != "related" && (part.Type.IsMedia || part.FileName.Length == 0))) && !IsUnreadable(part);
    }

    /// <summary>What says base64 and is none can be shown only where it holds words; else it is a file.</summary>
    private static bool IsUnreadable(MimePart part)
    {
        var raw = part.RawBody.Span;
        if (part.Encoding != "base64" || raw[..Math.Min(raw.Length, Head)].IndexOfAnyExcept(Base64) < 0)
            return false;
        return (part.Type.IsMedia || !raw.Trim(" \t\r\n"u8).Contains((byte)' ')) && part.Decode().AsSpan().SequenceEqual(raw);
    }

    private void Place(MimePart part, Level level)
    {
        bool plain = part.Type.Media == "text/plain";
        if (level.Kind == "alternative")
        {
            (plain ? _text : part.Type.IsMedia ? _attachments : _html).Add(part);
            return;
        }
        if (level.InAlternative && IsText(part))
        {
            level.TakesHtml &= !plain;
            level.TakesText &= plain;
        }
        if (level.TakesText)
            _text.Add(part);
        if (level.TakesHtml)
            _html.Add(part);
        if (part.Type.IsMedia && !(level.TakesText && level.TakesHtml))
            _attachments.Add(part);
        else if (!level.TakesText && !level.TakesHtml)
            (_unshown ??= []).Add(part);
    }

    /// <summary>An alternative with only one kind of text gives it to both bodies.</summary>
    private void FillMissing(Level level)
    {
        if (_text.Count == level.TextBefore && _html.Count > level.HtmlBefore)
            _text.AddRange(_html[level.HtmlBefore..]);
        else if (_html.Count == level.HtmlBefore && _text.Count > level.TextBefore)
            _html.AddRange(_text[level.TextBefore..]);
    }

    /// <summary>Whether the mail says something without its containers. Outlook often sends an empty text with them.</summary>
    private bool IsReadable() => _text.Concat(_html).Any(p => IsText(p) && !string.IsNullOrWhiteSpace(p.Text(LongestBlank)));

    /// <summary>The text of the first container that has one becomes the text of the mail, instead of empty ones.</summary>
    private void TakeFrom(List<MimePart> containers)
    {
        var bodies = containers.Select(c => c.Extracted.Where(p => p.IsUnpackedBody).ToList()).FirstOrDefault(b => b.Count > 0);
        if (bodies == null)
            return;
        _text.RemoveAll(IsText);
        _html.RemoveAll(IsText);
        _text.Add(bodies[0]);
        _html.Add(bodies[^1]);
    }

    private static bool Holds(MimePart part) => part.Extracted.Count > 0 || part.IsOpened;

    private static bool IsText(MimePart part) => part.Type.Media is "text/plain" or "text/html";
}
