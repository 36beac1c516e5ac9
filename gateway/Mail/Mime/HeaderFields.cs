using System.Collections;
using System.Text;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime;

/// <summary>The fields of one header block in their order. Names compare without case; values are decoded when asked for.</summary>
public sealed class HeaderFields : IReadOnlyList<HeaderField>
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly FieldSlice[] _fields;

    internal HeaderFields(ReadOnlyMemory<byte> raw, FieldSlice[] fields)
    {
        _raw = raw;
        _fields = fields;
    }

    public int Count => _fields.Length;

    public HeaderField this[int index] => Field(_fields[index]);

    /// <summary>The first field of that name: the one that decides where a header repeats itself.</summary>
    public HeaderField? First(string name)
    {
        int index = IndexOf(name, 0);
        return index < 0 ? null : this[index];
    }

    public IEnumerable<HeaderField> All(string name)
    {
        for (int i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1))
            yield return this[i];
    }

    public bool Has(string name) => IndexOf(name, 0) >= 0;

    /// <summary>The first value of that name unfolded, encoded words decoded (RFC 2047), without control characters; empty when missing.</summary>
    public string Text(string name)
    {
        int index = IndexOf(name, 0);
        return index < 0 ? "" : EncodedWords.Decode(Value(index), Declared);
    }

    /// <summary>All values of that name, each as <see cref="Text"/> gives it.</summary>
    public IEnumerable<string> Texts(string name)
    {
        for (int i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1))
            yield return EncodedWords.Decode(Value(i), Declared);
    }

    /// <summary>All bytes of the first field of that name, from its name to its last line break; empty when missing.</summary>
    public ReadOnlyMemory<byte> RawOf(string name) => First(name)?.Raw ?? default;

    public IEnumerator<HeaderField> GetEnumerator()
    {
        foreach (var slice in _fields)
            yield return Field(slice);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What 8-bit values are read as when they are not UTF-8: the charset of the body, null when it names none.</summary>
    internal Encoding? Declared { get; set; }

    /// <summary>The first value of that name unfolded but not decoded; empty when missing.</summary>
    internal string Unfolded(string name)
    {
        int index = IndexOf(name, 0);
        return index < 0 ? "" : HeaderText.Unfold(Value(index), Declared);
    }

    /// <summary>The first value of that name without its line breaks but with all blanks, not decoded; empty when missing.</summary>
    internal string Exact(string name)
    {
        int index = IndexOf(name, 0);
        return index < 0 ? "" : HeaderText.Exact(Value(index), Declared);
    }

    internal IEnumerable<string> AllUnfolded(string name)
    {
        for (int i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1))
            yield return HeaderText.Unfold(Value(i), Declared);
    }

    internal int CountOf(string name)
    {
        int count = 0;
        for (int i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1))
            count++;
        return count;
    }

    /// <summary>The first <paramref name="count"/> fields.</summary>
    internal HeaderFields First(int count) => new(_raw, _fields[..count]) { Declared = Declared };

    /// <summary>
    /// Index of the second Content-Type when it names no multipart and only Content fields follow it: they are the header of another part.
    /// -1 when there is none.
    /// </summary>
    internal int SecondContent(out int offset)
    {
        offset = 0;
        int first = IndexOf("Content-Type", 0);
        int second = first < 0 ? -1 : IndexOf("Content-Type", first + 1);
        if (second < 0 || HeaderText.Unfold(Value(second)).StartsWith("multipart", StringComparison.OrdinalIgnoreCase))
            return -1;
        var span = _raw.Span;
        for (int i = second; i < _fields.Length; i++)
        {
            if (_fields[i].NameLength <= 8 || !Ascii.EqualsIgnoreCase(span.Slice(_fields[i].Start, 8), "content-"))
                return -1;
        }
        offset = _fields[second].Start;
        return second;
    }

    private int IndexOf(string name, int from)
    {
        var span = _raw.Span;
        for (int i = from; i < _fields.Length; i++)
        {
            ref readonly var field = ref _fields[i];
            if (field.NameLength == name.Length && Ascii.EqualsIgnoreCase(span.Slice(field.Start, field.NameLength), name))
                return i;
        }
        return -1;
    }

    private ReadOnlySpan<byte> Value(int index) => Cut(_raw.Span[_fields[index].Value.._fields[index].End]);

    internal static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value) => value.Length > MimeLimits.HeaderValue ? value[..MimeLimits.HeaderValue] : value;

    private HeaderField Field(FieldSlice field)
    {
        var name = Encoding.Latin1.GetString(_raw.Span.Slice(field.Start, field.NameLength));
        return new HeaderField(name, _raw[field.Value..field.End], _raw[field.Start..field.End], field.Start) { Declared = Declared };
    }
}

/// <summary>One field as it stands in the mail.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="RawValue">Bytes behind the colon, folds and the last line break included.</param>
/// <param name="Raw">Bytes of the whole field, from its name to its last line break.</param>
/// <param name="Offset">Offset of the name in the message.</param>
public sealed record HeaderField(string Name, ReadOnlyMemory<byte> RawValue, ReadOnlyMemory<byte> Raw, int Offset)
{
    /// <summary>The value unfolded and decoded, as <see cref="HeaderFields.Text"/> gives it.</summary>
    public string Text => EncodedWords.Decode(HeaderFields.Cut(RawValue.Span), Declared);

    internal Encoding? Declared { get; init; }
}
