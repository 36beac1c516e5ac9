namespace MailInbox.Mail.Mime;

/// <summary>Something in the mail that is not as the RFCs want it, and that the parser read in some way nevertheless.</summary>
/// <param name="Code">Stable word such as <c>boundary-end-missing</c>; those of the parser stand in <see cref="DefectCodes"/>.</param>
/// <param name="Offset">Byte offset into the message that was being read.</param>
/// <param name="Text">One sentence for people.</param>
public sealed record MimeDefect(string Code, int Offset, string Text);

/// <summary>What the parser finds wrong with the frame of a mail, each with what it does about it.</summary>
public static class DefectCodes
{
    /// <summary>Empty lines before the first field are skipped.</summary>
    public const string LeadingBlankLines = "leading-blank-lines";

    /// <summary>A <c>From </c> line of a mailbox file in a header is skipped.</summary>
    public const string MailboxLine = "mbox-from";

    /// <summary>A continuation line before the first field is skipped.</summary>
    public const string FoldWithoutField = "fold-without-field";

    /// <summary>A line that is no field, with fields behind it, is skipped.</summary>
    public const string JunkInHeader = "junk-in-header";

    /// <summary>The body begins at a line that is no field.</summary>
    public const string NoBlankLine = "no-blank-line";

    /// <summary>The header is longer than <see cref="MimeLimits.HeaderBlock"/>; the body begins there.</summary>
    public const string HeaderTooLong = "header-too-long";

    /// <summary>A field is longer than <see cref="MimeLimits.HeaderValue"/>; the rest of it is kept but not decoded.</summary>
    public const string FieldTooLong = "field-too-long";

    /// <summary>More fields than <see cref="MimeLimits.Fields"/>; the rest is skipped.</summary>
    public const string TooManyFields = "too-many-fields";

    /// <summary>A carriage return without line feed ends a line of a header.</summary>
    public const string BareReturn = "bare-return";

    /// <summary>Two carriage returns and a line feed end one line of a header.</summary>
    public const string DoubleReturn = "double-return";

    /// <summary>The mail holds NUL bytes; they are left out of texts.</summary>
    public const string Nul = "nul";

    /// <summary>A second Content-Type is kept but does not count.</summary>
    public const string ContentTypeRepeated = "content-type-repeated";

    /// <summary>A type without subtype, with too many, or that cannot be read; the likely one is taken.</summary>
    public const string ContentTypeOdd = "content-type-odd";

    /// <summary>A multipart without boundary, or with one longer than <see cref="MimeLimits.Boundary"/>, and without lines that tell it; read as text.</summary>
    public const string BoundaryMissing = "boundary-missing";

    /// <summary>The boundary is missing or never found; another one was told from the lines.</summary>
    public const string BoundaryGuessed = "boundary-guessed";

    /// <summary>The boundary of a multipart is never found; it is read as text.</summary>
    public const string BoundaryNotFound = "boundary-not-found";

    /// <summary>A multipart goes on to the end of what is around it.</summary>
    public const string BoundaryEndMissing = "boundary-end-missing";

    /// <summary>The end of a multipart stands behind text on the same line.</summary>
    public const string BoundaryEndGlued = "boundary-end-glued";

    /// <summary>The first part of a multipart begins without a delimiter, told by a second Content-Type.</summary>
    public const string StartMissing = "start-missing";

    /// <summary>Parts behind the end of a multipart are added to it.</summary>
    public const string PartsAfterEnd = "parts-after-end";

    /// <summary>A multipart with a transfer encoding: ignored when its parts are readable as they stand, else decoded first.</summary>
    public const string EncodedMultipart = "encoded-multipart";

    /// <summary>A message/rfc822 part that holds no header is kept as a file.</summary>
    public const string MessageWithoutHeader = "message-without-header";

    /// <summary>Parts below <see cref="MimeLimits.Depth"/>, or encoded ones below <see cref="MimeLimits.EncodedMessages"/>, stay closed.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>More parts than <see cref="MimeLimits.Parts"/>; the last one takes the rest.</summary>
    public const string TooManyParts = "too-many-parts";

    /// <summary>A stream longer than <see cref="MimeLimits.Size"/>; the rest is not read.</summary>
    public const string TooLarge = "too-large";
}
