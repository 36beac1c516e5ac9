using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime;

/// <summary>A mail, or a message inside one. Header values are decoded when first asked for and never throw.</summary>
public sealed class MimeMessage
{
    private string? _subject;
    private IReadOnlyList<MailAddress>? _from;
    private IReadOnlyList<MailAddress>? _to;
    private BodyChoice? _choice;
    private IReadOnlyList<MimePart>? _attachments;

    internal MimeMessage(ReadOnlyMemory<byte> raw, MimePart root, IReadOnlyList<MimeDefect> defects)
    {
        Raw = raw;
        Root = root;
        Defects = defects;
    }

    /// <summary>
    /// The bytes that the offsets of the parts count in: the whole mail, also for a message embedded in it as it is; the
    /// decoded bytes for one that was itself encoded.
    /// </summary>
    public ReadOnlyMemory<byte> Raw { get; }

    public MimePart Root { get; }

    public HeaderFields Headers => Root.Headers;

    /// <summary>Everything behind the header as it stands in the mail.</summary>
    public ReadOnlyMemory<byte> RawBody => Root.RawBody;

    /// <summary>Decoded subject on one line; empty when missing.</summary>
    public string Subject => _subject ??= Headers.Text("Subject").Trim();

    public IReadOnlyList<MailAddress> From => _from ??= AddressList.Parse(Headers.Unfolded("From"));

    public IReadOnlyList<MailAddress> Sender => AddressList.Parse(Headers.Unfolded("Sender"));

    /// <summary>The mailboxes of all To fields, groups flattened.</summary>
    public IReadOnlyList<MailAddress> To => _to ??= Joined("To");

    public IReadOnlyList<MailAddress> Cc => Joined("Cc");

    public IReadOnlyList<MailAddress> Bcc => Joined("Bcc");

    public IReadOnlyList<MailAddress> ReplyTo => AddressList.Parse(Headers.Unfolded("Reply-To"));

    /// <summary>The Date field; null when missing or unreadable.</summary>
    public DateTimeOffset? Date => MailDate.Parse(Headers.Unfolded("Date"));

    /// <summary>Message-ID without brackets; empty when missing.</summary>
    public string MessageId => MessageIds.First(Headers.Unfolded("Message-ID"));

    public IReadOnlyList<string> InReplyTo => MessageIds.Parse(Headers.Unfolded("In-Reply-To"));

    public IReadOnlyList<string> References => MessageIds.Parse(Headers.Unfolded("References"));

    /// <summary>What a reader of plain text is shown, in order (RFC 8621 §4.1.4); may hold HTML where there is no text, and images.</summary>
    public IReadOnlyList<MimePart> TextBody => Choice.Text;

    /// <summary>What a reader of HTML is shown, in order; may hold plain text where there is no HTML, and images.</summary>
    public IReadOnlyList<MimePart> HtmlBody => Choice.Html;

    /// <summary>
    /// The rest, media that only one of the two bodies shows, and the files of <see cref="MimePart.Extracted"/> behind their holder. A TNEF
    /// part that was opened without damage is not among them, what stands in it is.
    /// </summary>
    public IReadOnlyList<MimePart> Attachments => _attachments ??= Choice.HoldsFiles ? Unpacking.Attachments(this, Choice.Attachments) : Choice.Attachments;

    /// <summary>What was wrong with the mail, embedded messages included; one list for all of them. Grows while bodies are decoded.</summary>
    public IReadOnlyList<MimeDefect> Defects { get; }

    private BodyChoice Choice => _choice ??= BodyChoice.Of(Root);

    /// <summary>All parts of this message in document order, the root first; embedded messages are not entered.</summary>
    public IEnumerable<MimePart> AllParts()
    {
        var left = new Stack<MimePart>();
        left.Push(Root);
        while (left.TryPop(out var part))
        {
            yield return part;
            for (int i = part.Parts.Count - 1; i >= 0; i--)
                left.Push(part.Parts[i]);
        }
    }

    /// <summary>The part with that <see cref="MimePart.Id"/>, embedded messages and unpacked files included; null when there is none.</summary>
    public MimePart? Find(string id)
    {
        var left = new Stack<MimePart>();
        left.Push(Root);
        while (left.TryPop(out var part))
        {
            if (part.Id == id)
                return part;
            if (part.Message != null)
                left.Push(part.Message.Root);
            foreach (var child in part.Parts)
                left.Push(child);
            // Only the leaf that the id names is opened.
            if (part.Parts.Count == 0 && part.Message == null && id.Length > part.Id.Length + 1 && id[part.Id.Length] == '.' && id.StartsWith(part.Id, StringComparison.Ordinal))
            {
                foreach (var file in part.Extracted)
                    left.Push(file);
            }
        }
        return null;
    }

    private List<MailAddress> Joined(string name)
    {
        var all = new List<MailAddress>();
        foreach (string value in Headers.AllUnfolded(name))
        {
            AddressList.Parse(value, all);
            if (all.Count >= MimeLimits.Addresses)
                break;
        }
        return all;
    }
}
