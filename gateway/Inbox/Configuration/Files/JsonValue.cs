namespace MailInbox.Inbox.Configuration.Files;

internal enum JsonKind
{
    Object,
    List,
    Text,
    Number,
    Flag,
    Null,
}

/// <summary>A value of a JSON text that knows where it stands. A class, no record: its text may be a secret and must not print itself.</summary>
internal sealed class JsonValue(JsonKind kind, int line, int column)
{
    public JsonKind Kind => kind;

    /// <summary>From 1.</summary>
    public int Line => line;

    /// <summary>From 1, in characters.</summary>
    public int Column => column;

    /// <summary>A text decoded, a number as written; else empty.</summary>
    public string Text { get; init; } = "";

    public bool Flag { get; init; }

    /// <summary>Of an object, in the order of the file, each name once.</summary>
    public List<JsonMember> Members { get; } = [];

    /// <summary>Of a list.</summary>
    public List<JsonValue> Items { get; } = [];

    /// <summary>The kind in the words of a message.</summary>
    public string Words => kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.List => "a list",
        JsonKind.Text => "a text",
        JsonKind.Number => "a number",
        JsonKind.Flag => Flag ? "true" : "false",
        _ => "null",
    };
}

/// <summary>A member of an object; the name is a value too, for its place.</summary>
internal sealed record JsonMember(JsonValue Name, JsonValue Value)
{
    public string Key => Name.Text;
}
