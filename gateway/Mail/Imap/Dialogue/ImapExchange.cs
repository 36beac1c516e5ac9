using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>The client's half of the talk: commands out with their tags, responses in, each command within its time.</summary>
internal sealed class ImapExchange(ImapStream stream, TimeSpan time)
{
    /// <summary>The command during which BYE is no bad news.</summary>
    public const string Logout = "LOGOUT";

    public ImapStream Stream => stream;

    public ImapReader Reader { get; } = new(stream);

    /// <summary>In upper case, as last told.</summary>
    public HashSet<string> Capabilities { get; } = new(StringComparer.Ordinal);

    /// <summary>Capabilities were told since this was last set to false.</summary>
    public bool CapabilitiesTold { get; set; }

    /// <summary>Untagged news were heard that no command asked for.</summary>
    public bool News { get; set; }

    /// <summary>No command is under way, and the wire is whole.</summary>
    public bool Usable { get; private set; }

    /// <summary>Time for the answer to a command.</summary>
    public TimeSpan Time => time;

    /// <summary>Sends a command and waits for its end.</summary>
    /// <exception cref="ImapRefusal">The server refuses it.</exception>
    public async Task<ImapReply> Ask(ImapLine line, ImapAnswers answers, CancellationToken cancel)
    {
        ImapReply reply = await Try(line, answers, cancel).ConfigureAwait(false);
        return reply.Ok ? reply : throw reply.Refusal(line.Verb);
    }

    /// <summary>Sends a command and waits for its end, whatever that is.</summary>
    public async Task<ImapReply> Try(ImapLine line, ImapAnswers answers, CancellationToken cancel)
    {
        Claim(line.Verb, cancel);
        stream.Deadline.Start(line.Time ?? time);
        ImapReply? end = await Send(NextTag(), line, answers, cancel).ConfigureAwait(false);
        while (end is null)
            end = await Hear(answers, cancel).ConfigureAwait(false) is { Ends: true } reply ? reply : null;
        Release();
        return end;
    }

    /// <summary>Sends a command whose challenges are answered.</summary>
    /// <param name="answer">Answers a challenge with a line.</param>
    public async Task<ImapReply> Converse(ImapLine line, Func<string, string> answer, CancellationToken cancel)
    {
        Claim(line.Verb, cancel);
        stream.Deadline.Start(time);
        ImapReply? end = await Send(NextTag(), line, ImapAnswers.None, cancel).ConfigureAwait(false);
        for (int count = 0; end is null;)
        {
            ImapReply reply = await Hear(ImapAnswers.None, cancel).ConfigureAwait(false);
            if (reply.Ends)
                end = reply;
            else if (reply.Tag == ImapReply.Go)
            {
                if (++count > ImapLimits.Challenges)
                    throw ImapReader.TooLarge();
                stream.Write(Encoding.ASCII.GetBytes($"{answer(reply.Text)}\r\n"));
                await stream.Flush(cancel).ConfigureAwait(false);
            }
        }
        Release();
        return end;
    }

    /// <summary>The wire is ours until <see cref="Release"/>; what is thrown in between leaves it of no use.</summary>
    /// <exception cref="ImapBroken">It is of no use already.</exception>
    public void Claim(string verb, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!Usable)
            throw new ImapBroken(ImapFault.Closed, "The connection is of no more use.");
        (Usable, _verb) = (false, verb);
    }

    public void Release() => Usable = _pending.Count == 0;

    /// <summary>No command may follow.</summary>
    public void Leave() => Usable = false;

    public string NextTag()
    {
        string tag = string.Create(CultureInfo.InvariantCulture, $"A{++_count}");
        _pending.Add(tag);
        return tag;
    }

    /// <summary>Puts a command without literals into the buffer.</summary>
    public void Write(string tag, string command) => stream.Write(Encoding.ASCII.GetBytes($"{tag} {command}\r\n"));

    /// <summary>Sends a command. Not null: the server ended it before all was out.</summary>
    public async Task<ImapReply?> Send(string tag, ImapLine line, ImapAnswers answers, CancellationToken cancel)
    {
        stream.Write(Encoding.ASCII.GetBytes($"{tag} "));
        foreach (ImapPiece piece in line.Pieces)
        {
            if (!piece.Literal)
            {
                stream.Write(piece.Bytes.Span);
                continue;
            }
            bool atOnce = Capabilities.Contains("LITERAL+") || (Capabilities.Contains("LITERAL-") && piece.Bytes.Length <= ImapLimits.ShortLiteral);
            stream.Write(Encoding.ASCII.GetBytes($"{{{piece.Bytes.Length}{(atOnce ? "+" : "")}}}\r\n"));
            if (!atOnce && await Refused(answers, cancel).ConfigureAwait(false) is { } end)
                return end;
            await stream.Send(piece.Bytes, cancel).ConfigureAwait(false);
        }
        stream.Write("\r\n"u8);
        await stream.Flush(cancel).ConfigureAwait(false);
        return null;
    }

    /// <summary>The first words of a server.</summary>
    /// <exception cref="ImapRefusal">It says BYE.</exception>
    public async Task<ImapReply> Greet(CancellationToken cancel)
    {
        stream.Deadline.Start(time);
        ImapReply greeting = await Hear(ImapAnswers.None, cancel).ConfigureAwait(false);
        if (greeting.Tag != ImapReply.Untagged || greeting.Word is not ("OK" or "PREAUTH"))
            throw NotImap();
        Usable = true;
        return greeting;
    }

    /// <summary>One response. Untagged data go to the answers, or become news.</summary>
    /// <exception cref="ImapRefusal">BYE.</exception>
    public async ValueTask<ImapReply> Hear(ImapAnswers answers, CancellationToken cancel)
    {
        while (true)
        {
            Reader.Begin();
            string tag = await Reader.Word(cancel).ConfigureAwait(false);
            if (tag.Length == 0 && await Reader.Peek(cancel).ConfigureAwait(false) == ImapReader.End)
            {
                await Reader.Finish(cancel).ConfigureAwait(false); // Some servers send an empty line between responses.
                continue;
            }
            if (tag == ImapReply.Untagged)
                return await Untagged(answers, cancel).ConfigureAwait(false);
            if (tag == ImapReply.Go)
                return await Status(tag, "", cancel).ConfigureAwait(false);
            if (!_pending.Remove(tag))
                throw NotImap();
            string word = (await Reader.Word(cancel).ConfigureAwait(false)).ToUpperInvariant();
            ImapReply end = await Status(tag, word, cancel).ConfigureAwait(false);
            return word is "OK" or "NO" or "BAD" ? end : throw NotImap();
        }
    }

    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);
    private string _verb = "greeting";
    private int _count;

    private async Task<ImapReply?> Refused(ImapAnswers answers, CancellationToken cancel)
    {
        await stream.Flush(cancel).ConfigureAwait(false);
        while (true)
        {
            ImapReply reply = await Hear(answers, cancel).ConfigureAwait(false);
            if (reply.Tag == ImapReply.Go)
                return null;
            if (reply.Ends)
                return reply;
        }
    }

    private async ValueTask<ImapReply> Untagged(ImapAnswers answers, CancellationToken cancel)
    {
        string word = (await Reader.Word(cancel).ConfigureAwait(false)).ToUpperInvariant();
        long? number = ImapText.Number(word);
        if (word.Length > 0 && (char.IsAsciiDigit(word[0]) || word[0] == '-'))
            word = (await Reader.Word(cancel).ConfigureAwait(false)).ToUpperInvariant();
        if (word is "OK" or "NO" or "BAD" or "BYE" or "PREAUTH")
        {
            ImapReply reply = await Status(ImapReply.Untagged, word, cancel).ConfigureAwait(false);
            if (word == "BYE" && _verb != Logout)
                throw reply.Refusal(_verb);
            answers.Told(reply.Code);
            return reply;
        }
        if (word == "CAPABILITY")
            Learn(await Reader.Rest(cancel).ConfigureAwait(false));
        else if (!await answers.Take(Reader, number, word, cancel).ConfigureAwait(false) && word is "EXISTS" or "EXPUNGE" or "FETCH" or "RECENT")
            News = true;
        await Reader.Finish(cancel).ConfigureAwait(false);
        return new ImapReply(ImapReply.Untagged, word, ImapCode.None, "");
    }

    private async ValueTask<ImapReply> Status(string tag, string word, CancellationToken cancel)
    {
        ImapCode code = word.Length > 0 ? await Reader.Code(cancel).ConfigureAwait(false) : ImapCode.None;
        string text = ImapText.Decode(await Reader.Rest(cancel).ConfigureAwait(false));
        await Reader.Finish(cancel).ConfigureAwait(false);
        if (code.Name == "CAPABILITY")
            Learn(code.Arguments.Select(value => value.Text));
        return new ImapReply(tag, word, code, text);
    }

    private void Learn(byte[] words) => Learn(ImapText.Decode(words).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private void Learn(IEnumerable<string> words)
    {
        Capabilities.Clear();
        Capabilities.UnionWith(words.Select(word => word.ToUpperInvariant()));
        CapabilitiesTold = true;
    }

    private static ImapBroken NotImap() => new(ImapFault.Unreadable, "The server's answer is not IMAP.");
}
