using System.Text;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>Names of folders in Unicode and as the server writes them. One that is written wrongly goes back as it came.</summary>
internal sealed class FolderNames
{
    /// <summary>UTF8=ACCEPT is in force (RFC 6855 §3).</summary>
    public bool Utf8 { get; set; }

    public string Read(ReadOnlySpan<byte> wire)
    {
        string text = ImapText.Decode(wire);
        if (text.Equals("INBOX", StringComparison.OrdinalIgnoreCase))
            return "INBOX";
        string name = Utf8 ? text : MailboxName.Decode(text) ?? text;
        if (_odd.Count < ImapLimits.Folders && !Write(name).AsSpan().SequenceEqual(wire))
            _odd[name] = wire.ToArray();
        return name;
    }

    /// <exception cref="ArgumentException">No folder can have such a name.</exception>
    public byte[] Wire(string name)
    {
        if (!Possible(name))
            throw new ArgumentException("No folder can have such a name.", nameof(name));
        byte[] wire = _odd.TryGetValue(name, out byte[]? odd) ? odd : Write(name);
        return wire.Length <= ImapLimits.FolderName ? wire : throw new ArgumentException("No folder has a name as long as this.", nameof(name));
    }

    public static bool Possible(string name) => name.Length > 0 && name.AsSpan().IndexOfAny('\r', '\n', '\0') < 0;

    private readonly Dictionary<string, byte[]> _odd = new(StringComparer.Ordinal);

    private byte[] Write(string name) => Encoding.UTF8.GetBytes(Utf8 ? name : MailboxName.Encode(name));
}
