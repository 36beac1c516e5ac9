namespace MailInbox.Mail.Mime;

/// <summary>Something in the mail that is not as the RFCs want it, and that the parser read in some way nevertheless.</summary>
/// <param name="Code">Stable word such as <c>boundary-end-missing</c>; all of them stand in <see cref="DefectCodes"/>.</param>
/// <param name="Offset">Byte offset into the message that was being read.</param>
/// <param name="Text">One sentence for people.</param>
public sealed record MimeDefect(string Code, int Offset, string Text);
