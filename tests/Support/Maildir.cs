using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MailInbox.Tests.Support;

/// <summary>A folder of a <see cref="Dovecot"/> as files: what happens to it behind the server's back, and what stands in it.</summary>
/// <param name="home">Of the user.</param>
/// <param name="path">Of the folder.</param>
/// <param name="give">Makes a path and what is below it the property of the server's user.</param>
internal sealed partial class Maildir(string home, string path, Func<string, Task> give)
{
    private const string UidList = "dovecot-uidlist";

    private static int _number;

    private readonly Dictionary<string, string> _messageIds = [];

    /// <summary>Puts mails into the folder as a delivery agent does. Their lines end in CRLF and are served as they are.</summary>
    /// <param name="date">INTERNALDATE; null for now.</param>
    public async Task Deliver(IEnumerable<byte[]> mails, DateTimeOffset? date = null)
    {
        string staging = await Staging();
        foreach (byte[] mail in mails)
        {
            string file = Path.Combine(staging, Named(mail.Length));
            await File.WriteAllBytesAsync(file, mail);
            if (date is { } day)
            {
                File.SetLastWriteTimeUtc(file, day.UtcDateTime);
            }
        }

        await Hand(staging);
    }

    /// <summary>Puts a message into the folder that the server cannot hand out.</summary>
    public async Task Deliver(Poison poison, byte[] mail)
    {
        string staging = await Staging();
        string file = Path.Combine(staging, poison switch
        {
            Poison.Unreadable => Named(mail.Length),
            Poison.CutShort => Named(4000, 4100),
            Poison.Understated => Named(5),
            _ => Named(null),
        });
        if (poison == Poison.Hollow)
        {
            File.CreateSymbolicLink(file, "nothing");
        }
        else
        {
            await File.WriteAllBytesAsync(file, mail);
            Tools.Allow(file, poison is Poison.Unreadable or Poison.Unmeasurable ? UnixFileMode.None : UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await Hand(staging);
    }

    /// <summary>
    /// Gives the folder another UIDVALIDITY and its messages new UIDs from 1 on in random order, as after a restore or a move to another server.
    /// Sessions that have it open end at their next command. The folder must have been opened before.
    /// </summary>
    /// <returns>The new UIDVALIDITY.</returns>
    public async Task<long> ChangeUidValidity(Random random)
    {
        string list = Path.Combine(path, UidList);
        // The server's own lock: no session can write the old list over the new one.
        string held = list + ".lock";
        while (!Taken(held))
        {
            await Task.Delay(5);
        }

        try
        {
            long next = Numbering().UidValidity + 1;
            string[] names = [.. Files().Select(NameOf).Distinct()];
            random.Shuffle(names);
            await File.WriteAllLinesAsync(list + ".next", names.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} :{name}"))
                .Prepend(string.Create(CultureInfo.InvariantCulture, $"3 V{next} N{names.Length + 1} G{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}")));
            await give(list + ".next");
            // First the index, or a session that lives on would show the new list under the old number.
            foreach (string index in Directory.EnumerateFiles(path, "dovecot.index*").ToList())
            {
                File.Delete(index);
            }

            File.Move(list + ".next", list, overwrite: true);
            return next;
        }
        finally
        {
            File.Delete(held);
        }
    }

    /// <summary>What the server has numbered so far: UIDVALIDITY, and the Message-ID of each UID whose bytes can be read.</summary>
    public (long UidValidity, IReadOnlyDictionary<uint, string> MessageIds) Numbering()
    {
        string[] lines = File.ReadAllLines(Path.Combine(path, UidList));
        long validity = long.Parse(lines[0].Split(' ').First(w => w[0] == 'V').AsSpan(1), CultureInfo.InvariantCulture);
        Dictionary<string, string> files = Files().ToLookup(NameOf).ToDictionary(f => f.Key, f => f.Last());
        Dictionary<uint, string> found = [];
        foreach (string line in lines.Skip(1))
        {
            string name = line[(line.IndexOf(" :", StringComparison.Ordinal) + 2)..];
            if (files.TryGetValue(name, out string? file) && MessageId(file) is { } id)
            {
                found[uint.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture)] = id;
            }
        }

        return (validity, found);
    }

    /// <summary>The flags of each message by its Message-ID, as letters of Maildir: F flagged, S seen, R answered, T deleted, D draft. For a folder in which nobody is at work.</summary>
    public IReadOnlyDictionary<string, string> Flags()
    {
        Dictionary<string, string> flags = [];
        foreach (string file in Files())
        {
            if (MessageId(file) is { } id)
            {
                flags.Add(id, file.Contains(":2,", StringComparison.Ordinal) ? file[(file.LastIndexOf(',') + 1)..] : "");
            }
        }

        return flags;
    }

    private static string Named(long? size, long? onTheWire = null) => string.Create(CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}.M{Interlocked.Increment(ref _number):D6}P1.test{(size is null ? "" : $",S={size},W={onTheWire ?? size}")}");

    private static string NameOf(string file) => Path.GetFileName(file).Split(':')[0];

    private static bool Taken(string held)
    {
        try
        {
            using FileStream file = new(held, FileMode.CreateNew);
            return true;
        }
        catch (IOException) when (File.Exists(held))
        {
            return false;
        }
    }

    /// <summary>The new ones first: one that the server moves meanwhile is then told twice instead of not at all.</summary>
    private IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(path, "new")).ToList()
        .Concat(Directory.EnumerateFiles(Path.Combine(path, "cur")));

    /// <summary>A place to write before anything is seen in the folder.</summary>
    private async Task<string> Staging()
    {
        string staging = Path.Combine(path, "tmp", "staging");
        if (!Directory.Exists(staging))
        {
            foreach (string part in (string[])["cur", "new", "tmp/staging"])
            {
                Directory.CreateDirectory(Path.Combine(path, part));
            }

            if (path != home)
            {
                await File.WriteAllBytesAsync(Path.Combine(path, "maildirfolder"), []);
            }

            await give(home);
        }

        return staging;
    }

    private async Task Hand(string staging)
    {
        await give(staging);
        // By their names in the order of delivery.
        foreach (string file in Directory.EnumerateFiles(staging).Order(StringComparer.Ordinal).ToList())
        {
            File.Move(file, Path.Combine(path, "new", Path.GetFileName(file)));
        }
    }

    /// <summary>Null for what cannot be read, or has been renamed since.</summary>
    private string? MessageId(string file)
    {
        if (_messageIds.TryGetValue(NameOf(file), out string? known))
        {
            return known;
        }

        try
        {
            Span<byte> head = stackalloc byte[4096];
            using FileStream stream = File.OpenRead(file);
            Match match = MessageIdField().Match(Encoding.Latin1.GetString(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]));
            return match.Success ? _messageIds[NameOf(file)] = match.Groups[1].Value : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^Message-ID: *<([^>\r\n]*)>", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageIdField();
}
