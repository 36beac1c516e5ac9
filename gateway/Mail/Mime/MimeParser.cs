namespace MailInbox.Mail.Mime;

/// <summary>Reads a mail into a tree of slices of its bytes (RFC 5322, RFC 2045–2046). Never throws for what the mail holds.</summary>
public static class MimeParser
{
    private const int FirstRead = 64 * 1024;

    /// <summary>Finds structure and fields in one pass; values are decoded when asked for. <paramref name="raw"/> must not change afterwards.</summary>
    public static MimeMessage Parse(ReadOnlyMemory<byte> raw, MimeLimits? limits = null) => Read(raw, limits ?? MimeLimits.Default, rest: false);

    /// <summary>
    /// Reads a stream from where it stands to its end and parses what came. Beyond <see cref="MimeLimits.Size"/> nothing is read or kept,
    /// which is a defect of the message. Only what the stream itself throws is thrown.
    /// </summary>
    public static MimeMessage Parse(Stream stream, MimeLimits? limits = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= MimeLimits.Default;
        byte[] bytes = new byte[Math.Min(limits.Size, Expected(stream))];
        int length = 0;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (length == bytes.Length)
            {
                int next = stream.ReadByte();
                if (next < 0 || length == limits.Size)
                    return Read(bytes.AsMemory(0, length), limits, rest: next >= 0);
                Array.Resize(ref bytes, (int)Math.Min(limits.Size, 2L * length + FirstRead));
                bytes[length++] = (byte)next;
                continue;
            }
            int count = stream.Read(bytes, length, bytes.Length - length);
            if (count == 0)
                return Read(bytes.AsMemory(0, length), limits, rest: false);
            length += count;
        }
    }

    private static int Expected(Stream stream)
    {
        long left = stream.CanSeek ? stream.Length - stream.Position : FirstRead;
        return (int)Math.Clamp(left, 0, Array.MaxLength);
    }

    private static MimeMessage Read(ReadOnlyMemory<byte> raw, MimeLimits limits, bool rest)
    {
        var reading = new Reading(limits, raw.Length);
        if (rest)
            reading.Report(DefectCodes.TooLarge, raw.Length, "The mail is too large; the rest was not read.");
        if (raw.Span.IndexOf((byte)0) is >= 0 and var nul)
            reading.Report(DefectCodes.Nul, nul, "The mail holds NUL bytes.");
        var message = new MimeMessage(raw, new MimeScanner(raw, reading).Scan(holder: null), reading.Defects);
        while (reading.Encoded.TryDequeue(out var holder))
            Open(holder, reading);
        return message;
    }

    /// <summary>Reads what a part holds that is itself encoded; too deep or too large it stays closed.</summary>
    private static void Open(MimePart holder, Reading reading)
    {
        if (holder.EncodedDepth >= reading.Limits.EncodedMessages || holder.RawBody.Length > reading.EncodedBudget)
        {
            reading.Report(DefectCodes.TooDeep, holder.Begin, "An encoded message inside the mail was not opened.");
            if (holder.Type.IsMultipart)
                holder.Opaque();
            return;
        }
        reading.EncodedBudget -= holder.RawBody.Length;
        ReadOnlyMemory<byte> inner = holder.Decode();
        var scanner = new MimeScanner(inner, reading);
        if (holder.Type.IsMultipart)
        {
            scanner.ScanContent(holder);
            return;
        }
        var root = scanner.Scan(holder);
        if (root.Headers.Count == 0 && root.HeadersEnd == 0 && inner.Length > 0)
            reading.Report(DefectCodes.MessageWithoutHeader, holder.Begin, "An embedded message has no header; it is kept as a file.");
        else
            holder.Message = new MimeMessage(inner, root, reading.Defects);
    }

    /// <summary>What is counted over the whole mail, embedded messages included.</summary>
    internal sealed class Reading(MimeLimits limits, int size)
    {
        private readonly HashSet<string> _once = [];

        public MimeLimits Limits { get; } = limits;

        public DefectList Defects { get; } = new(limits.Defects);

        /// <summary>Encoded messages and multiparts to open after the pass that found them: no recursion.</summary>
        public Queue<MimePart> Encoded { get; } = [];

        /// <summary>Bytes that encoded messages may still cost, so that wrapping again and again stays linear.</summary>
        public long EncodedBudget { get; set; } = (2L * size) + 65_536;

        /// <summary>Bytes that the search for unnamed boundaries may still read again.</summary>
        public long GuessBudget { get; set; } = (2L * size) + 65_536;

        public int Parts { get; set; }

        public void Report(string code, int offset, string text) => Defects.Report(code, offset, text);

        /// <summary>For what repeats on every line: only the first place is said.</summary>
        public void ReportOnce(string code, int offset, string text)
        {
            if (_once.Add(code))
                Report(code, offset, text);
        }
    }
}
