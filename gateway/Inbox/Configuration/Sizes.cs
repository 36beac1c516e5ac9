using System.Globalization;

namespace MailInbox.Inbox.Configuration;

/// <summary>Sizes as administrators write them: <c>500kb 25mb 1gb</c>, or bytes without a word; a kilobyte is 1,024 bytes.</summary>
public static class Sizes
{
    /// <summary>Bytes; null when it is no such size, or more than fits into 63 bits.</summary>
    public static long? Parse(string text)
    {
        (string number, int shift) = text.ToUpperInvariant() switch
        {
            [.. var n, 'K', 'B'] => (n, 10),
            [.. var n, 'M', 'B'] => (n, 20),
            [.. var n, 'G', 'B'] => (n, 30),
            var n => (n, 0),
        };
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size <= long.MaxValue >> shift ? size << shift : null;
    }
}
