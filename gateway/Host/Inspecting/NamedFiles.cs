namespace MailInbox.Host.Inspecting;

/// <summary>
/// The files of a command line: each path itself, of a folder the files below it with the wanted ending, of <c>@list</c> the paths in that
/// file, one a line. What cannot be read is a line on the error output and does not stop the others.
/// </summary>
internal sealed class NamedFiles(IReadOnlyList<string> paths, string ending)
{
    /// <summary>Bytes of one file at most; more than any mail server takes.</summary>
    private const int MaxBytes = 128 * 1024 * 1024;

    private const int FirstRead = 64 * 1024;

    /// <summary>Gives path and bytes of each to <paramref name="work"/>; 0 when all could be read, otherwise 1.</summary>
    public int Each(Action<string, byte[]> work, CancellationToken cancel)
    {
        bool failed = false;
        foreach (string path in Expanded(paths, lists: true, Failed))
        {
            cancel.ThrowIfCancellationRequested();
            if (Read(path, Failed) is { } bytes) work(path, bytes);
        }
        return failed ? 1 : 0;

        void Failed(string path, Exception reason)
        {
            Console.Error.WriteLine($"{path}: {reason.Message}");
            failed = true;
        }
    }

    private IEnumerable<string> Expanded(IEnumerable<string> paths, bool lists, Action<string, Exception> failed)
    {
        foreach (string path in paths)
        {
            IEnumerable<string> found = [path];
            try
            {
                if (lists && path is ['@', .. var list]) found = Expanded(File.ReadLines(list).Where(line => line.Length > 0).ToArray(), lists: false, failed);
                else if (Directory.Exists(path)) found = Directory.EnumerateFiles(path, $"*{ending}", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
            }
            catch (Exception reason) when (IsOfFiles(reason))
            {
                failed(path, reason);
                continue;
            }
            foreach (string file in found) yield return file;
        }
    }

    private static byte[]? Read(string path, Action<string, Exception> failed)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return Read(file);
        }
        catch (Exception reason) when (IsOfFiles(reason))
        {
            failed(path, reason);
            return null;
        }
    }

    /// <summary>A pipe has no length, and a file may grow while it is read.</summary>
    private static byte[] Read(FileStream file)
    {
        byte[] bytes = new byte[file.CanSeek ? Math.Clamp(file.Length, 0, MaxBytes) + 1 : FirstRead];
        int length = 0;
        for (int count; (count = file.Read(bytes, length, bytes.Length - length)) > 0;)
        {
            length += count;
            if (length > MaxBytes) throw new IOException($"It is longer than {MaxBytes >> 20} MB.");
            if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(2 * length, MaxBytes + 1));
        }
        Array.Resize(ref bytes, length);
        return bytes;
    }

    private static bool IsOfFiles(Exception reason) => reason is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
