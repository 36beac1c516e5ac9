using System.Globalization;
using MailInbox.Mail.Imap.Dialogue;
using MailInbox.Mail.Imap.Fetching;

namespace MailInbox.Mail.Imap;

/// <summary>
/// A connection to an IMAP server (RFC 3501, RFC 9051), logged in. Where the server says no it is <see cref="ImapRefusal"/>, where the wire breaks
/// <see cref="ImapBroken"/>; nothing else is thrown for what a server does. Not for use by two callers at once.
/// </summary>
public sealed class ImapClient : IAsyncDisposable
{
    /// <summary>Connects, protects the connection as asked, and logs in.</summary>
    /// <exception cref="ImapRefusal">The server says BYE at once, or does not take the credentials.</exception>
    /// <exception cref="ImapBroken">There is no connection, none as safe as asked, or no way to log in.</exception>
    public static async Task<ImapClient> Connect(ImapClientOptions options, TimeProvider clock, CancellationToken cancel)
    {
        ImapClient client = new(options, clock);
        try
        {
            await new ImapOpening(client._exchange, client._names, options).Run(cancel).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>After logging in, in upper case.</summary>
    public IReadOnlySet<string> Capabilities => _exchange.Capabilities;

    /// <summary>False once the wire broke or the server said BYE.</summary>
    public bool Usable => _exchange.Usable;

    /// <summary>Untagged news (EXISTS, EXPUNGE, FETCH, RECENT) heard since the last call; resets.</summary>
    public bool TakeNews()
    {
        bool news = _exchange.News;
        _exchange.News = false;
        return news;
    }

    /// <summary>Every folder.</summary>
    public async Task<IReadOnlyList<ImapFolder>> List(CancellationToken cancel)
    {
        ListAnswers answers = new(_names);
        bool special = Capabilities.Contains("LIST-EXTENDED") && Capabilities.Contains("SPECIAL-USE");
        await Ask(new ImapLine("LIST", special ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\""), answers, cancel).ConfigureAwait(false);
        // Strato leaves out the one folder that each mailbox has (RFC 9051 §5.1).
        return answers.Folders.Exists(folder => folder.Name == Inbox) ? answers.Folders : [new ImapFolder(Inbox, answers.Folders.FirstOrDefault()?.Delimiter, []), .. answers.Folders];
    }

    /// <summary>EXAMINE when <paramref name="readOnly"/>, so that no flag changes by looking; else SELECT.</summary>
    public async Task<ImapFolderState> Select(string folder, bool readOnly, CancellationToken cancel)
    {
        SelectAnswers answers = new();
        string verb = readOnly ? "EXAMINE" : "SELECT";
        ImapReply reply = await Ask(Line(verb).String(_names.Wire(folder), _names.Utf8), answers, cancel).ConfigureAwait(false);
        _exchange.News = false;
        return new ImapFolderState(folder, answers.UidValidity, answers.UidNext, answers.Exists, readOnly || reply.Code.Name == "READ-ONLY");
    }

    public Task Create(string folder, CancellationToken cancel) => Ask(Line("CREATE").String(_names.Wire(folder), _names.Utf8), ImapAnswers.None, cancel);

    /// <summary>UIDs in ascending order without repetition that meet the criteria (<c>ALL</c>, <c>SINCE 1-Jan-2026</c>); the caller vouches for their syntax.</summary>
    /// <exception cref="ArgumentException">More than one line, a literal, or letters outside ASCII.</exception>
    public Task<IReadOnlyList<uint>> Search(string criteria, CancellationToken cancel) =>
        Search(new ImapLine("UID SEARCH", $"UID SEARCH {ImapLine.Checked(criteria, nameof(criteria))}"), cancel);

    /// <summary>UIDs of messages with this Message-ID (without brackets).</summary>
    public Task<IReadOnlyList<uint>> SearchMessageId(string messageId, CancellationToken cancel)
    {
        if (!FolderNames.Possible(messageId))
            throw new ArgumentException("Not a Message-ID.", nameof(messageId));
        // Under UTF8=ACCEPT a charset must not be named (RFC 6855 §3).
        bool charset = !_names.Utf8 && messageId.Any(letter => letter > '~');
        ImapLine line = new("UID SEARCH", charset ? "UID SEARCH CHARSET UTF-8 HEADER Message-ID" : "UID SEARCH HEADER Message-ID");
        return Search(line.String($"<{messageId}>", _names.Utf8), cancel);
    }

    /// <summary>UIDs from <paramref name="first"/> on (<c>UID n:*</c>, without the last one that servers give when there is none).</summary>
    public async Task<IReadOnlyList<uint>> SearchFrom(uint first, CancellationToken cancel)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"UID {Math.Max(first, 1)}:*");
        IReadOnlyList<uint> found = await Search(range, cancel).ConfigureAwait(false);
        return [.. found.Where(uid => uid >= first)];
    }

    /// <summary>Size, date and flags; of messages that are gone there is nothing.</summary>
    public async Task<IReadOnlyList<ImapMail>> Fetch(IReadOnlyList<uint> uids, CancellationToken cancel)
    {
        List<ImapMail> mails = [];
        foreach (UidRun run in UidSet.Split(uids))
        {
            FetchAnswers answers = new(run.Uids);
            await Ask(new ImapLine("UID FETCH", $"UID FETCH {run.Text} (UID RFC822.SIZE INTERNALDATE FLAGS)"), answers, cancel).ConfigureAwait(false);
            mails.AddRange(answers.Mails);
        }
        return mails;
    }

    /// <summary>Whole messages, one command each, several on the way at once. Ends each in order, also those that the server refuses.</summary>
    public Task FetchBodies(IReadOnlyList<uint> uids, IImapReceiver receiver, CancellationToken cancel) =>
        new BodyWindow(_exchange, receiver, cancel).Run(uids);

    /// <summary>One section of one message; a large one (<paramref name="size"/>) in slices. A refusal is told to the receiver, not thrown.</summary>
    public Task FetchBody(uint uid, ImapSection section, long? size, IImapReceiver receiver, CancellationToken cancel) =>
        new BodySlices(_exchange, receiver, cancel).Run(uid, section, size);

    /// <summary>Sets a flag or takes it away, silently.</summary>
    public Task Store(IReadOnlyList<uint> uids, string flag, bool on, CancellationToken cancel)
    {
        string change = $"{(on ? '+' : '-')}FLAGS.SILENT ({ImapLine.Flag(flag)})";
        return ForEach(uids, "UID STORE", line => line.Text($" {change}"), cancel);
    }

    public Task Copy(IReadOnlyList<uint> uids, string folder, CancellationToken cancel) => ForEach(uids, "UID COPY", Into(folder), cancel);

    /// <summary>Needs the capability MOVE.</summary>
    public Task Move(IReadOnlyList<uint> uids, string folder, CancellationToken cancel) => ForEach(uids, "UID MOVE", Into(folder), cancel);

    /// <summary>UID EXPUNGE: only these, and only if they are marked as deleted. Needs the capability UIDPLUS.</summary>
    public Task Expunge(IReadOnlyList<uint> uids, CancellationToken cancel) => ForEach(uids, "UID EXPUNGE", line => line, cancel);

    /// <summary>Puts a message into a folder; its lines end with CRLF.</summary>
    public Task Append(string folder, IReadOnlyList<string> flags, DateTimeOffset? date, ReadOnlyMemory<byte> mail, CancellationToken cancel)
    {
        ImapLine line = Line("APPEND").String(_names.Wire(folder), _names.Utf8).Text($" ({string.Join(' ', flags.Select(ImapLine.Flag))}) ");
        if (date is { } when)
            line.Text($"\"{ImapText.Date(when)}\" ");
        return Ask(line.Literal(mail), ImapAnswers.None, cancel);
    }

    /// <summary>IDLE (RFC 2177) until news come or the time is over; true: there are news. Needs the capability IDLE.</summary>
    public Task<bool> Idle(TimeSpan most, CancellationToken cancel) => new ImapIdle(_exchange).Run(most, cancel);

    public Task Noop(CancellationToken cancel) => Ask(Line("NOOP"), ImapAnswers.None, cancel);

    /// <summary>LOGOUT; a server that does not answer is no error.</summary>
    public async Task Logout(CancellationToken cancel)
    {
        if (!Usable)
            return;
        try
        {
            await _exchange.Try(new ImapLine(ImapExchange.Logout, ImapExchange.Logout) { Time = FarewellTime }, ImapAnswers.None, cancel).ConfigureAwait(false);
        }
        catch (ImapBroken)
        {
            // It is gone either way.
        }
        _exchange.Leave();
    }

    public ValueTask DisposeAsync()
    {
        _exchange.Leave();
        _exchange.Stream.Dispose();
        return ValueTask.CompletedTask;
    }

    private const string Inbox = "INBOX";

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private readonly ImapExchange _exchange;
    private readonly FolderNames _names = new();

    private ImapClient(ImapClientOptions options, TimeProvider clock) => _exchange = new ImapExchange(new ImapStream(options, clock), options.Timeouts.Command);

    private static ImapLine Line(string verb) => new(verb, verb);

    private Task<ImapReply> Ask(ImapLine line, ImapAnswers answers, CancellationToken cancel) => _exchange.Ask(line, answers, cancel);

    private async Task<IReadOnlyList<uint>> Search(ImapLine line, CancellationToken cancel)
    {
        SearchAnswers answers = new();
        await Ask(line, answers, cancel).ConfigureAwait(false);
        return [.. answers.Found.Order().Distinct()];
    }

    private Func<ImapLine, ImapLine> Into(string folder)
    {
        byte[] wire = _names.Wire(folder);
        return line => line.String(wire, _names.Utf8);
    }

    private async Task ForEach(IReadOnlyList<uint> uids, string verb, Func<ImapLine, ImapLine> rest, CancellationToken cancel)
    {
        foreach (UidRun run in UidSet.Split(uids))
            await Ask(rest(new ImapLine(verb, $"{verb} {run.Text}")), ImapAnswers.None, cancel).ConfigureAwait(false);
    }
}
