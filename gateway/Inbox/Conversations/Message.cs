using System.Text.Json;

namespace MailInbox.Inbox.Conversations;

public enum Direction
{
    In,
    Out,
}

/// <summary>What an incoming or outgoing message is, beyond being a message.</summary>
public enum MessageKind
{
    Mail,

    /// <summary>Outgoing: another message passed on; the thread shows the yellow bar.</summary>
    Forward,

    /// <summary>Incoming: a delivery report about a message of ours.</summary>
    Bounce,
}

/// <summary>A name and an address as they stand in a header.</summary>
public sealed record Person(string Name, string Address)
{
    /// <summary>What a list shows: the name, else the address.</summary>
    public string Shown => Name.Length > 0 ? Name : Address;
}

/// <summary>One e-mail of a conversation. The body is read from the raw bytes when it is shown (<see cref="MessageReader"/>).</summary>
public sealed record Message
{
    public long Id { get; init; }

    public long ConversationId { get; init; }

    public string Inbox { get; init; } = "";

    /// <summary>The bytes in mail.db.</summary>
    public long RawId { get; init; }

    public Direction Direction { get; init; }

    public MessageKind Kind { get; init; }

    /// <summary>Message-ID without brackets; empty when the mail had none.</summary>
    public string MessageId { get; init; } = "";

    public string FromName { get; init; } = "";

    public string FromAddress { get; init; } = "";

    /// <summary>JSON lists of <see cref="Person"/>.</summary>
    public string ToList { get; init; } = "[]";

    public string CcList { get; init; } = "[]";

    public string ReplyToList { get; init; } = "[]";

    public string Subject { get; init; } = "";

    public string Preview { get; init; } = "";

    /// <summary>Received (in) or composed (out).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The agent who wrote it; null for incoming mail.</summary>
    public long? AuthorId { get; init; }

    public bool HasAttachment { get; init; }

    public IReadOnlyList<Person> To => People.Read(ToList);

    public IReadOnlyList<Person> Cc => People.Read(CcList);

    public IReadOnlyList<Person> ReplyTo => People.Read(ReplyToList);
}

/// <summary>A part of a message that people download. Its bytes stay in the raw mail.</summary>
public sealed record Attachment
{
    public long MessageId { get; init; }

    /// <summary>The part's id in the MIME tree, such as <c>1.2</c>.</summary>
    public string PartId { get; init; } = "";

    public string FileName { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary>Decoded bytes.</summary>
    public long Size { get; init; }

    /// <summary>Shown inside the HTML by its Content-ID, so not listed below the message.</summary>
    public bool Inline { get; init; }
}

/// <summary>Lists of people as they are kept in a text column.</summary>
internal static class People
{
    public static string Write(IEnumerable<Person> people) => JsonSerializer.Serialize(people);

    public static IReadOnlyList<Person> Read(string json) =>
        json.Length <= 2 ? [] : JsonSerializer.Deserialize<List<Person>>(json) ?? [];
}
