namespace MailInbox.Mail.Mime.Tnef;

/// <summary>Bytes of RTF that may still be decompressed out of one mail, however many containers stand in it. Used from any thread.</summary>
internal sealed class RtfBudget
{
    private int _left = MimeLimits.Rtf;

    /// <summary>Decompresses within the budget; <paramref name="cut"/> where it ended before the text did.</summary>
    public byte[] Decompress(ReadOnlySpan<byte> data, out bool cut)
    {
        int most = Math.Max(0, Volatile.Read(ref _left));
        byte[] rtf = CompressedRtf.Decompress(data, most);
        Interlocked.Add(ref _left, -rtf.Length);
        cut = rtf.Length == most;
        return rtf;
    }
}
