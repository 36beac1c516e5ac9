using System.Diagnostics.CodeAnalysis;

namespace MailInbox.Mail.Mime;

/// <summary>
/// The boundaries of the open multiparts, asked once for each line that begins with two dashes: a hundred levels must not make such
/// lines a hundred times as dear.
/// </summary>
internal sealed class Boundaries
{
    private readonly Dictionary<byte[], int> _open = new(new ByBytes());
    private int _longest;

    public bool Any => _open.Count > 0;

    public void Add(byte[] boundary)
    {
        _open[boundary] = _open.GetValueOrDefault(boundary) + 1;
        _longest = Math.Max(_longest, boundary.Length);
    }

    public void Remove(byte[] boundary)
    {
        if (--_open[boundary] == 0)
            _open.Remove(boundary);
    }

    /// <summary>Whether the text behind the dashes is an open boundary, or one with the dashes of the end.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        if (text.Length > _longest + 2)
            return false;
        var lookup = _open.GetAlternateLookup<ReadOnlySpan<byte>>();
        return lookup.ContainsKey(text) || (text.EndsWith("--"u8) && lookup.ContainsKey(text[..^2]));
    }

    private sealed class ByBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
