namespace MailInbox.Mail.Smtp.Data;

/// <summary>Counts the Received fields of a header that passes by in pieces, and those written by this host (RFC 5321 §6.3).</summary>
internal sealed class TraceCount(string hostName)
{
    public int Hops { get; private set; }

    public int OwnHops { get; private set; }

    /// <summary>Takes a piece of a line, without its line end.</summary>
    public void Take(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
            return;
        if (_name == 0)
            piece = StartLine(piece);
        while (!piece.IsEmpty && _name is > 0 and < NameLength)
        {
            _name = (piece[0] | 0x20) == (Name[_name] | 0x20) ? _name + 1 : Other;
            piece = piece[1..];
            if (_name == NameLength)
                (Hops, _word, _inReceived) = (Hops + 1, 1, true);
        }
        if (_inReceived && _name != Other)
            foreach (byte letter in piece)
                Follow(letter);
    }

    public void EndLine()
    {
        if (_inReceived)
            Follow((byte)' ');
        _name = 0;
    }

    private const int Other = -1;
    private const int NameLength = 9;
    private static ReadOnlySpan<byte> Name => "Received:"u8;

    // How much of the field name the line has shown; within "by host" how far the words have come:
    // 0 inside another word, 1 between words, 2 "b", 3 "by", 4 space after it, from 5 on letters of the host.
    private int _name, _word;
    private bool _inReceived;

    private ReadOnlySpan<byte> StartLine(ReadOnlySpan<byte> piece)
    {
        if (piece[0] is (byte)' ' or (byte)'\t')
        {
            _name = NameLength;
            return piece;
        }
        _inReceived = false;
        _name = (piece[0] | 0x20) == 'r' ? 1 : Other;
        return piece[1..];
    }

    private void Follow(byte letter)
    {
        bool space = letter is (byte)' ' or (byte)'\t';
        bool end = space || letter is (byte)';' or (byte)'(' or (byte)')';
        if (_word >= 4 && end && _word - 4 == hostName.Length)
        {
            OwnHops++;
            _word = 1;
        }
        else if (_word == 3 && space)
            _word = 4;
        else if (space)
            _word = _word == 4 ? 4 : 1;
        else if (_word >= 4)
            _word = _word - 4 < hostName.Length && Same(letter, hostName[_word - 4]) ? _word + 1 : 0;
        else
            _word = (_word, letter | 0x20) switch { (1, 'b') => 2, (2, 'y') => 3, _ => 0 };
    }

    private static bool Same(byte letter, char other) => char.ToLowerInvariant((char)letter) == char.ToLowerInvariant(other);
}
