namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>Folders of a LIST (RFC 9051 §7.3.1).</summary>
internal sealed class ListAnswers(FolderNames names) : ImapAnswers
{
    public List<ImapFolder> Folders { get; } = [];

    public override async ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel)
    {
        if (word != "LIST")
            return false;
        ImapValue attributes = await reader.Value(cancel).ConfigureAwait(false) ?? ImapValue.Nil;
        string delimiter = (await reader.Value(cancel).ConfigureAwait(false) ?? ImapValue.Nil).Text;
        int next = await reader.PeekWord(cancel).ConfigureAwait(false);
        bool quoted = next is '"' or '{';
        byte[] wire = quoted && await reader.Value(cancel).ConfigureAwait(false) is { } value ? value.Bytes.ToArray() : await Unquoted(reader, cancel).ConfigureAwait(false);
        ImapFolder folder = new(names.Read(wire), delimiter.Length > 0 ? delimiter[0] : null, attributes.Texts);
        if (FolderNames.Possible(folder.Name))
            Folders.Add(Folders.Count < ImapLimits.Folders ? folder : throw ImapReader.TooLarge());
        return true;
    }

    /// <summary>Some servers write names with blanks as they are; only extended data cannot belong to one (RFC 5258 §6).</summary>
    private static async ValueTask<byte[]> Unquoted(ImapReader reader, CancellationToken cancel)
    {
        byte[] rest = await reader.Rest(cancel).ConfigureAwait(false);
        int extended = rest.AsSpan().IndexOf(" (\""u8);
        return rest.AsSpan(0, extended < 0 ? rest.Length : extended).TrimEnd((byte)' ').ToArray();
    }
}

/// <summary>What SELECT and EXAMINE tell (RFC 9051 §6.3.2).</summary>
internal sealed class SelectAnswers : ImapAnswers
{
    public long Exists { get; private set; }

    public long? UidValidity { get; private set; }

    public long? UidNext { get; private set; }

    public override ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel)
    {
        if (word == "EXISTS")
            Exists = number ?? Exists;
        return ValueTask.FromResult(true);
    }

    public override void Told(ImapCode code)
    {
        if (code.Name == "UIDVALIDITY")
            UidValidity = code.Number;
        else if (code.Name == "UIDNEXT")
            UidNext = code.Number;
    }
}

/// <summary>UIDs that a search found (RFC 3501 §7.2.5), over any number of responses.</summary>
internal sealed class SearchAnswers : ImapAnswers
{
    public List<uint> Found { get; } = [];

    public override async ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel)
    {
        if (word != "SEARCH")
            return false;
        while (await reader.PeekWord(cancel).ConfigureAwait(false) is not (ImapReader.End or '(' or ')'))
            if (ImapText.Uid(await reader.Word(cancel).ConfigureAwait(false)) is { } uid)
                Found.Add(Found.Count < ImapLimits.Found ? uid : throw ImapReader.TooLarge());
        return true;
    }
}

/// <summary>What ENABLE switched on (RFC 5161 §3.2).</summary>
internal sealed class EnableAnswers : ImapAnswers
{
    public bool Utf8 { get; private set; }

    public override async ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel)
    {
        if (word != "ENABLED")
            return false;
        Utf8 |= ImapText.Decode(await reader.Rest(cancel).ConfigureAwait(false)).Contains("UTF8=ACCEPT", StringComparison.OrdinalIgnoreCase);
        return true;
    }
}
