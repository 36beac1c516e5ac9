using System.Buffers;
using System.Globalization;
using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Decoding;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Tnef;

namespace MailInbox.Mail.Mime;

/// <summary>A part of a message: its place in the bytes, and what its header says about it. May be read from several threads.</summary>
public sealed class MimePart
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly MimePart? _parent;
    private readonly int _number;
    private List<MimePart>? _parts;
    private ContentDisposition? _disposition;
    private string? _id;
    private string? _encoding;
    private string? _fileName;
    private UnpackedFile? _file;
    private Unpacking? _unpacking;
    private RtfBudget? _rtf;
    private readonly DefectList _defects;
    private BodyDamage _spelling;
    private int _reported;

    private MimePart(ReadOnlyMemory<byte> raw, MimePart? parent, int number, int depth, DefectList defects)
    {
        _raw = raw;
        _defects = defects;
        _parent = parent;
        _number = number;
        Depth = depth;
    }

    /// <summary>
    /// Number as in IMAP (RFC 9051 §6.4.5): <c>1</c> for the only part, <c>2.1</c> inside the second, numbers of an embedded
    /// message below the part that holds it. A multipart at the top of a message is <c>TEXT</c>, inside part 3 <c>3.TEXT</c>.
    /// </summary>
    public string Id => _id ??= Number();

    public HeaderFields Headers { get; internal set; } = null!;

    /// <summary>The type as it is treated: a default where the header gives none or nonsense.</summary>
    public ContentType Type { get; private set; } = ContentType.TextPlain;

    /// <summary><c>inline</c>, <c>attachment</c> or empty (RFC 2183).</summary>
    public string Disposition => _file?.Disposition ?? Presentation.Kind;

    /// <summary>Decoded name without folders and control characters; empty when there is none. Embedded messages are named by their subject.</summary>
    public string FileName => _fileName ??= ReadFileName();

    /// <summary>Content-ID without brackets; empty when missing.</summary>
    public string ContentId => _file?.ContentId ?? MessageIds.First(Headers.Unfolded("Content-ID"));

    /// <summary>Transfer encoding in lower case and ordinary spelling; <c>7bit</c> when missing.</summary>
    public string Encoding => _encoding ?? ReadEncoding();

    /// <summary>
    /// Offset of the header in <see cref="MimeMessage.Raw"/> of the message this part belongs to; inside a multipart that is itself encoded
    /// the offsets count in its decoded bytes.
    /// </summary>
    public int Begin { get; internal set; }

    /// <summary>Offset of the body.</summary>
    public int HeadersEnd { get; internal set; }

    /// <summary>Offset behind the body; the line break before a boundary is no part of it.</summary>
    public int End { get; internal set; }

    /// <summary>The parts of a multipart; empty for everything else.</summary>
    public IReadOnlyList<MimePart> Parts => _parts ?? (IReadOnlyList<MimePart>)[];

    /// <summary>The message inside a message/rfc822 part.</summary>
    public MimeMessage? Message { get; internal set; }

    /// <summary>
    /// Files unpacked out of the content of a leaf: uuencode and yEnc between the lines of a text, what TNEF wraps up. Parts with bytes of
    /// their own, numbered below this one; empty for almost every part. Found when first asked for.
    /// </summary>
    public IReadOnlyList<MimePart> Extracted => Unpacked().Files;

    /// <summary>The body as it stands in the mail, still encoded; of an unpacked file its bytes.</summary>
    public ReadOnlyMemory<byte> RawBody => _file?.Bytes ?? _raw[HeadersEnd..End];

    internal int Depth { get; }

    /// <summary>Whether it stands inside the content of another part.</summary>
    internal bool IsUnpacked => _file != null;

    /// <summary>Whether it is a text of the mail that stood inside a container.</summary>
    internal bool IsUnpackedBody => _file is { IsBody: true };

    /// <summary>Whether it is a container that <see cref="Extracted"/> says all about.</summary>
    internal bool IsOpened => Unpacked().Whole;

    /// <summary>How many containers lie around this part.</summary>
    internal int UnpackedDepth { get; private init; }

    /// <summary>How many encoded messages lie around this part.</summary>
    internal int EncodedDepth { get; private init; }

    /// <summary>Whether the body must be decoded before it can be read.</summary>
    internal bool IsEncoded => TransferDecoder.IsEncoded(Encoding);

    private MimePart? Holder { get; init; }

    private ContentDisposition Presentation => _disposition ??= ContentDisposition.Parse(Headers.Exact("Content-Disposition"));

    /// <summary>
    /// The body without its transfer encoding; broken encodings give what can be read. What was wrong with it is found in
    /// <see cref="MimeMessage.Defects"/> afterwards, once.
    /// </summary>
    public byte[] Decode()
    {
        byte[] bytes = TransferDecoder.Decode(RawBody.Span, Encoding, int.MaxValue, out var damage);
        Report(damage);
        return bytes;
    }

    /// <summary>Writes what <see cref="Decode"/> gives in blocks, without an array of its size.</summary>
    public void DecodeTo(IBufferWriter<byte> output) => Report(TransferDecoder.Decode(RawBody.Span, Encoding, output));

    /// <summary>Writes what <see cref="Decode"/> gives in blocks of at most 64 KB; gives the number of bytes.</summary>
    public long DecodeTo(Stream output)
    {
        long size = TransferDecoder.Decode(RawBody.Span, Encoding, output, out var damage);
        Report(damage);
        return size;
    }

    /// <summary>How many bytes <see cref="Decode"/> gives; nothing is kept.</summary>
    public long DecodedSize() => IsEncoded ? DecodeTo(Stream.Null) : RawBody.Length;

    /// <summary>
    /// The body as text in the charset of the part, line breaks as LF, without NUL and byte order mark. Wrong or unknown
    /// charsets give what can be read. Files of <see cref="Extracted"/> are left out. Longer text is cut at <paramref name="maxChars"/>.
    /// </summary>
    public string Text(int maxChars = 1 << 20)
    {
        var kind = new BodyKind(Encoding, Type.Charset, Type.Media == "text/html");
        string text = TransferDecoder.Text(RawBody.Span, kind, maxChars, out var damage);
        if (Unpacking.IsIn(this, text))
            text = TextWithoutFiles(kind, maxChars, out damage);
        Report(damage);
        return text;
    }

    internal static MimePart Root(ReadOnlyMemory<byte> raw, MimePart? holder, DefectList defects) =>
        new(raw, parent: null, number: 1, holder == null ? 0 : holder.Depth + 1, defects)
        {
            Holder = holder,
            EncodedDepth = holder == null ? 0 : holder.EncodedDepth + 1,
        };

    /// <summary>Adds a part that lies in <paramref name="raw"/>: the bytes of this one, or the decoded content of it.</summary>
    internal MimePart AddPart(ReadOnlyMemory<byte> raw)
    {
        _parts ??= [];
        int encoded = raw.Equals(_raw) ? EncodedDepth : EncodedDepth + 1;
        var part = new MimePart(raw, this, _parts.Count + 1, Depth + 1, _defects) { EncodedDepth = encoded, Holder = Holder };
        _parts.Add(part);
        return part;
    }

    /// <summary>A part made of a file inside the content of <paramref name="holder"/>.</summary>
    internal static MimePart Unpacked(MimePart holder, int number, UnpackedFile file)
    {
        int begin = file.Begin < 0 ? holder.Begin : file.Begin;
        return new MimePart(holder._raw, parent: null, number, holder.Depth + 1, holder._defects)
        {
            _file = file,
            _id = string.Create(CultureInfo.InvariantCulture, $"{holder.Id}.{number}"),
            _encoding = "binary",
            _fileName = file.Name,
            Headers = new HeaderFields(default, []),
            Type = file.Type,
            Begin = begin,
            HeadersEnd = file.Begin < 0 ? holder.HeadersEnd : begin,
            End = file.End < 0 ? holder.End : file.End,
            UnpackedDepth = holder.UnpackedDepth + 1,
            Holder = holder,
        };
    }

    /// <summary>One for the whole mail: the root of all keeps it.</summary>
    internal RtfBudget RtfBudget()
    {
        var root = this;
        while ((root._parent ?? root.Holder) is { } outer)
            root = outer;
        return LazyInitializer.EnsureInitialized(ref root._rtf);
    }

    /// <summary>Adds to the defects of the message.</summary>
    internal void Report(string code, int offset, string text) => _defects.Report(code, offset, text);

    /// <summary>Makes this part hold a message whose bytes follow at once, and gives the root of that message.</summary>
    internal MimePart Embed()
    {
        var root = new MimePart(_raw, parent: null, number: 1, Depth + 1, _defects) { Holder = this, EncodedDepth = EncodedDepth };
        Message = new MimeMessage(_raw, root, _defects);
        return root;
    }

    /// <summary>Reads Content-Type and gives its unfolded value.</summary>
    internal string ReadType()
    {
        string value = Headers.Exact("Content-Type");
        bool digest = _parent != null && _parent.Type.Media == "multipart/digest";
        Type = ContentType.Parse(value, digest ? ContentType.Rfc822 : ContentType.TextPlain);
        if (Type.Charset.Length > 0)
            Headers.Declared = Charsets.Find(Type.Charset);
        return value;
    }

    /// <summary>The transfer encoding is said but not done.</summary>
    internal void NotEncoded() => _encoding = "8bit";

    /// <summary>A multipart that cannot be taken apart is shown as text rather than lost.</summary>
    internal void Leaf() => Type = ContentType.TextPlain;

    internal void Opaque() => Type = ContentType.OctetStream;

    private Unpacking Unpacked()
    {
        if (_unpacking is { } known)
            return known;
        var found = Unpacking.Of(this);
        return Interlocked.CompareExchange(ref _unpacking, found, null) ?? found;
    }

    private string ReadEncoding()
    {
        string value = Headers.Unfolded("Content-Transfer-Encoding");
        string encoding = TransferDecoder.Normalize(value);
        _spelling = TransferDecoder.Spelling(value, encoding);
        return _encoding = encoding;
    }

    /// <summary>Each kind of damage is reported once, however often and from however many threads the body is read.</summary>
    private void Report(BodyDamage damage)
    {
        damage |= _spelling;
        if (((int)damage & ~_reported) == 0)
            return;
        int before = Interlocked.Or(ref _reported, (int)damage);
        BodyDamageWords.Report((BodyDamage)((int)damage & ~before), HeadersEnd, _defects);
    }

    private string TextWithoutFiles(BodyKind kind, int maxChars, out BodyDamage damage)
    {
        damage = BodyDamage.None;
        var body = IsEncoded ? Decode() : RawBody.Span;
        byte[] rest = ArrayPool<byte>.Shared.Rent((int)Math.Min(body.Length, 4L * maxChars));
        int length = TextBlocks.Without(body, rest);
        string text = Charsets.Text(rest.AsSpan(0, length), kind.Charset, isHtml: false, maxChars, ref damage);
        ArrayPool<byte>.Shared.Return(rest);
        return text;
    }

    private string Number()
    {
        string prefix = _parent is { _parent: not null } ? _parent.Id : Holder?.Id ?? "";
        string number = _parent == null && Type.IsMultipart ? "TEXT" : _number.ToString(CultureInfo.InvariantCulture);
        return prefix.Length == 0 ? number : $"{prefix}.{number}";
    }

    private string ReadFileName()
    {
        string name = FileNames.Clean(Presentation.FileName);
        if (name.Length == 0)
            name = FileNames.Clean(Type.Name);
        if (name.Length > 0 || Message == null)
            return name;
        name = FileNames.Clean(Message.Subject.Replace('/', '-').Replace('\\', '-'));
        return name.Length == 0 ? "message.eml" : $"{name}.eml";
    }
}
