using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Tnef;

/// <summary>What a TNEF stream says that a reader of mail needs: its text in up to three forms, and its attachments.</summary>
internal sealed class TnefMessage
{
    private readonly List<TnefFile> _files = [];
    private TnefFile? _file;
    private MapiValue _subject;
    private MapiValue _plain;
    private MapiValue _html;
    private MapiValue _rtf;
    private int _oemPage;
    private int _internetPage;
    private bool _crowded;
    private bool _damagedList;

    public static ContentType MediaType { get; } = ContentType.Parse("application/ms-tnef");

    /// <summary>What was wrong: code and sentence, each kind once.</summary>
    public List<(string Code, string Text)> Damage { get; } = [];

    /// <summary>Takes one attribute by the low half of its id (MS-OXTNEF §2.1.3.3).</summary>
    public void Take(int id, ReadOnlyMemory<byte> data)
    {
        switch (id)
        {
            case 0x9007 when data.Length >= 4:
                _oemPage = BinaryPrimitives.ReadInt32LittleEndian(data.Span);
                break;
            case 0x8004:
                Keep(ref _subject, new MapiValue(MapiValue.Text8, data));
                break;
            case 0x800C:
                Keep(ref _plain, new MapiValue(MapiValue.Text8, data));
                break;
            case 0x9003:
                TakeProperties(data);
                break;
            case 0x9002:
                Begin();
                break;
            case 0x8010:
                FileFor(f => f.HasTitle)?.TakeTitle(data);
                break;
            case 0x9001:
                FileFor(_ => false)?.TakeTransportName(data);
                break;
            case 0x800F:
                FileFor(f => f.HasData)?.TakeData(data);
                break;
            case 0x9005:
                TakeFileProperties(data);
                break;
        }
    }

    /// <summary>To be called after the last attribute.</summary>
    public void End()
    {
        if (_crowded)
            Damage.Add((DefectCodes.TooManyFiles, "The data of Outlook holds too many files; the rest is not listed."));
        if (_damagedList)
            Damage.Add((DefectCodes.TnefDamaged, "The data of Outlook is damaged; what could be read was read."));
    }

    /// <summary>
    /// The texts of the message, then its files. <paramref name="embedded"/>: a message inside another one, whose text is a file too, named
    /// by its subject.
    /// </summary>
    public IReadOnlyList<UnpackedFile> Unpack(bool embedded, RtfBudget budget)
    {
        string charset = Label(_oemPage);
        string subject = embedded ? FileNames.Clean(_subject.Text(charset).Replace('/', '-').Replace('\\', '-')) : "";
        var files = new List<UnpackedFile>(Bodies(charset, embedded, subject.Length > 0 ? subject : "message", budget));
        int number = 0;
        foreach (var file in _files)
        {
            if (!file.IsEmpty)
                files.Add(file.Unpack(charset, ++number));
        }
        return files;
    }

    /// <summary>The label of a code page as Windows counts them; empty when none is given.</summary>
    private static string Label(int page) => page switch
    {
        <= 0 or > 65_535 => "",
        65001 => "utf-8",
        1200 => "utf-16le",
        20127 => "us-ascii",
        28591 => "iso-8859-1",
        _ => string.Create(CultureInfo.InvariantCulture, $"cp{page}"),
    };

    private void TakeProperties(ReadOnlyMemory<byte> data)
    {
        var properties = new MapiProperties(data);
        while (properties.Next(out var property))
        {
            var value = property.Value;
            switch (property.Id)
            {
                case 0x0037:
                    Keep(ref _subject, value);
                    break;
                case 0x1000:
                    Keep(ref _plain, value);
                    break;
                case 0x1009:
                    Keep(ref _rtf, value);
                    break;
                case 0x1013:
                    Keep(ref _html, value);
                    break;
                case 0x3FDE when value.Type == MapiValue.Long:
                    _internetPage = value.Number;
                    break;
            }
        }
        _damagedList |= properties.Damaged;
    }

    /// <summary>Unicode wins over 8-bit, else the first one counts.</summary>
    private static void Keep(ref MapiValue kept, MapiValue value)
    {
        if (kept.IsEmpty || (kept.Type == MapiValue.Text8 && value.Type == MapiValue.Text16))
            kept = value;
    }

    private void TakeFileProperties(ReadOnlyMemory<byte> data)
    {
        if (FileFor(_ => false) is not { } file)
            return;
        var properties = new MapiProperties(data);
        while (properties.Next(out var property))
            file.Take(property);
        _damagedList |= properties.Damaged;
    }

    /// <summary>The file that an attribute belongs to: a new one where the mark of a beginning was left out.</summary>
    private TnefFile? FileFor(Func<TnefFile, bool> hasIt)
    {
        if (_file == null || hasIt(_file))
            Begin();
        return _file;
    }

    private void Begin()
    {
        if (_file is { IsEmpty: true })
            return;
        _crowded |= _files.Count == MimeLimits.UnpackedFiles;
        _file = _crowded ? null : new TnefFile();
        if (_file != null)
            _files.Add(_file);
    }

    private IEnumerable<UnpackedFile> Bodies(string charset, bool embedded, string name, RtfBudget budget)
    {
        var html = _html.IsEmpty ? null : Text(_html, "text/html", Label(_internetPage > 0 ? _internetPage : 0));
        var plain = _plain.IsEmpty ? null : Text(_plain, "text/plain", charset);
        if (html == null && !_rtf.IsEmpty && RtfText.Read(Rtf(budget)) is { Text.Length: > 0 } rtf)
        {
            if (rtf.IsHtml)
                html = Text(rtf.Text, "text/html");
            else
                plain ??= Text(rtf.Text, "text/plain");
        }
        // As a file one form is enough.
        if (plain != null && (html == null || !embedded))
            yield return Body(plain.Value, embedded, $"{name}.txt");
        if (html != null)
            yield return Body(html.Value, embedded, $"{name}.html");
    }

    private byte[] Rtf(RtfBudget budget)
    {
        byte[] rtf = budget.Decompress(_rtf.Bytes.Span, out bool cut);
        if (cut)
            Damage.Add((DefectCodes.TooLarge, "A text of Outlook is too large; the rest of it is left out."));
        return rtf;
    }

    private static (ContentType Type, ReadOnlyMemory<byte> Bytes)? Text(MapiValue value, string media, string charset)
    {
        if (value.Type == MapiValue.Text16)
            return Text(value.Text(""), media);
        var bytes = value.Bytes.TrimEnd((byte)0);
        return bytes.IsEmpty ? null : (ContentType.Parse(charset.Length == 0 ? media : $"{media}; charset={charset}"), bytes);
    }

    private static (ContentType Type, ReadOnlyMemory<byte> Bytes)? Text(string text, string media) =>
        text.Length == 0 ? null : (ContentType.Parse($"{media}; charset=utf-8"), Encoding.UTF8.GetBytes(text));

    private static UnpackedFile Body((ContentType Type, ReadOnlyMemory<byte> Bytes) text, bool embedded, string name) => new()
    {
        Name = embedded ? name : "",
        Type = text.Type,
        Bytes = text.Bytes,
        IsBody = !embedded,
        Disposition = embedded ? "attachment" : "inline",
    };
}
