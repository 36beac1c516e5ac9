namespace MailInbox.Mail.Mime.Decoding;

/// <summary>What was found wrong with a body while its bytes or its text were read.</summary>
[Flags]
internal enum BodyDamage
{
    None = 0,
    NotBase64 = 1,
    Base64Junk = 2,
    Base64AfterPadding = 4,
    Base64Footer = 8,
    Base64CutOff = 16,
    BadEscape = 32,
    NoBeginning = 64,
    NoEnd = 128,
    UnknownEncoding = 256,
    MisspeltEncoding = 512,
    UnknownCharset = 1_024,
    WrongCharset = 2_048,
    MissingCharset = 4_096,
    Undecodable = 8_192,
}

/// <summary>The words of a report.</summary>
internal static class BodyDamageWords
{
    private static readonly (BodyDamage Damage, string Code, string Text)[] Words =
    [
        (BodyDamage.NotBase64, "base64-missing", "The part is called base64 and is not; it is read as it stands."),
        (BodyDamage.Base64Junk, "base64-junk", "Characters that are not base64 were skipped."),
        (BodyDamage.Base64AfterPadding, "base64-after-padding", "The base64 data goes on after its padding."),
        (BodyDamage.Base64Footer, "base64-footer", "Text behind the base64 data was left out."),
        (BodyDamage.Base64CutOff, "base64-cut-off", "The base64 data ends in the middle of a group."),
        (BodyDamage.BadEscape, "quoted-printable-escape", "An equals sign without two digits was kept as it is."),
        (BodyDamage.NoBeginning, "uuencode-begin-missing", "The part is called uuencode and has no beginning; it is read as it stands."),
        (BodyDamage.NoEnd, "uuencode-end-missing", "The uuencoded data has no end."),
        (BodyDamage.UnknownEncoding, "encoding-unknown", "Nobody knows this transfer encoding; the part is read as it stands."),
        (BodyDamage.MisspeltEncoding, "encoding-misspelt", "The transfer encoding is not written as the standard has it."),
        (BodyDamage.UnknownCharset, "charset-unknown", "Nobody knows this charset; it was told by the bytes."),
        (BodyDamage.WrongCharset, "charset-wrong", "The text is not in the charset it names; it was told by the bytes."),
        (BodyDamage.MissingCharset, "charset-missing", "The text has 8-bit characters and names no charset for them; it was told by the bytes."),
        (BodyDamage.Undecodable, "text-undecodable", "Bytes that mean nothing in the charset of the text were replaced."),
    ];

    /// <summary>One defect for each kind of damage; <paramref name="offset"/> is that of the body.</summary>
    public static void Report(BodyDamage damage, int offset, DefectList defects)
    {
        foreach (var (kind, code, text) in Words)
        {
            if ((damage & kind) != 0)
                defects.Report(code, offset, text);
        }
    }
}
