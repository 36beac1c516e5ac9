namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>A value in a response: a string, a list, or NIL (RFC 9051 §4).</summary>
internal sealed class ImapValue
{
    public static ImapValue Nil { get; } = new() { IsNil = true };

    public static ImapValue Of(ReadOnlyMemory<byte> bytes) => new() { Bytes = bytes };

    public static ImapValue Of(IReadOnlyList<ImapValue> items) => new() { Items = items, IsList = true };

    public bool IsNil { get; private init; }

    public bool IsList { get; private init; }

    /// <summary>Of an atom or a string; empty for others.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private init; }

    /// <summary>Of a list; empty for others.</summary>
    public IReadOnlyList<ImapValue> Items { get; private init; } = [];

    public string Text => ImapText.Decode(Bytes.Span);

    /// <summary>The strings in a list, or the one that this is.</summary>
    public IReadOnlyList<string> Texts => IsNil ? [] : IsList ? [.. Items.Where(item => !item.IsNil && !item.IsList).Select(item => item.Text)] : [Text];
}
