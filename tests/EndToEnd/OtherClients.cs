using System.Collections.Concurrent;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>What happens to a mailbox while a gateway polls it: mail arrives, people set flags, the server is moved and restarted. Writes down what must be found in the end.</summary>
internal sealed class OtherClients(Dovecot server, string run, Random random)
{
    private const string Letters = "FS";

    private static readonly string[] Flags = [@"\Flagged", @"\Seen"];

    private readonly Maildir _inbox = server.Maildir();
    private readonly ConcurrentDictionary<string, string> _sent = [];
    private readonly ConcurrentDictionary<string, string> _flags = [];
    private readonly List<string> _poisoned = [];
    private long _number;

    /// <summary>SHA-256 of each mail that the server can hand out, by Message-ID.</summary>
    public IReadOnlyDictionary<string, string> Sent => _sent;

    /// <summary>Message-IDs of the others.</summary>
    public IReadOnlyList<string> Poisoned => _poisoned;

    /// <summary>Letters of the flags that each message bears by the will of others; none where nothing is said.</summary>
    public IReadOnlyDictionary<string, string> Marked => _flags;

    public long Bytes { get; private set; }

    /// <summary>How often a flag was set or taken away.</summary>
    public int Marks { get; private set; }

    public int Epochs { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>Others mark messages as read, not only as important.</summary>
    public bool Read { get; init; }

    public Task Deliver(int count) => _inbox.Deliver(Enumerable.Range(0, count).Select(_ => Next()));

    /// <summary>One mail, by another client instead of a delivery agent; ends once the server has taken it.</summary>
    public async Task Append()
    {
        byte[] mail = Next();
        using ImapWire wire = await server.Connect();
        await wire.Append("INBOX", mail);
    }

    /// <summary>One of each kind.</summary>
    public async Task Poison()
    {
        foreach (Poison poison in Enum.GetValues<Poison>())
        {
            LoadMail mail = ChaosMail.Make(run + "-poison", (long)poison);
            _poisoned.Add(mail.MessageId);
            await _inbox.Deliver(poison, mail.Bytes);
        }
    }

    /// <summary>Sets or takes away a flag on some messages.</summary>
    public async Task Mark(int count)
    {
        (long validity, IReadOnlyDictionary<uint, string> numbered) = _inbox.Numbering();
        uint[] uids = [.. numbered.Where(n => _sent.ContainsKey(n.Value)).Select(n => n.Key)];
        using ImapWire wire = await server.Connect();
        if (uids.Length == 0 || await wire.Select("INBOX") != validity)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            uint uid = uids[random.Next(uids.Length)];
            int flag = random.Next(Read ? 2 : 1);
            string before = _flags.GetValueOrDefault(numbered[uid], "");
            bool on = !before.Contains(Letters[flag], StringComparison.Ordinal);
            await wire.Ask($"UID STORE {uid} {(on ? '+' : '-')}FLAGS ({Flags[flag]})");
            _flags[numbered[uid]] = new string([.. Letters.Where((l, at) => at == flag ? on : before.Contains(l, StringComparison.Ordinal))]);
            Marks++;
        }
    }

    public async Task Renumber()
    {
        await _inbox.ChangeUidValidity(random);
        Epochs++;
    }

    public async Task Restart()
    {
        await server.Restart();
        Restarts++;
    }

    /// <summary>Goes on until it is told to end; changes of UIDVALIDITY and restarts are spread over the progress, from 0 to 1.</summary>
    public async Task Work(ChaosPlan plan, Func<double> progress, Func<bool> over)
    {
        while (!over() || Epochs < plan.Epochs || Restarts < plan.Restarts)
        {
            await Deliver(random.Next(1, 5));
            await Append();
            await Mark(random.Next(1, 5));
            if (Epochs < plan.Epochs && progress() >= (Epochs + 1.0) / (plan.Epochs + 1))
            {
                await Renumber();
            }

            if (Restarts < plan.Restarts && progress() >= (Restarts + 0.5) / plan.Restarts)
            {
                await Restart();
            }

            await Task.Delay(random.Next(50, 700));
        }
    }

    private byte[] Next()
    {
        LoadMail mail = ChaosMail.Make(run, _number++);
        _sent[mail.MessageId] = mail.Sha256;
        Bytes += mail.Bytes.Length;
        return mail.Bytes;
    }
}
