using System.Security.Cryptography;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reading;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Host.Inspecting;

/// <summary>A mail with everything of it decoded once, so that what was wrong with it is known before anything is printed.</summary>
internal sealed class InspectedMail
{
    /// <summary>How often the bytes of the mail may be hashed as content of multiparts, so that nesting costs no more than the mail.</summary>
    private const int MaxHashed = 8;

    private readonly Dictionary<MimePart, DecodedPart> _parts = [];

    private InspectedMail(byte[] raw)
    {
        Raw = raw;
        Message = MimeParser.Parse(raw);
        ReplyText = QuotedText.Split(BodyText.Of(Message)).Visible;
        Preview = MailInbox.Mail.Mime.Reading.Preview.Of(Message);
        Report = MailReport.Read(Message);
        Automatic = AutomaticMail.KindOf(Message);
    }

    public ReadOnlyMemory<byte> Raw { get; }

    public MimeMessage Message { get; }

    public string Preview { get; }

    /// <summary>What the writer wrote, without quoted mail and signature.</summary>
    public string ReplyText { get; }

    /// <summary>What it reports of other mail, null when nothing.</summary>
    public MailReport? Report { get; }

    /// <summary>What kind of machine wrote it, null for a person.</summary>
    public AutomaticKind? Automatic { get; }

    /// <param name="leaf">Given each decoded leaf, which is not kept.</param>
    public static InspectedMail Read(byte[] raw, Action<MimePart, ReadOnlyMemory<byte>>? leaf = null)
    {
        InspectedMail mail = new(raw);
        long budget = (long)MaxHashed * raw.Length;
        Stack<MimePart> left = new([mail.Message.Root]);
        while (left.TryPop(out MimePart? part))
        {
            bool isLeaf = part.Parts.Count == 0 && part.Message is null;
            ReadOnlyMemory<byte> bytes = Decoded(part, isLeaf);
            if (!isLeaf) budget -= bytes.Length;
            mail._parts[part] = new DecodedPart(bytes.Length, isLeaf || budget >= 0 ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : "");
            if (isLeaf) leaf?.Invoke(part, bytes);
            if (part.Message is not null) left.Push(part.Message.Root);
            foreach (MimePart child in Children(part).Reverse()) left.Push(child);
        }
        return mail;
    }

    /// <summary>The parts of a multipart, or the files inside the content of a leaf.</summary>
    public static IReadOnlyList<MimePart> Children(MimePart part) => part.Parts.Count > 0 ? part.Parts : part.Extracted;

    public static bool IsText(MimePart part) => part.Parts.Count == 0 && part.Message is null && part.Type.Kind == "text";

    public DecodedPart Of(MimePart part) => _parts[part];

    /// <summary>What holds other parts is copied only where it is encoded.</summary>
    private static ReadOnlyMemory<byte> Decoded(MimePart part, bool isLeaf) =>
        !isLeaf && part.Encoding is "7bit" or "8bit" or "binary" ? part.RawBody : part.Decode();
}

/// <summary>A part's content without its transfer encoding.</summary>
/// <param name="Sha256">In lower case hexadecimal; empty for a multipart or message inside many others.</param>
internal sealed record DecodedPart(int Size, string Sha256);
