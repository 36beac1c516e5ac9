using System.Text.Json;

namespace MailInbox.Inbox.Conversations;

/// <summary>Lists of people as they are kept in a text column.</summary>
internal static class People
{
    public static string Write(IEnumerable<Person> people) => JsonSerializer.Serialize(people);

    public static IReadOnlyList<Person> Read(string json) =>
        json.Length <= 2 ? [] : JsonSerializer.Deserialize<List<Person>>(json) ?? [];
}
