using System.Buffers;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>
/// Reads one response after the other, value by value as the caller asks for them (RFC 9051 §4, §9). Bears what servers really send: bare LF,
/// brackets and plus signs in atoms, lists and quotes that never end. What is read is bounded by <see cref="ImapLimits"/>.
/// </summary>
internal sealed class ImapReader(ImapStream stream)
{
    /// <summary>What <see cref="Peek"/> says at the end of a line.</summary>
    public const int End = -1;

    /// <summary>A new response.</summary>
    public void Begin() => _left = ImapLimits.Text;

    /// <summary>The next byte of the line, which stays.</summary>
    public ValueTask<int> Peek(CancellationToken cancel)
    {
        ReadOnlySpan<byte> here = stream.Unread.Span;
        return here.Length > 0 && here[0] is not ((byte)'\r' or (byte)'\n') ? new ValueTask<int>(here[0]) : PeekEnd(cancel);
    }

    /// <summary>The next byte that is no blank.</summary>
    public async ValueTask<int> PeekWord(CancellationToken cancel)
    {
        int next;
        while ((next = await Peek(cancel).ConfigureAwait(false)) is ' ' or '\t')
            Take();
        return next;
    }

    public void Take()
    {
        stream.Take(1);
        Charge(1);
    }

    /// <summary>An atom; empty where none stands.</summary>
    public async ValueTask<string> Word(CancellationToken cancel)
    {
        await PeekWord(cancel).ConfigureAwait(false);
        _text.ResetWrittenCount();
        return (await Atom(false, cancel).ConfigureAwait(false)).Text;
    }

    /// <summary>Name of a FETCH item, with its section, in which blanks and parentheses stand.</summary>
    public async ValueTask<string> ItemName(CancellationToken cancel)
    {
        _text.ResetWrittenCount();
        bool section = false;
        int next;
        while ((next = await Peek(cancel).ConfigureAwait(false)) != End && (section || next is not (' ' or '\t' or '(' or ')')))
        {
            if (next == '{' && !section && _text.WrittenCount > 0)
                break;
            section = next == '[' || (section && next != ']');
            Keep(next);
        }
        return ImapText.Decode(_text.WrittenSpan).ToUpperInvariant();
    }

    /// <summary>One value, a list with all that is in it; null where none stands. In a response code <c>]</c> ends an atom.</summary>
    public async ValueTask<ImapValue?> Value(CancellationToken cancel, bool inCode = false)
    {
        Stack<List<ImapValue>> open = new();
        for (int count = 0; count <= ImapLimits.Values;)
        {
            int next = await PeekWord(cancel).ConfigureAwait(false);
            bool outside = open.Count == 0;
            if (outside && (next is ')' or End || (inCode && next == ']')))
                return null;
            if (next == '(')
            {
                Take();
                open.Push(open.Count < ImapLimits.Nesting ? [] : throw TooLarge());
                continue;
            }
            if (next == ')')
                Take();
            ImapValue value = next is ')' or End ? ImapValue.Of(open.Pop()) : await Scalar(next, inCode && outside, cancel).ConfigureAwait(false);
            if (open.Count == 0)
                return value;
            open.Peek().Add(value);
            count++;
        }
        throw TooLarge();
    }

    /// <summary>A response code with its brackets; none where none stands.</summary>
    public async ValueTask<ImapCode> Code(CancellationToken cancel)
    {
        if (await PeekWord(cancel).ConfigureAwait(false) != '[')
            return ImapCode.None;
        Take();
        List<ImapValue> values = [];
        while (await Value(cancel, inCode: true).ConfigureAwait(false) is { } value)
            values.Add(values.Count < ImapLimits.Values ? value : throw TooLarge());
        if (await Peek(cancel).ConfigureAwait(false) == ']')
            Take();
        return values.Count == 0 ? ImapCode.None : new ImapCode(values[0].Text.ToUpperInvariant(), values[1..]);
    }

    /// <summary>Reads over one value.</summary>
    public async ValueTask Skip(CancellationToken cancel)
    {
        int depth = 0;
        do
        {
            int next = await PeekWord(cancel).ConfigureAwait(false);
            if (next == End || (next == ')' && depth == 0))
                return;
            depth += next switch { '(' => 1, ')' => -1, _ => 0 };
            if (next is '(' or ')')
                Take();
            else
                await Scalar(next, false, cancel).ConfigureAwait(false);
        }
        while (depth > 0);
    }

    /// <summary>The rest of the line as bytes, in which nothing has a meaning.</summary>
    public async ValueTask<byte[]> Rest(CancellationToken cancel)
    {
        await PeekWord(cancel).ConfigureAwait(false);
        _text.ResetWrittenCount();
        int next;
        while ((next = await Peek(cancel).ConfigureAwait(false)) != End)
            if (_text.WrittenCount < ImapLimits.Words)
                Keep(next);
            else
                Take();
        return _text.WrittenSpan.ToArray();
    }

    /// <summary>Reads over the rest of the response, the literals in it too, and its end.</summary>
    public async ValueTask Finish(CancellationToken cancel)
    {
        int next;
        while ((next = await PeekWord(cancel).ConfigureAwait(false)) != End)
            if (next is '(' or ')')
                Take();
            else
                await Scalar(next, false, cancel).ConfigureAwait(false);
        TakeEnd();
    }

    /// <summary>Begins a string that is too large for memory: its length. Null: it was something else, and read over.</summary>
    public async ValueTask<long?> OpenString(CancellationToken cancel)
    {
        (_string, _piece, _held) = (0, 0, default);
        int next = await PeekWord(cancel).ConfigureAwait(false);
        if (next == '"')
            return (_held = (await Quoted(cancel).ConfigureAwait(false)).Bytes).Length;
        if (next is not ('{' or '~'))
            await Skip(cancel).ConfigureAwait(false);
        else if (await Literal(cancel).ConfigureAwait(false) is { } length)
            return _string = length;
        else
            await Atom(false, cancel).ConfigureAwait(false);
        return null;
    }

    /// <summary>The next bytes of the string that was opened, good until the next call; none at its end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Piece(CancellationToken cancel)
    {
        stream.Take(_piece);
        _piece = 0;
        if (_held.Length > 0)
        {
            ReadOnlyMemory<byte> held = _held;
            _held = default;
            return held;
        }
        if (_string == 0)
            return default;
        if (stream.Unread.Length == 0)
            await stream.Fill(cancel).ConfigureAwait(false);
        _piece = (int)Math.Min(stream.Unread.Length, _string);
        _string -= _piece;
        stream.Deadline.Earn(_piece);
        return stream.Unread[.._piece];
    }

    /// <summary>Reads over the string that was opened.</summary>
    public async ValueTask DropString(CancellationToken cancel)
    {
        Charge(_string);
        while ((await Piece(cancel).ConfigureAwait(false)).Length > 0)
        {
        }
    }

    public static ImapBroken TooLarge() => new(ImapFault.Unreadable, "The server's answer is larger than any sound one.");

    private const int LengthDigits = 18;

    private readonly ArrayBufferWriter<byte> _text = new(256);
    private ReadOnlyMemory<byte> _held;
    private long _left = ImapLimits.Text, _string;
    private int _piece;

    private async ValueTask<int> PeekEnd(CancellationToken cancel)
    {
        if (stream.Unread.Length == 0)
            await stream.Fill(cancel).ConfigureAwait(false);
        if (stream.Unread.Length == 1 && stream.Unread.Span[0] == '\r')
            await stream.Fill(cancel).ConfigureAwait(false);
        byte next = stream.Unread.Span[0];
        return next == '\n' || (next == '\r' && stream.Unread.Span[1] == '\n') ? End : next;
    }

    private void TakeEnd()
    {
        if (stream.Unread.Span[0] == '\r')
            Take();
        Take();
    }

    private void Keep(int next)
    {
        if (_text.WrittenCount >= ImapLimits.String)
            throw TooLarge();
        _text.GetSpan(1)[0] = (byte)next;
        _text.Advance(1);
        Take();
    }

    private void Charge(long bytes)
    {
        if ((_left -= bytes) < 0)
            throw TooLarge();
    }

    private async ValueTask<ImapValue> Scalar(int next, bool inCode, CancellationToken cancel)
    {
        if (next == '"')
            return await Quoted(cancel).ConfigureAwait(false);
        _text.ResetWrittenCount();
        if (next is '{' or '~' && await Literal(cancel).ConfigureAwait(false) is { } length)
            return await Short(length, cancel).ConfigureAwait(false);
        return await Atom(inCode, cancel).ConfigureAwait(false);
    }

    /// <summary>Goes on with an atom of which the beginning may be in <see cref="_text"/>.</summary>
    private async ValueTask<ImapValue> Atom(bool inCode, CancellationToken cancel)
    {
        int next;
        while ((next = await Peek(cancel).ConfigureAwait(false)) is not (End or ' ' or '\t' or '(' or ')') && !(inCode && next == ']'))
            Keep(next);
        bool nil = _text.WrittenCount == 3 && ImapText.Decode(_text.WrittenSpan).Equals("NIL", StringComparison.OrdinalIgnoreCase);
        return nil ? ImapValue.Nil : ImapValue.Of(_text.WrittenSpan.ToArray());
    }

    /// <summary>A quoted string; one that lacks its end ends with the line.</summary>
    private async ValueTask<ImapValue> Quoted(CancellationToken cancel)
    {
        _text.ResetWrittenCount();
        Take();
        int next;
        while ((next = await Peek(cancel).ConfigureAwait(false)) is not (End or '"'))
        {
            if (next == '\\')
            {
                Take();
                if ((next = await Peek(cancel).ConfigureAwait(false)) == End)
                    break;
            }
            Keep(next);
        }
        if (next == '"')
            Take();
        return ImapValue.Of(_text.WrittenSpan.ToArray());
    }

    /// <summary>The length before a literal: <c>{5}</c>, <c>{5+}</c>, <c>~{5}</c>, and the end of the line. Null: it only began like one.</summary>
    private async ValueTask<long?> Literal(CancellationToken cancel)
    {
        _text.ResetWrittenCount();
        if (await Peek(cancel).ConfigureAwait(false) == '~')
            Keep('~');
        if (await Peek(cancel).ConfigureAwait(false) != '{')
            return null;
        Keep('{');
        long length = 0;
        int digits = 0, next;
        while ((next = await Peek(cancel).ConfigureAwait(false)) is >= '0' and <= '9')
        {
            Keep(next);
            length = ++digits <= LengthDigits ? length * 10 + next - '0' : throw TooLarge();
        }
        if (next is '+' or '-')
            Keep(next);
        if (digits == 0 || await Peek(cancel).ConfigureAwait(false) != '}')
            return null;
        Keep('}');
        if (await Peek(cancel).ConfigureAwait(false) != End)
            return null;
        TakeEnd();
        return length;
    }

    /// <summary>A literal that is kept; memory grows with what has come, not with what was said.</summary>
    private async ValueTask<ImapValue> Short(long length, CancellationToken cancel)
    {
        Charge(length);
        _text.ResetWrittenCount();
        for (long rest = length; rest > 0;)
        {
            if (stream.Unread.Length == 0)
                await stream.Fill(cancel).ConfigureAwait(false);
            int count = (int)Math.Min(stream.Unread.Length, rest);
            if (length <= ImapLimits.String)
                _text.Write(stream.Unread.Span[..count]);
            stream.Take(count);
            rest -= count;
        }
        return length <= ImapLimits.String ? ImapValue.Of(_text.WrittenSpan.ToArray()) : ImapValue.Nil;
    }
}
