namespace MailInbox.Mail.Mime.Attached;

/// <summary>How the writer of a mail protected it. Nothing of this is checked or decrypted.</summary>
public enum ProtectionKind
{
    None,

    /// <summary>S/MIME with the signature beside the text (RFC 8551 §3.5.3).</summary>
    SmimeSigned,

    /// <summary>S/MIME with the text inside the signature (RFC 8551 §3.5.2): not shown.</summary>
    SmimeOpaqueSigned,

    SmimeEncrypted,

    /// <summary>OpenPGP with the signature beside the text (RFC 3156 §5).</summary>
    PgpSigned,

    PgpEncrypted,

    /// <summary>A signed text in the text itself (RFC 9580 §7); <see cref="InlinePgp"/> shows it without its frame.</summary>
    PgpInlineSigned,

    PgpInlineEncrypted,
}

/// <summary>The protection of a mail as its parts declare it, also where a mailing list put a footer around it.</summary>
/// <param name="Kind">The outermost one.</param>
/// <param name="PartId">The part that says so; empty without protection.</param>
public sealed record Protection(ProtectionKind Kind, string PartId)
{
    /// <summary>Characters of a text in which a PGP frame is looked for.</summary>
    private const int LongestText = 1 << 18;

    /// <summary>Bytes at the beginning of a PKCS #7 file that name its kind.</summary>
    private const int KindOfFile = 64;

    /// <summary>The object ids of signedData and envelopedData end in 2 and 3 (RFC 5652 §5.1, §6.1); authEnvelopedData is of another arc.</summary>
    private static ReadOnlySpan<byte> SignedData => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    /// <summary>Looks at the parts of this message, not into messages attached to it.</summary>
    public static Protection Of(MimeMessage mail)
    {
        foreach (var part in mail.AllParts())
        {
            if (OfPart(part) is not ProtectionKind.None and var kind)
                return new Protection(kind, part.Id);
        }
        foreach (var part in mail.TextBody)
        {
            if (part.Type.Media == "text/plain" && InlinePgp.KindOf(part.Text(LongestText)) is not ProtectionKind.None and var kind)
                return new Protection(kind, part.Id);
        }
        return new Protection(ProtectionKind.None, "");
    }

    private static ProtectionKind OfPart(MimePart part) => part.Type.Kind switch
    {
        "multipart" => OfMultipart(part),
        "application" => OfFile(part),
        _ => ProtectionKind.None,
    };

    private static ProtectionKind OfMultipart(MimePart part) => part.Type.Subtype switch
    {
        "signed" => Says(part, "pgp") ? ProtectionKind.PgpSigned : Says(part, "pkcs7") ? ProtectionKind.SmimeSigned : ProtectionKind.None,
        "encrypted" => Says(part, "pgp") ? ProtectionKind.PgpEncrypted : Says(part, "pkcs7") ? ProtectionKind.SmimeEncrypted : ProtectionKind.None,
        _ => ProtectionKind.None,
    };

    /// <summary>By the protocol parameter, else by the types of the parts.</summary>
    private static bool Says(MimePart part, string word) =>
        part.Type["protocol"].Contains(word, StringComparison.OrdinalIgnoreCase)
        || (part.Type["protocol"].Length == 0 && part.Parts.Any(p => p.Type.Subtype.Contains(word, StringComparison.Ordinal)));

    /// <summary>Files that some servers leave when they rewrite a protected multipart as an ordinary one.</summary>
    private static ProtectionKind OfFile(MimePart part) => part.Type.Subtype switch
    {
        "pkcs7-mime" or "x-pkcs7-mime" => OfSmime(part),
        "pkcs7-signature" or "x-pkcs7-signature" => ProtectionKind.SmimeSigned,
        "pgp-encrypted" => ProtectionKind.PgpEncrypted,
        "pgp-signature" when part.FileName.Equals("signature.asc", StringComparison.OrdinalIgnoreCase) => ProtectionKind.PgpSigned,
        "octet-stream" when part.FileName.Equals("smime.p7m", StringComparison.OrdinalIgnoreCase) => OfSmime(part),
        _ => ProtectionKind.None,
    };

    private static ProtectionKind OfSmime(MimePart part)
    {
        string kind = part.Type["smime-type"].ToLowerInvariant();
        if (kind == "signed-data")
            return ProtectionKind.SmimeOpaqueSigned;
        if (kind.Length > 0)
            return kind is "enveloped-data" or "authenveloped-data" ? ProtectionKind.SmimeEncrypted : ProtectionKind.None;
        var head = part.Decode().AsSpan();
        return head[..Math.Min(head.Length, KindOfFile)].IndexOf(SignedData) >= 0 ? ProtectionKind.SmimeOpaqueSigned : ProtectionKind.SmimeEncrypted;
    }
}
