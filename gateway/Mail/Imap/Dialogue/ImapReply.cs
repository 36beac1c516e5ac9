namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>One response that was heard.</summary>
/// <param name="Tag">Of the command that it ends; <see cref="Untagged"/> or <see cref="Go"/>.</param>
/// <param name="Word">In upper case: OK, NO, BAD, BYE, PREAUTH, or the kind of the data; empty for <see cref="Go"/>.</param>
/// <param name="Text">The server's words, as they came.</param>
internal sealed record ImapReply(string Tag, string Word, ImapCode Code, string Text)
{
    public const string Untagged = "*";

    /// <summary>The server waits for more of the command.</summary>
    public const string Go = "+";

    public bool Ok => Word == "OK";

    public bool Ends => Tag is not (Untagged or Go);

    /// <param name="hide">Takes secrets out of the words, before they are cut.</param>
    public ImapRefusal Refusal(string verb, Func<string, string>? hide = null)
    {
        ImapStatus status = Word switch { "BYE" => ImapStatus.Bye, "BAD" => ImapStatus.Bad, _ => ImapStatus.No };
        return new ImapRefusal(verb, status, ImapText.Clean(hide?.Invoke(Code.Name) ?? Code.Name), ImapText.Clean(hide?.Invoke(Text) ?? Text));
    }
}

/// <summary>What stands in brackets before the words (RFC 9051 §7.1).</summary>
/// <param name="Name">In upper case; empty when there is none.</param>
internal sealed record ImapCode(string Name, IReadOnlyList<ImapValue> Arguments)
{
    public static ImapCode None { get; } = new("", []);

    public long? Number => Arguments.Count > 0 ? ImapText.Number(Arguments[0].Text) : null;
}
