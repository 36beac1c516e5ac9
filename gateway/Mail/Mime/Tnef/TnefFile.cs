using MailInbox.Mail.Mime.Attached;

namespace MailInbox.Mail.Mime.Tnef;

/// <summary>An attachment of a TNEF stream while its attributes come in, in whatever order.</summary>
internal sealed class TnefFile
{
    private const int Inline = 4;
    private const int EmbeddedMessage = 5;
    private const int InterfaceId = 16;
    private MapiValue _title;
    private MapiValue _transportName;
    private MapiValue _longName;
    private MapiValue _shortName;
    private MapiValue _displayName;
    private MapiValue _extension;
    private MapiValue _media;
    private MapiValue _contentId;
    private MapiValue _object;
    private ReadOnlyMemory<byte>? _data;
    private ReadOnlyMemory<byte>? _binary;
    private int _method;
    private int _flags;

    /// <summary>Nothing but the mark of its beginning, or a picture of its icon, has come yet.</summary>
    public bool IsEmpty => !HasTitle && !HasData && _binary is null && _object.IsEmpty && _longName.IsEmpty && _shortName.IsEmpty;

    public bool HasTitle => !_title.IsEmpty;

    public bool HasData => _data is not null;

    public void TakeTitle(ReadOnlyMemory<byte> title) => _title = new MapiValue(MapiValue.Text8, title);

    public void TakeTransportName(ReadOnlyMemory<byte> name) => _transportName = new MapiValue(MapiValue.Text8, name);

    public void TakeData(ReadOnlyMemory<byte> data) => _data = data;

    public void Take(MapiProperty property)
    {
        var value = property.Value;
        switch (property.Id)
        {
            case 0x3701 when value.Type == MapiValue.Object:
                _object = value;
                break;
            case 0x3701:
                _binary = value.Bytes;
                break;
            case 0x3001:
                _displayName = value;
                break;
            case 0x3703:
                _extension = value;
                break;
            case 0x3704:
                _shortName = value;
                break;
            case 0x3705:
                _method = value.Number;
                break;
            case 0x3707:
                _longName = value;
                break;
            case 0x370E:
                _media = value;
                break;
            case 0x3712:
                _contentId = value;
                break;
            case 0x3714:
                _flags = value.Number;
                break;
        }
    }

    /// <summary>The file, named by its number where it has no name. An embedded message becomes a TNEF part, to be opened in its turn.</summary>
    public UnpackedFile Unpack(string charset, int number)
    {
        bool embedded = _method == EmbeddedMessage || (_object.Bytes.Length > InterfaceId && TnefParser.IsTnef(_object.Bytes.Span[InterfaceId..]));
        string name = Name(charset, number);
        string contentId = _contentId.Text(charset).Trim(' ', '<', '>');
        return new UnpackedFile
        {
            Name = name,
            Type = embedded ? TnefMessage.MediaType : UnpackedFile.TypeOf(name, _media.Text(charset)),
            Bytes = Data(),
            ContentId = contentId.Any(char.IsControl) ? "" : contentId,
            Disposition = (_flags & Inline) != 0 && contentId.Length > 0 ? "inline" : "attachment",
        };
    }

    private ReadOnlyMemory<byte> Data()
    {
        if (_object.Bytes.Length > InterfaceId)
            return _object.Bytes[InterfaceId..];
        return _data is { Length: > 0 } data ? data : _binary ?? default;
    }

    private string Name(string charset, int number)
    {
        foreach (var value in (ReadOnlySpan<MapiValue>)[_longName, _transportName, _title, _shortName, _displayName])
        {
            string name = FileNames.Clean(value.Text(charset));
            if (name.Length > 0)
                return name;
        }
        return FileNames.Clean($"attachment-{number}{_extension.Text(charset)}");
    }
}
