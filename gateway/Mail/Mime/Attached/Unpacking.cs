using MailInbox.Mail.Mime.Decoding;
using MailInbox.Mail.Mime.Tnef;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>What stands inside the content of a leaf.</summary>
/// <param name="Files">The parts made of it, numbered below the leaf.</param>
/// <param name="Whole">Whether the leaf is a container that these parts say all about, so that nobody misses it.</param>
internal sealed record Unpacking(IReadOnlyList<MimePart> Files, bool Whole)
{
    private static readonly Unpacking Nothing = new([], Whole: false);

    /// <summary>Opens a leaf: TNEF, else a text with files between its lines. Defects go to the message of the leaf.</summary>
    public static Unpacking Of(MimePart leaf)
    {
        if (leaf.Parts.Count > 0 || leaf.Message != null)
            return Nothing;
        if (IsTnef(leaf))
            return OfTnef(leaf);
        return HasText(leaf) && TextBlocks.MayHold(leaf.RawBody.Span, leaf.Encoding) ? OfText(leaf) : Nothing;
    }

    /// <summary>Whether a leaf calls itself TNEF, by type or by the name that Exchange gives.</summary>
    public static bool IsTnef(MimePart leaf) =>
        leaf.Type.Kind == "application"
        && (leaf.Type.Subtype is "ms-tnef" or "vnd.ms-tnef"
            || (leaf.Type.Subtype == "octet-stream" && leaf.FileName.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether files are unpacked out of the text of a leaf, which is then read without them.</summary>
    public static bool IsIn(MimePart leaf, string text) => HasText(leaf) && TextBlocks.MayHold(text) && leaf.Extracted.Count > 0;

    /// <summary>The attachments of a message: those chosen by shape, in document order, with what stands inside them and inside the texts.</summary>
    public static IReadOnlyList<MimePart> Attachments(MimeMessage message, IReadOnlyList<MimePart> chosen)
    {
        List<MimePart>? all = null;
        int next = 0;
        foreach (var part in message.AllParts())
        {
            if (part.Parts.Count > 0)
                continue;
            bool listed = next < chosen.Count && ReferenceEquals(chosen[next], part);
            if (listed)
                next++;
            bool full = all?.Count >= MimeLimits.UnpackedFilesOfMail;
            bool holds = !full && (part.Extracted.Count > 0 || part.IsOpened);
            if (holds)
                all ??= [.. chosen.Take(listed ? next - 1 : next)];
            if (listed && !(holds && part.IsOpened))
                all?.Add(part);
            if (holds)
                AddFiles(part, all!);
        }
        return all ?? chosen;
    }

    /// <summary>Whether files may stand between the lines of the part; what was itself unpacked is left as it is.</summary>
    private static bool HasText(MimePart leaf) => leaf.Type.Kind == "text" && leaf.Type.Subtype != "html" && !leaf.IsUnpacked;

    private static void AddFiles(MimePart holder, List<MimePart> all)
    {
        var left = new Stack<MimePart>(holder.Extracted.Reverse());
        while (left.TryPop(out var part))
        {
            if (all.Count >= MimeLimits.UnpackedFilesOfMail)
            {
                holder.Report(DefectCodes.TooManyFiles, holder.Begin, "The mail holds too many files inside its parts; the rest is not listed.");
                return;
            }
            if (part.IsUnpackedBody)
                continue;
            if (!part.IsOpened)
                all.Add(part);
            for (int i = part.Extracted.Count - 1; i >= 0; i--)
                left.Push(part.Extracted[i]);
        }
    }

    private static Unpacking OfTnef(MimePart leaf)
    {
        if (leaf.UnpackedDepth >= MimeLimits.UnpackedDepth)
        {
            leaf.Report(DefectCodes.TooDeep, leaf.Begin, "Messages of Outlook are nested too deeply; the rest is one file.");
            return Nothing;
        }
        ReadOnlyMemory<byte> raw = leaf.IsUnpacked || !leaf.IsEncoded ? leaf.RawBody : leaf.Decode();
        var message = TnefParser.Parse(raw);
        var files = message.Unpack(embedded: leaf.IsUnpacked, leaf.RtfBudget());
        foreach (var (code, text) in message.Damage)
            leaf.Report(code, leaf.Begin, text);
        return new Unpacking(Parts(leaf, files), message.Damage.Count == 0);
    }

    private static Unpacking OfText(MimePart leaf)
    {
        ReadOnlyMemory<byte> text = leaf.IsEncoded ? leaf.Decode() : leaf.RawBody;
        var blocks = TextBlocks.Find(text.Span);
        if (blocks.Count == 0)
            return Nothing;
        var charset = Charsets.Find(leaf.Type.Charset);
        var files = new List<UnpackedFile>(blocks.Count);
        foreach (var block in blocks)
        {
            var (name, bytes, defect) = TextBlocks.Decode(text.Span, block, charset);
            if (defect != null)
                leaf.Report(defect.Code, leaf.IsEncoded ? leaf.Begin : leaf.HeadersEnd + defect.Offset, defect.Text);
            name = FileNames.Clean(name);
            files.Add(new UnpackedFile
            {
                Name = name.Length > 0 ? name : $"attachment-{files.Count + 1}",
                Type = UnpackedFile.TypeOf(name),
                Bytes = bytes,
                Begin = leaf.IsEncoded ? -1 : leaf.HeadersEnd + block.Begin,
                End = leaf.IsEncoded ? -1 : leaf.HeadersEnd + block.End,
            });
        }
        return new Unpacking(Parts(leaf, files), Whole: false);
    }

    private static List<MimePart> Parts(MimePart leaf, IReadOnlyList<UnpackedFile> files)
    {
        var parts = new List<MimePart>(files.Count);
        foreach (var file in files)
            parts.Add(MimePart.Unpacked(leaf, parts.Count + 1, file));
        return parts;
    }
}
