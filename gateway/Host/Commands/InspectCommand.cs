using MailInbox.Host.Inspecting;

namespace MailInbox.Host.Commands;

/// <summary><c>mailinbox inspect</c>: what the parser makes of mail files, for people or as JSON; needs no gateway, configuration or data.</summary>
internal static class InspectCommand
{
    private const int Buffer = 64 * 1024;

    /// <summary>0 when every file could be read, otherwise 1.</summary>
    /// <param name="folder">Where decoded leaves are written to; null writes none.</param>
    public static int Run(IReadOnlyList<string> paths, bool json, string? folder, CancellationToken cancel)
    {
        using BufferedStream output = new(Console.OpenStandardOutput(), Buffer);
        using MailJson documents = new(output);
        using StreamWriter lines = new(output, leaveOpen: true);
        MailTree tree = new(lines);
        PartFiles? files = folder is null ? null : new PartFiles(folder);
        return new NamedFiles(paths, ".eml").Each(Inspect, cancel);

        void Inspect(string path, byte[] bytes)
        {
            string stem = files?.Stem(path) ?? "";
            InspectedMail mail = InspectedMail.Read(bytes, files is null ? null : (part, decoded) => files.Write(stem, part, decoded.Span));
            if (json) documents.Write(mail);
            else tree.Write(path, mail);
        }
    }
}
