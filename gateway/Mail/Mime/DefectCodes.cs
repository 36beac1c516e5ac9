namespace MailInbox.Mail.Mime;

/// <summary>All that is found wrong with mail, each with what is done about it: its frame first, then its bodies, then files inside them.</summary>
public static class DefectCodes
{
    /// <summary>Empty lines before the first field are skipped.</summary>
    public const string LeadingBlankLines = "leading-blank-lines";

    /// <summary>A UTF-8 byte order mark before the first field is skipped.</summary>
    public const string ByteOrderMark = "byte-order-mark";

    /// <summary>A <c>From </c> line of a mailbox file in a header is skipped.</summary>
    public const string MailboxLine = "mbox-from";

    /// <summary>A continuation line before the first field is skipped.</summary>
    public const string FoldWithoutField = "fold-without-field";

    /// <summary>A parameter at the beginning of a line, behind a semicolon, belongs to the field before it: its blank was lost.</summary>
    public const string FoldMissing = "fold-missing";

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

    /// <summary>Parts below <see cref="MimeLimits.Depth"/>, encoded ones below <see cref="MimeLimits.EncodedMessages"/>, or messages of Outlook below <see cref="MimeLimits.UnpackedDepth"/> stay closed.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>More parts than <see cref="MimeLimits.Parts"/>; the last one takes the rest.</summary>
    public const string TooManyParts = "too-many-parts";

    /// <summary>A stream longer than <see cref="MimeLimits.Size"/>, or texts of Outlook longer than <see cref="MimeLimits.Rtf"/>; the rest is not read.</summary>
    public const string TooLarge = "too-large";

    /// <summary>A part called base64 that is not; read as it stands.</summary>
    public const string Base64Missing = "base64-missing";

    /// <summary>Characters that are not base64 are skipped.</summary>
    public const string Base64Junk = "base64-junk";

    /// <summary>Base64 data behind a padding is read too.</summary>
    public const string Base64AfterPadding = "base64-after-padding";

    /// <summary>Text behind base64 data, such as a list puts there, is left out.</summary>
    public const string Base64Footer = "base64-footer";

    /// <summary>Base64 data that ends in the middle of a group gives the whole bytes of it.</summary>
    public const string Base64CutOff = "base64-cut-off";

    /// <summary>An equals sign without two digits in quoted-printable stays as it is.</summary>
    public const string QuotedPrintableEscape = "quoted-printable-escape";

    /// <summary>A part called uuencode without a beginning; read as it stands.</summary>
    public const string UuencodeBeginMissing = "uuencode-begin-missing";

    /// <summary>A part called uuencode without an end; its lines are read.</summary>
    public const string UuencodeEndMissing = "uuencode-end-missing";

    /// <summary>A transfer encoding that nobody knows; the part is read as it stands.</summary>
    public const string EncodingUnknown = "encoding-unknown";

    /// <summary>A transfer encoding in a spelling of its own; taken for the ordinary one.</summary>
    public const string EncodingMisspelt = "encoding-misspelt";

    /// <summary>A charset that nobody knows; told by the bytes.</summary>
    public const string CharsetUnknown = "charset-unknown";

    /// <summary>A text that cannot be in the charset it names; told by the bytes.</summary>
    public const string CharsetWrong = "charset-wrong";

    /// <summary>8-bit text without a charset; told by the bytes.</summary>
    public const string CharsetMissing = "charset-missing";

    /// <summary>Bytes that mean nothing in the charset are replaced by U+FFFD.</summary>
    public const string TextUndecodable = "text-undecodable";

    /// <summary>A uuencoded file in a text without end, or with lost lines, is what could be read.</summary>
    public const string UuencodeDamaged = "uuencode-damaged";

    /// <summary>A yEnc file in a text without end, or with another size or checksum, is what could be read.</summary>
    public const string YEncDamaged = "yenc-damaged";

    /// <summary>A part called TNEF that is none stays a file.</summary>
    public const string TnefUnreadable = "tnef-unreadable";

    /// <summary>TNEF is read up to what cannot be measured.</summary>
    public const string TnefDamaged = "tnef-damaged";

    /// <summary>TNEF that is cut off is read up to there.</summary>
    public const string TnefTruncated = "tnef-truncated";

    /// <summary>TNEF with a wrong checksum is read all the same.</summary>
    public const string TnefChecksum = "tnef-checksum";

    /// <summary>More files than <see cref="MimeLimits.UnpackedFiles"/> in a part, or <see cref="MimeLimits.UnpackedFilesOfMail"/> in a mail; the rest is not listed.</summary>
    public const string TooManyFiles = "too-many-files";
}
