using System.Buffers;
using System.Globalization;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>What may be written: strict, since other people's servers read it.</summary>
internal static class MessageComposerChecks
{
    private const int MaxAddress = 320;
    private const int MaxId = 900;
    private const int MaxKeyword = 200;

    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n\0");
    private static readonly SearchValues<char> Atoms = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    public static void Check(MailDraft draft)
    {
        Addresses(nameof(MailDraft.From), [draft.From]);
        Addresses(nameof(MailDraft.To), draft.To);
        Addresses(nameof(MailDraft.Cc), draft.Cc);
        Addresses(nameof(MailDraft.ReplyTo), draft.ReplyTo);
        Unbroken(nameof(MailDraft.Subject), draft.Subject);
        Id(nameof(MailDraft.MessageId), draft.MessageId);
        foreach (string id in draft.InReplyTo) Unbroken(nameof(MailDraft.InReplyTo), id);
        foreach (string id in draft.References) Unbroken(nameof(MailDraft.References), id);
        Plain(nameof(MailDraft.AutoSubmitted), draft.AutoSubmitted ?? "");
        Files(nameof(MailDraft.Inline), draft.Inline);
        Files(nameof(MailDraft.Attachments), draft.Attachments);
    }

    /// <summary>An id that fits between angle brackets in one line.</summary>
    public static bool IsWritableId(string id) => id.Length is > 0 and <= MaxId && id.All(c => c is > ' ' and <= '~' and not ('<' or '>'));

    public static bool IsAtom(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Atoms);

    /// <summary>
    /// The address as it goes out: domain in ASCII (RFC 5891), local part quoted where it needs to be. Null when it is none: one
    /// <c>@</c> outside quotes, no spaces or controls, an ASCII local part that no reader takes for an encoded word, a domain of letters, digits and hyphens or a literal.
    /// </summary>
    public static string? WritableAddress(string address)
    {
        int at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1 || address.Length > MaxAddress) return null;
        string? local = LocalPart(address[..at]);
        string? domain = Domain(address[(at + 1)..]);
        return local is null || domain is null ? null : $"{local}@{domain}";
    }

    private static string? LocalPart(string local)
    {
        if (HoldsEncodedWord(local)) return null;
        if (local.Length > 2 && local[0] == '"' && local[^1] == '"') return IsQuotedText(local[1..^1]) ? local : null;
        if (local.AsSpan().ContainsAnyExcept(Atoms) && !local.Split('.').All(part => part.Length == 0 || IsAtom(part))) return null;
        bool dots = local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal);
        // Some Japanese carriers gave such names out; RFC 5321 §4.1.2 takes them quoted.
        return dots ? $"\"{local}\"" : local;
    }

    /// <summary>Lenient readers decode <c>=?utf-8?q?…</c> in an address too, and send to another one.</summary>
    private static bool HoldsEncodedWord(ReadOnlySpan<char> local)
    {
        while (local.IndexOf("=?") is >= 0 and int at)
        {
            local = local[(at + 2)..];
            int mark = local.IndexOf('?');
            if (mark > 0 && mark + 2 < local.Length && (local[mark + 1] is 'b' or 'B' or 'q' or 'Q') && local[mark + 2] == '?') return true;
        }
        return false;
    }

    private static bool IsQuotedText(string inner)
    {
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] is < ' ' or > '~' or '"') return false;
            if (inner[i] == '\\' && (++i == inner.Length || inner[i] is < ' ' or > '~')) return false;
        }
        return true;
    }

    private static string? Domain(string domain)
    {
        if (domain is ['[', _, .., ']']) return domain[1..^1].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '-') ? domain : null;
        string ascii;
        try
        {
            ascii = domain.All(char.IsAscii) ? domain : Idn.GetAscii(domain.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
        return ascii.Length <= 253 && ascii.Split('.').All(IsLabel) ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static void Addresses(string field, IReadOnlyList<MailAddress> addresses)
    {
        foreach (MailAddress address in addresses)
        {
            Unbroken(field, address.Name);
            if (WritableAddress(address.Address) is null) throw new ArgumentException("Not an address that mail can be sent to.", field);
        }
    }

    private static void Files(string field, IReadOnlyList<MailFile> files)
    {
        foreach (MailFile file in files)
        {
            Unbroken(field, file.FileName);
            Unbroken(field, file.Type);
            foreach ((_, string value) in file.Parameters) Unbroken(field, value);
            if (file.ContentId.Length > 0) Id(field, file.ContentId);
        }
    }

    private static void Id(string field, string id)
    {
        if (!IsWritableId(id)) throw new ArgumentException("Not an id: ASCII without spaces and angle brackets.", field);
    }

    private static void Plain(string field, string value)
    {
        if (value.Length > MaxKeyword || !value.All(c => c is >= ' ' and <= '~')) throw new ArgumentException("A keyword is short and holds ASCII alone.", field);
    }

    private static void Unbroken(string field, string value)
    {
        if (value.AsSpan().ContainsAny(Breaks)) throw new ArgumentException("A header value holds no line break and no NUL.", field);
    }
}
