using System.Globalization;

namespace MailInbox.Inbox.Configuration.Files;

/// <summary>An object of a file, read key by key. Whatever does not fit is told to the file; then the default is given, so that reading goes on to the next problem.</summary>
internal sealed class Section
{
    private readonly ConfigurationFile _file;
    private readonly Dictionary<string, JsonMember> _members = new(StringComparer.Ordinal);

    public Section(ConfigurationFile file, JsonValue value, KnownKeys keys)
    {
        _file = file;
        Value = value;
        if (value.Kind != JsonKind.Object)
        {
            file.Refuse(value, $"an object must stand here, not {value.Words}");
            return;
        }

        foreach (JsonMember member in value.Members)
        {
            if (keys.Read.Contains(member.Key))
            {
                _members[member.Key] = member;
            }
            else if (keys.NotYet.Contains(member.Key))
            {
                file.Refuse(member.Name, $"\"{member.Key}\" is not supported yet");
            }
            else
            {
                file.RefuseUnknown(member.Name, "key", member.Key, keys.Read.Concat(keys.NotYet));
            }
        }

        Text("$schema");
    }

    public JsonValue Value { get; }

    public JsonValue? Find(string key) => _members.GetValueOrDefault(key)?.Value;

    /// <summary>The name of a key, else the object itself: where to say that something about it is wrong.</summary>
    public JsonValue Place(string key) => _members.GetValueOrDefault(key)?.Name ?? Value;

    /// <summary>A text that is not empty, or null.</summary>
    public JsonValue? Text(string key)
    {
        if (Expect(key, JsonKind.Text, "a text") is not { } value)
        {
            return null;
        }

        if (value.Text.Trim().Length > 0)
        {
            return value;
        }

        _file.Refuse(value, $"\"{key}\" is empty");
        return null;
    }

    public bool Flag(string key, bool otherwise) => Expect(key, JsonKind.Flag, "true or false")?.Flag ?? otherwise;

    public int Number(string key, int least, int most, int otherwise)
    {
        if (Expect(key, JsonKind.Number, "a number") is not { } value)
        {
            return otherwise;
        }

        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        _file.Refuse(value, $"\"{key}\" must be a whole number from {least} to {most}");
        return otherwise;
    }

    /// <summary>A time such as <c>30s</c>; the limits are written the same way.</summary>
    public TimeSpan Time(string key, string least, string most, TimeSpan otherwise)
    {
        if (Expect(key, JsonKind.Text, "a time such as \"30s\"") is not { } value)
        {
            return otherwise;
        }

        TimeSpan? time = Times.Parse(value.Text);
        if (time is null)
        {
            _file.Refuse(value, $"{ConfigurationFile.Quote(value.Text)} is no time", "write 30s, 15m, 4h, 30d or 2y");
        }
        else if (time < Times.Parse(least) || time > Times.Parse(most))
        {
            _file.Refuse(value, $"\"{key}\" must be from {least} to {most}");
        }

        return time ?? otherwise;
    }

    /// <summary>A size such as <c>25mb</c>, in bytes; the limits are written the same way.</summary>
    public long Size(string key, string least, string most, long otherwise)
    {
        if (Expect(key, JsonKind.Text, "a size such as \"25mb\"") is not { } value)
        {
            return otherwise;
        }

        long? size = Sizes.Parse(value.Text);
        if (size is null)
        {
            _file.Refuse(value, $"{ConfigurationFile.Quote(value.Text)} is no size", "write 500kb or 25mb");
        }
        else if (size < Sizes.Parse(least) || size > Sizes.Parse(most))
        {
            _file.Refuse(value, $"\"{key}\" must be from {least} to {most}");
        }

        return size ?? otherwise;
    }

    /// <summary>The texts of a list that are not empty; null when the key is missing.</summary>
    public IReadOnlyList<JsonValue>? Texts(string key)
    {
        if (Expect(key, JsonKind.List, "a list of texts") is not { } list)
        {
            return null;
        }

        List<JsonValue> texts = [];
        foreach (JsonValue item in list.Items)
        {
            if (item.Kind == JsonKind.Text && item.Text.Trim().Length > 0)
            {
                texts.Add(item);
            }
            else
            {
                _file.Refuse(item, item.Kind == JsonKind.Text ? $"an entry of \"{key}\" is empty" : $"\"{key}\" must be a list of texts, not of {item.Words}");
            }
        }

        return texts;
    }

    /// <summary>The items of a list, whatever they are.</summary>
    public IReadOnlyList<JsonValue> List(string key) => Expect(key, JsonKind.List, "a list")?.Items ?? [];

    /// <summary>The members of an object whose names the administrator chooses.</summary>
    public IReadOnlyList<JsonMember> Entries(string key) => Expect(key, JsonKind.Object, "an object")?.Members ?? [];

    public Section? Inner(string key, KnownKeys keys)
        => Expect(key, JsonKind.Object, "an object") is { } value ? new Section(_file, value, keys) : null;

    private JsonValue? Expect(string key, JsonKind kind, string words)
    {
        JsonValue? value = Find(key);
        if (value is null || value.Kind == kind)
        {
            return value;
        }

        _file.Refuse(value, $"\"{key}\" must be {words}, not {value.Words}", value.Kind == JsonKind.Null ? "leave the key out" : null);
        return null;
    }
}
