namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads retention.json.</summary>
internal sealed class RetentionReader(ConfigurationFile file, IReadOnlyCollection<string>? inboxes)
{
    public static readonly TimeSpan DefaultTrash = TimeSpan.FromDays(30);

    public RetentionOptions Read(JsonValue root)
    {
        Section section = new(file, root, KnownKeys.Retention);
        TimeSpan trash = ReadTrash(section, DefaultTrash);
        Dictionary<string, TimeSpan> byInbox = new(StringComparer.Ordinal);
        foreach (JsonMember entry in section.Entries("inboxes"))
        {
            file.CheckReference(entry.Name, "inbox", entry.Key, inboxes);
            byInbox[entry.Key] = ReadTrash(new Section(file, entry.Value, KnownKeys.InboxRetention), trash);
        }

        return new RetentionOptions(trash, byInbox);
    }

    private static TimeSpan ReadTrash(Section section, TimeSpan otherwise) => section.Time("trash", "1d", "100y", otherwise);
}
