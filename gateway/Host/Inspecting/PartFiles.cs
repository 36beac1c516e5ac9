using System.Collections.Frozen;
using System.Globalization;
using MailInbox.Mail.Mime;

namespace MailInbox.Host.Inspecting;

/// <summary>Writes decoded parts into a folder under names made of the file's name, the part's number and its type: nothing in a mail names a file.</summary>
internal sealed class PartFiles
{
    private const int MaxStem = 100;

    /// <summary>Types whose files end otherwise than in .txt and .bin, each with its ending.</summary>
    private static readonly FrozenDictionary<string, string> Endings = ((string[])
    [
        "text/html html",
        "text/calendar ics",
        "text/csv csv",
        "text/vcard vcf",
        "text/x-vcard vcf",
        "text/rtf rtf",
        "application/pdf pdf",
        "application/zip zip",
        "application/json json",
        "application/xml xml",
        "application/rtf rtf",
        "application/ics ics",
        "application/msword doc",
        "application/vnd.ms-excel xls",
        "application/ms-tnef tnef",
        "application/pgp-signature asc",
        "application/pgp-encrypted asc",
        "application/pkcs7-signature p7s",
        "application/pkcs7-mime p7m",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx",
        "image/jpeg jpg",
        "image/png png",
        "image/gif gif",
        "image/webp webp",
        "image/svg+xml svg",
        "image/tiff tif",
        "image/bmp bmp",
        "audio/mpeg mp3",
        "audio/wav wav",
        "video/mp4 mp4",
        "message/rfc822 eml",
    ]).Select(line => line.Split(' ')).ToFrozenDictionary(line => line[0], line => line[1]);

    private readonly string _folder;
    private readonly Dictionary<string, int> _stems = new(StringComparer.OrdinalIgnoreCase);

    public PartFiles(string folder) => _folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>The beginning of the names of one mail's parts; two files of the same name in different folders get different ones.</summary>
    public string Stem(string file)
    {
        string name = string.Concat(Path.GetFileNameWithoutExtension(file).Take(MaxStem).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        // A tilde stands in no name of a file here, so a numbered one is never that of another file.
        int number = _stems.GetValueOrDefault(name) + 1;
        _stems[name] = number;
        return number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}~{number}");
    }

    public void Write(string stem, MimePart part, ReadOnlySpan<byte> bytes)
    {
        string ending = Endings.GetValueOrDefault(part.Type.Media, part.Type.Kind is "text" or "message" ? "txt" : "bin");
        string path = Path.Combine(_folder, $"{stem}-{part.Id}.{ending}");
        // A link that somebody put there would be followed out of the folder.
        File.Delete(path);
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
    }
}
