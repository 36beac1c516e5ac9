namespace MailInbox.Mail.Imap;

/// <summary>How much of a server's answers is borne. Beyond these the connection is given up as <see cref="ImapFault.Unreadable"/>.</summary>
internal static class ImapLimits
{
    /// <summary>Bytes of one response, apart from the bytes of messages that are handed on while they come in.</summary>
    public const int Text = 16 << 20;

    /// <summary>Lists within lists.</summary>
    public const int Nesting = 100;

    /// <summary>Bytes of a string that is kept in memory; a longer literal is read over, as if it were NIL.</summary>
    public const int String = 1 << 20;

    /// <summary>Values in one list, those in lists within it counted too.</summary>
    public const int Values = 100_000;

    /// <summary>Bytes that are kept of free text: words of the server, challenges, unquoted names.</summary>
    public const int Words = 8 << 10;

    /// <summary>Characters of the server's words that are told to others.</summary>
    public const int ToldWords = 500;

    /// <summary>Folders of one account.</summary>
    public const int Folders = 100_000;

    /// <summary>Results of one search.</summary>
    public const int Found = 4_000_000;

    /// <summary>Challenges in one authentication.</summary>
    public const int Challenges = 10;

    /// <summary>Bytes of a set of UIDs in one command: with a folder's name a line stays under 8 KB (RFC 7162 §4).</summary>
    public const int SetText = 5000;

    /// <summary>Messages in one command, so that a slow server answers each in time.</summary>
    public const int SetSize = 500;

    /// <summary>Bytes of a folder's name as it is sent.</summary>
    public const int FolderName = 2000;

    /// <summary>Bytes of a literal under LITERAL- (RFC 7888 §5).</summary>
    public const int ShortLiteral = 4096;
}
