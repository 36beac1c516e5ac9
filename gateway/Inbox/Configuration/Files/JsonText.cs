using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads JSON (RFC 8259) with comments and trailing commas into values that know their place.</summary>
internal ref struct JsonText
{
    public const int MaximumBytes = 4 * 1024 * 1024;
    public const int MaximumDepth = 32;

    private readonly ConfigurationFile _file;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private int _lineAt;
    private int _lineStart;
    private int _line;

    private JsonText(ConfigurationFile file, ReadOnlySpan<byte> text)
    {
        _file = file;
        _text = text;
        _line = 1;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = MaximumDepth,
        });
    }

    /// <summary>The value of a whole file; null after a mistake of syntax, which is told to the file.</summary>
    public static JsonValue? Read(ConfigurationFile file, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        JsonText json = new(file, text);
        if (!Utf8.IsValid(text))
        {
            return json.Refuse(FirstInvalid(text), "this is not UTF-8");
        }

        try
        {
            json._reader.Read();
            JsonValue value = json.Value();
            json._reader.Read();
            return value;
        }
        catch (JsonException mistake)
        {
            return json.Refuse(json.OffsetOf(mistake), WordsOf(mistake.Message));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as \uD800: valid JSON, but no text.
            return json.Refuse((int)json._reader.TokenStartIndex, "this text holds half a character (an unpaired \\u escape)");
        }
    }

    private JsonValue Value()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Members(Here(JsonKind.Object));
            case JsonTokenType.StartArray:
                JsonValue list = Here(JsonKind.List);
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Items.Add(Value());
                }

                return list;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return Here(JsonKind.Text, _reader.GetString() ?? "");
            case JsonTokenType.Number:
                return Here(JsonKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return Here(JsonKind.Flag, flag: _reader.TokenType == JsonTokenType.True);
            default:
                return Here(JsonKind.Null);
        }
    }

    private JsonValue Here(JsonKind kind, string content = "", bool flag = false)
    {
        (int line, int column) = Place((int)_reader.TokenStartIndex);
        return new JsonValue(kind, line, column) { Text = content, Flag = flag };
    }

    private JsonValue Members(JsonValue whole)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            JsonValue name = Value();
            _reader.Read();
            JsonValue value = Value();
            if (names.Add(name.Text))
            {
                whole.Members.Add(new JsonMember(name, value));
            }
            else
            {
                _file.Refuse(name, $"{ConfigurationFile.Quote(name.Text)} stands here twice");
            }
        }

        return whole;
    }

    private JsonValue? Refuse(int offset, string reason)
    {
        (int line, int column) = Place(offset);
        _file.Refuse(line, column, reason);
        return null;
    }

    /// <summary>Line and column of a byte. Offsets mostly rise, so counting goes on from the last one.</summary>
    private (int Line, int Column) Place(int offset)
    {
        if (offset < _lineAt)
        {
            (_lineAt, _lineStart, _line) = (0, 0, 1);
        }

        for (; _lineAt < offset; _lineAt++)
        {
            if (_text[_lineAt] == (byte)'\n')
            {
                _line++;
                _lineStart = _lineAt + 1;
            }
        }

        return (_line, 1 + Encoding.UTF8.GetCharCount(_text[_lineStart..offset]));
    }

    private readonly int OffsetOf(JsonException mistake)
    {
        int start = 0;
        for (long lines = mistake.LineNumber ?? 0; lines > 0; lines--)
        {
            int end = _text[start..].IndexOf((byte)'\n');
            start = end < 0 ? _text.Length : start + end + 1;
        }

        return (int)Math.Min(_text.Length, start + (mistake.BytePositionInLine ?? 0));
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static string WordsOf(string message)
    {
        // The framework would quote the word it stumbled over, which may be a secret without quotes.
        if (message.Contains("JSON literal", StringComparison.Ordinal))
        {
            return "not a JSON value: texts stand in quotes";
        }

        if (message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
        {
            return "the file is empty: write at least {}";
        }

        int tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (tail < 0 ? message : message[..tail]).TrimEnd('.');
    }
}
