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
        (BodyDamage.NotBase64, DefectCodes.Base64Missing, "The part is called base64 and is not; it is read as it stands."),
        (BodyDamage.Base64Junk, DefectCodes.Base64Junk, "Characters that are not base64 were skipped."),
        (BodyDamage.Base64AfterPadding, DefectCodes.Base64AfterPadding, "The base64 data goes on after its padding."),
        (BodyDamage.Base64Footer, DefectCodes.Base64Footer, "Text behind the base64 data was left out."),
        (BodyDamage.Base64CutOff, DefectCodes.Base64CutOff, "The base64 data ends in the middle of a group."),
        (BodyDamage.BadEscape, DefectCodes.QuotedPrintableEscape, "An equals sign without two digits was kept as it is."),
        (BodyDamage.NoBeginning, DefectCodes.UuencodeBeginMissing, "The part is called uuencode and has no beginning; it is read as it stands."),
        (BodyDamage.NoEnd, DefectCodes.UuencodeEndMissing, "The uuencoded data has no end."),
        (BodyDamage.UnknownEncoding, DefectCodes.EncodingUnknown, "Nobody knows this transfer encoding; the part is read as it stands."),
        (BodyDamage.MisspeltEncoding, DefectCodes.EncodingMisspelt, "The transfer encoding is not written as the standard has it."),
        (BodyDamage.UnknownCharset, DefectCodes.CharsetUnknown, "Nobody knows this charset; it was told by the bytes."),
        (BodyDamage.WrongCharset, DefectCodes.CharsetWrong, "The text is not in the charset it names; it was told by the bytes."),
        (BodyDamage.MissingCharset, DefectCodes.CharsetMissing, "The text has 8-bit characters and names no charset for them; it was told by the bytes."),
        (BodyDamage.Undecodable, DefectCodes.TextUndecodable, "Bytes that mean nothing in the charset of the text were replaced."),
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
