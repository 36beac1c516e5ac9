using System.Globalization;
using MailInbox.Inbox.Configuration.Files;

namespace MailInbox.Inbox.Configuration.Servers;

/// <summary>Reads what is taken from the folders of a mailbox, and what becomes of it there.</summary>
internal sealed class FoldersReader(ConfigurationFile file)
{
    private const int MaximumFolders = 100;
    private const int MaximumName = 500;
    private const string Move = "move:";

    public IReadOnlyList<string> ReadFolders(Section section)
    {
        if (section.Texts("folders") is not { } entries)
        {
            return ["INBOX"];
        }

        List<string> folders = [];
        foreach (JsonValue entry in entries)
        {
            if (ReadFolder(entry, entry.Text) is not { } folder)
            {
                continue;
            }

            if (folders.Contains(folder))
            {
                file.Refuse(entry, $"{ConfigurationFile.Quote(entry.Text)} stands here twice");
            }
            else
            {
                folders.Add(folder);
            }
        }

        if (section.Find("folders") is { Items.Count: 0 or > MaximumFolders })
        {
            file.Refuse(section.Place("folders"), $"\"folders\" must name 1 to {MaximumFolders} folders");
        }

        return folders;
    }

    /// <summary>Which messages count that were there before us.</summary>
    public StartPolicy ReadStart(Section section)
    {
        JsonValue? value = section.Text("start");
        switch (value?.Text)
        {
            case null or "now":
                return StartPolicy.Now;
            case "all":
                return StartPolicy.Everything;
            default:
                if (DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                {
                    return new StartPolicy(false, day);
                }

                file.Refuse(value, $"unknown start {ConfigurationFile.Quote(value.Text)}", "write now, all or a day such as 2026-01-31");
                return StartPolicy.Now;
        }
    }

    /// <summary>What becomes of a message on the server; it is not moved to where it would be taken again.</summary>
    public Afterwards ReadAfterwards(Section section, IReadOnlyList<string> folders)
    {
        JsonValue? value = section.Text("afterwards");
        switch (value?.Text)
        {
            case null or "leave":
                return Afterwards.Leave;
            case "seen":
                return new Afterwards(AfterwardsAct.Seen);
            case "delete":
                return new Afterwards(AfterwardsAct.Delete);
            case { } text when text.StartsWith(Move, StringComparison.Ordinal) && text.AsSpan(Move.Length).Trim().Length > 0:
                string? folder = ReadFolder(value, text[Move.Length..]);
                if (folder is not null && folders.Contains(folder))
                {
                    file.Refuse(value, $"{ConfigurationFile.Quote(folder)} is polled: what is moved there would be taken again");
                }

                return new Afterwards(AfterwardsAct.Move, folder ?? "");
            default:
                file.Refuse(value, $"unknown act {ConfigurationFile.Quote(value.Text)}", "write leave, seen, delete or move:FOLDER");
                return Afterwards.Leave;
        }
    }

    /// <summary>Folder for copies of answers; none that is polled.</summary>
    public string? ReadSent(Section section, IReadOnlyList<string> folders)
    {
        JsonValue? value = section.Text("sent");
        if (value is null || value.Text == SourceOptions.SentByServer)
        {
            return value?.Text;
        }

        string? folder = ReadFolder(value, value.Text);
        if (folder is not null && folders.Contains(folder))
        {
            file.Refuse(value, $"{ConfigurationFile.Quote(folder)} is polled: our own answers would be taken as new mail");
        }

        return folder;
    }

    /// <summary>The name as IMAP compares it: by its letters, except INBOX (RFC 9051 §5.1).</summary>
    private string? ReadFolder(JsonValue at, string name)
    {
        if (name.Length > MaximumName || name.Any(char.IsControl))
        {
            file.Refuse(at, name.Length > MaximumName ? $"a folder's name has at most {MaximumName} characters" : $"{ConfigurationFile.Quote(name)} holds a control character");
            return null;
        }

        return name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? "INBOX" : name;
    }
}
