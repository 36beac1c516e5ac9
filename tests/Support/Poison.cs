namespace MailInbox.Tests.Support;

/// <summary>Messages that Dovecot 2.3 has, counts and lists, but cannot hand out. What it does was tried for each; it never mends them by itself.</summary>
internal enum Poison
{
    /// <summary>The server may not read the file. Flags, date and size come; the question for its bytes is answered by <c>* BYE FETCH failed: Internal error occurred</c> and the end of the connection.</summary>
    Unreadable,

    /// <summary>The same without a size in the name of the file: already the question for the size ends like that, and with it every question for a range of messages around it.</summary>
    Unmeasurable,

    /// <summary>Larger by its name than it is: a literal of 4,100 bytes is announced, its bytes come, and then the connection ends within the literal.</summary>
    CutShort,

    /// <summary>Smaller by its name than it is: a literal of 5 bytes is announced and the connection ends without one of them.</summary>
    Understated,

    /// <summary>A link to nothing: size 0, a date of 1970 and <c>BODY[] NIL</c>, ended by <c>OK [EXPUNGEISSUED]</c>; yet it stays in the folder.</summary>
    Hollow,
}
