using System.Text;
using MailInbox.Inbox.Configuration.Files;

namespace MailInbox.Inbox.Configuration.Servers;

/// <summary>Fetches secrets: files only say where they are, <c>env:NAME</c> or <c>file:PATH</c> (relative to the folder). No message repeats one.</summary>
internal sealed class Secrets(string directory, Func<string, string?> environment)
{
    private const int MaximumBytes = 16 * 1024;

    /// <summary>The folder that paths are relative to.</summary>
    public string Folder => directory;

    /// <summary>The secret; null when it cannot be had, which is told to the file.</summary>
    public string? Read(ConfigurationFile file, JsonValue value)
    {
        if (value.Text.StartsWith("env:", StringComparison.Ordinal) && IsName(value.Text[4..]))
        {
            return FromEnvironment(file, value, value.Text[4..]);
        }

        if (value.Text.StartsWith("file:", StringComparison.Ordinal) && value.Text.Length > 5 && !value.Text.Any(char.IsControl))
        {
            return FromFile(file, value, value.Text[5..]);
        }

        file.Refuse(value, "a secret never stands in a file", "write env:NAME or file:PATH");
        return null;
    }

    private string? FromEnvironment(ConfigurationFile file, JsonValue value, string name)
    {
        string? secret = environment(name);
        if (!string.IsNullOrEmpty(secret))
        {
            return secret;
        }

        file.Refuse(value, $"the environment variable {name} is not set");
        return null;
    }

    private string? FromFile(ConfigurationFile file, JsonValue value, string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(Path.Combine(directory, path));
            byte[] bytes = new byte[MaximumBytes + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            string secret = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\r', '\n');
            if (length <= MaximumBytes && secret.Length > 0)
            {
                return secret;
            }

            file.Refuse(value, $"the secret file {ConfigurationFile.Quote(path)} is {(length > MaximumBytes ? "too long" : "empty")}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            bool missing = fault is FileNotFoundException or DirectoryNotFoundException;
            file.Refuse(value, $"the secret file {ConfigurationFile.Quote(path)} {(missing ? "does not exist" : "cannot be read")}");
        }

        return null;
    }

    private static bool IsName(string text)
        => text.Length is > 0 and <= 200 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
