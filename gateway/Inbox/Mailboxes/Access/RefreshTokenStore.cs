using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailInbox.Inbox.Configuration;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Mailboxes.Access;

/// <summary>
/// Keeps the refresh tokens that servers give in place of the configured ones (RFC 6749 §6), in a file for each mailbox that only its owner
/// can read. A token that is newly configured wins over a kept one: beside each stands the digest of the configured one that it came from.
/// </summary>
internal sealed class RefreshTokenStore(string folder, ILogger logger)
{
    private const string Hint = "The gateway must be able to read and write its data folder: look at free space and rights.";

    // What could not be written yet: the server may honour no older one any more.
    private readonly ConcurrentDictionary<string, Kept> _unwritten = new(StringComparer.Ordinal);

    /// <summary>The token to use now.</summary>
    /// <exception cref="TokenRefusal">It is there and cannot be read; an older one is then better not used, for some servers revoke all when an old one comes back.</exception>
    public string Current(SourceOptions source, string configured)
    {
        Kept? kept = _unwritten.GetValueOrDefault(source.Key) ?? Read(source);
        return kept?.Configured == Digest(configured) ? kept.RefreshToken : configured;
    }

    /// <summary>On disk when it returns.</summary>
    /// <exception cref="TokenRefusal">It cannot be written. It is remembered and used, and written the next time.</exception>
    public void Save(SourceOptions source, string configured, string refreshToken)
    {
        Kept kept = new(source.Key, Digest(configured), refreshToken);
        _unwritten[source.Key] = kept;
        WriteWaiting(source);
    }

    /// <summary>Writes what could not be written before.</summary>
    /// <exception cref="TokenRefusal">It still cannot be.</exception>
    public void WriteWaiting(SourceOptions source)
    {
        if (!_unwritten.TryGetValue(source.Key, out Kept? kept))
        {
            return;
        }

        try
        {
            Write(FileOf(source), JsonSerializer.SerializeToUtf8Bytes(kept));
            _unwritten.TryRemove(source.Key, out _);
            logger.LogInformation("The new refresh token of {Source} is kept", source);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TokenRefusal($"The new refresh token of {source} cannot be written to the data folder: {failure.Message}", Hint, temporary: true);
        }
    }

    private Kept? Read(SourceOptions source)
    {
        string path = FileOf(source);
        try
        {
            return JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path)) is { Configured: not null, RefreshToken: not null } kept ? kept : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            logger.LogWarning("The kept refresh token of {Source} in {Path} is damaged: the configured one is used", source, path);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TokenRefusal($"The kept refresh token of {source} cannot be read: {failure.Message}", Hint, temporary: true);
        }
    }

    /// <summary>All or nothing: a crash leaves the old file or the new one.</summary>
    private void Write(string path, byte[] bytes)
    {
        string fresh = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(fresh);
        using (FileStream stream = new(fresh, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    // Users and hosts hold characters that a name of a file must not.
    private string FileOf(SourceOptions source) => Path.Combine(folder, $"refresh-{Digest(source.Key)[..32]}.json");

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <param name="Source">For whoever looks into the folder.</param>
    /// <param name="Configured">Digest of the configured token.</param>
    private sealed record Kept(string Source, string Configured, string RefreshToken)
    {
        /// <summary>Without the token.</summary>
        public override string ToString() => Source;
    }
}
