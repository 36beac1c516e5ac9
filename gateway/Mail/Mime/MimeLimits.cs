namespace MailInbox.Mail.Mime;

/// <summary>How far the parser follows hostile mail. What lies beyond a limit stays in the raw bytes and becomes a defect.</summary>
public sealed record MimeLimits
{
    public static MimeLimits Default { get; } = new();

    /// <summary>Bytes read of a stream; the rest is cut off.</summary>
    public int Size { get; init; } = 128 * 1024 * 1024;

    /// <summary>Levels of multipart and embedded messages; a deeper one is one opaque part.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Parts in the whole tree; the last one takes the rest of the mail.</summary>
    public int Parts { get; init; } = 10_000;

    /// <summary>Bytes of one header block; the body begins there.</summary>
    public int HeaderBlock { get; init; } = 10 * 1024 * 1024;

    /// <summary>Fields kept of one header block; further ones are skipped.</summary>
    public int Fields { get; init; } = 100_000;

    /// <summary>Bytes of a field name; a longer line is no field.</summary>
    public int HeaderName { get; init; } = 1_000;

    /// <summary>Bytes of a boundary; a longer one is as none.</summary>
    public int Boundary { get; init; } = 2_048;

    /// <summary>Levels of embedded messages that are themselves base64 or quoted-printable.</summary>
    public int EncodedMessages { get; init; } = 8;

    /// <summary>Defects kept of one mail.</summary>
    public int Defects { get; init; } = 100;

    /// <summary>Bytes of one field that are decoded; all of them stay in the raw value.</summary>
    public const int HeaderValue = 1024 * 1024;

    /// <summary>Addresses read from one field.</summary>
    public const int Addresses = 10_000;

    /// <summary>Levels of groups in an address field that are told apart.</summary>
    public const int Groups = 8;

    /// <summary>URLs read from one field of a mailing list.</summary>
    public const int ListAddresses = 100;

    /// <summary>Message identifiers read from one field.</summary>
    public const int MessageIds = 10_000;

    /// <summary>Parameters, and segments of them (RFC 2231), read from one field.</summary>
    public const int Parameters = 1_000;

    /// <summary>Files unpacked out of the content of one part; further ones stay in it.</summary>
    public const int UnpackedFiles = 1_000;

    /// <summary>Attachments of a message above which nothing more is unpacked.</summary>
    public const int UnpackedFilesOfMail = 10_000;

    /// <summary>Levels of containers (TNEF) that are opened inside each other.</summary>
    public const int UnpackedDepth = 8;

    /// <summary>Bytes of RTF that are decompressed out of the containers of one mail.</summary>
    public const int Rtf = 4 * 1024 * 1024;

    /// <summary>Characters of a file name.</summary>
    public const int FileName = 200;
}
