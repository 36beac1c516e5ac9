using MailInbox.Mail.Imap.Dialogue;

namespace MailInbox.Mail.Imap.Fetching;

/// <summary>What one FETCH response tells (RFC 9051 §7.5.2). Items that are not known are read over with their argument.</summary>
internal sealed class FetchItems
{
    public uint? Uid { get; private set; }

    public long? Size { get; private set; }

    public DateTimeOffset? Date { get; private set; }

    public IReadOnlyList<string>? Flags { get; private set; }

    /// <param name="body">Takes the value of an item that is named like bytes of a message, or leaves it: false.</param>
    public static async ValueTask<FetchItems> Read(ImapReader reader, Func<FetchItems, string, ValueTask<bool>> body, CancellationToken cancel)
    {
        FetchItems items = new();
        int next;
        while ((next = await reader.PeekWord(cancel).ConfigureAwait(false)) != ImapReader.End)
            if (next is '(' or ')')
                reader.Take(); // One pair is due; Domino sends more.
            else
                await items.Take(reader, body, cancel).ConfigureAwait(false);
        return items;
    }

    /// <summary>Adds what an earlier response told of the same message.</summary>
    public FetchItems And(FetchItems? earlier)
    {
        (Uid, Size, Date, Flags) = (Uid ?? earlier?.Uid, Size ?? earlier?.Size, Date ?? earlier?.Date, Flags ?? earlier?.Flags);
        return this;
    }

    public ImapMail Mail(uint uid) => new(uid, Size, Date, Flags ?? []);

    private async ValueTask Take(ImapReader reader, Func<FetchItems, string, ValueTask<bool>> body, CancellationToken cancel)
    {
        string name = await reader.ItemName(cancel).ConfigureAwait(false);
        if (name is "UID" or "RFC822.SIZE" or "INTERNALDATE" or "FLAGS")
        {
            if (await reader.Value(cancel).ConfigureAwait(false) is { } value)
                Learn(name, value);
        }
        else if (!name.StartsWith("BODY[", StringComparison.Ordinal) && !name.StartsWith("RFC822", StringComparison.Ordinal) || !await body(this, name).ConfigureAwait(false))
            await reader.Skip(cancel).ConfigureAwait(false);
    }

    private void Learn(string name, ImapValue value)
    {
        switch (name)
        {
            case "UID":
                Uid = ImapText.Uid(value.Text);
                break;
            case "RFC822.SIZE":
                Size = ImapText.Number(value.Text);
                break;
            case "INTERNALDATE":
                Date = ImapText.Date(value.Text);
                break;
            default:
                Flags = value.Texts;
                break;
        }
    }
}
