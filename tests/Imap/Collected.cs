using System.Text;
using MailInbox.Mail.Imap;

namespace MailInbox.Tests.Imap;

/// <summary>Keeps what comes in, as the store would.</summary>
internal sealed class Collected : IImapReceiver
{
    /// <summary>How each ended, in order.</summary>
    public List<ImapFetched> Ends { get; } = [];

    /// <summary>Bytes of each message that has some, as Latin-1.</summary>
    public Dictionary<uint, string> Texts { get; } = [];

    /// <summary>Begin and end of each in the order of the calls.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Thrown instead of taking bytes.</summary>
    public Exception? Failure { get; init; }

    public ValueTask Begin(uint uid, CancellationToken cancel)
    {
        Calls.Add($"begin {uid}");
        _uid = uid;
        _bytes.Clear();
        return ValueTask.CompletedTask;
    }

    public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (Failure is not null)
            throw Failure;
        _bytes.AddRange(bytes.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask End(ImapFetched fetched, CancellationToken cancel)
    {
        Calls.Add($"end {fetched.Uid}");
        Ends.Add(fetched);
        if (fetched.HasBody)
        {
            Assert.That(_uid, Is.EqualTo(fetched.Uid), "the bytes are another message's");
            Assert.That(_bytes.Count, Is.EqualTo(fetched.Bytes));
            Texts[fetched.Uid] = Encoding.Latin1.GetString([.. _bytes]);
        }
        return ValueTask.CompletedTask;
    }

    private uint _uid;
    private readonly List<byte> _bytes = [];
}
