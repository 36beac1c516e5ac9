using System.Collections.Concurrent;

namespace MailInbox.Inbox.Storage;

/// <summary>Enumerations as the words that stand in columns, addresses and JSON: <c>Filtered</c> is <c>filtered</c>.</summary>
public static class Words
{
    private static readonly ConcurrentDictionary<Enum, string> Known = [];

    public static string Of(Enum value) => Known.GetOrAdd(value, v => v.ToString().ToLowerInvariant());
}
