namespace MailInbox.Mail.Mime;

/// <summary>Reads a mail into a tree of slices of its bytes (RFC 5322, RFC 2045–2046). Never throws for what the mail holds.</summary>
public static class MimeParser
{
    /// <summary>Finds structure and fields in one pass; values are decoded when asked for. <paramref name="raw"/> must not change afterwards.</summary>
    public static MimeMessage Parse(ReadOnlyMemory<byte> raw, MimeLimits? limits = null)
    {
        var reading = new Reading(limits ?? MimeLimits.Default, raw.Length);
        var message = new MimeMessage(raw, new MimeScanner(raw, reading).Scan(holder: null), reading.Defects);
        while (reading.Encoded.TryDequeue(out var holder))
            Open(holder, reading);
        return message;
    }

    /// <summary>Reads the message inside a part that is itself encoded; too deep or too large it stays closed.</summary>
    private static void Open(MimePart holder, Reading reading)
    {
        if (holder.EncodedDepth >= reading.Limits.EncodedMessages || holder.RawBody.Length > reading.EncodedBudget)
        {
            reading.Report("too-deep", holder.Begin, "An encoded message inside the mail was not opened.");
            return;
        }
        reading.EncodedBudget -= holder.RawBody.Length;
        ReadOnlyMemory<byte> inner = holder.Decode();
        holder.Message = new MimeMessage(inner, new MimeScanner(inner, reading).Scan(holder), reading.Defects);
    }

    /// <summary>What is counted over the whole mail, embedded messages included.</summary>
    internal sealed class Reading(MimeLimits limits, int size)
    {
        public MimeLimits Limits { get; } = limits;

        public List<MimeDefect> Defects { get; } = [];

        /// <summary>Messages to open after the pass that found them: no recursion.</summary>
        public Queue<MimePart> Encoded { get; } = [];

        /// <summary>Bytes that encoded messages may still cost, so that wrapping again and again stays linear.</summary>
        public long EncodedBudget { get; set; } = (2L * size) + 65_536;

        public int Parts { get; set; }

        public void Report(string code, int offset, string text)
        {
            if (Defects.Count < Limits.Defects)
                Defects.Add(new MimeDefect(code, offset, text));
        }
    }
}
