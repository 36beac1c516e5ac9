using System.Collections.Frozen;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>A file found inside the content of a part: what a <see cref="MimePart"/> is made of that has no header of its own.</summary>
internal sealed class UnpackedFile
{
    /// <summary>What container and name say too little about.</summary>
    public const string UnknownMedia = "application/octet-stream";

    private static readonly FrozenDictionary<string, string> MediaOfEndings = new Dictionary<string, string>
    {
        [".txt"] = "text/plain",
        [".log"] = "text/plain",
        [".csv"] = "text/csv",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".xml"] = "application/xml",
        [".json"] = "application/json",
        [".ics"] = "text/calendar",
        [".vcf"] = "text/vcard",
        [".eml"] = "message/rfc822",
        [".pdf"] = "application/pdf",
        [".rtf"] = "application/rtf",
        [".doc"] = "application/msword",
        [".xls"] = "application/vnd.ms-excel",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".zip"] = "application/zip",
        [".gz"] = "application/gzip",
        [".png"] = "image/png",
        [".gif"] = "image/gif",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".bmp"] = "image/bmp",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".webp"] = "image/webp",
        [".svg"] = "image/svg+xml",
        [".mp3"] = "audio/mpeg",
        [".wav"] = "audio/wav",
        [".mp4"] = "video/mp4",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Without folders and control characters; never a path to write to.</summary>
    public required string Name { get; init; }

    public required ContentType Type { get; init; }

    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public string ContentId { get; init; } = "";

    public string Disposition { get; init; } = "attachment";

    /// <summary>The text of the mail rather than a file with it.</summary>
    public bool IsBody { get; init; }

    /// <summary>Where it stands in the message; -1 where only its holder has a place there.</summary>
    public int Begin { get; init; } = -1;

    public int End { get; init; } = -1;

    /// <summary>The type that a container gives, else the one of the ending. Something in parts is none: nothing takes it apart.</summary>
    public static ContentType TypeOf(string name, string given = "")
    {
        var type = given.Length is 0 or > 200 ? ContentType.OctetStream : ContentType.Parse(given, ContentType.OctetStream);
        if (type.Media != UnknownMedia && !type.IsMultipart)
            return type;
        int dot = name.LastIndexOf('.');
        return dot >= 0 && MediaOfEndings.TryGetValue(name[dot..], out string? media) ? ContentType.Parse(media) : ContentType.OctetStream;
    }
}
