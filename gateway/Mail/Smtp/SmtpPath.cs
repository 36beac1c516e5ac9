using System.Buffers;

namespace MailInbox.Mail.Smtp;

/// <summary>A forward or reverse path: local part and domain, source routes refused (RFC 5321 §4.1.2).</summary>
/// <param name="LocalPart">Unquoted local part, case as sent; empty for the null path.</param>
/// <param name="Domain">Domain in lower case without a trailing dot, or an address literal in brackets; empty for a bare local part such as <c>postmaster</c>.</param>
public sealed record SmtpPath(string LocalPart, string Domain)
{
    /// <summary>The null reverse path <c>&lt;&gt;</c> of delivery reports.</summary>
    public static SmtpPath Null { get; } = new("", "");

    public bool IsNull => LocalPart.Length == 0 && Domain.Length == 0;

    /// <summary><c>local@domain</c>, the local part quoted where it must be; empty for the null path.</summary>
    public string Address => IsNull ? "" : Domain.Length == 0 ? Quoted : $"{Quoted}@{Domain}";

    public override string ToString() => $"<{Address}>";

    private static readonly SearchValues<char> _special = SearchValues.Create(" \t\"(),:;<>@[\\]");

    private string Quoted => LocalPart.Length > 0 && !LocalPart.AsSpan().ContainsAny(_special)
        ? LocalPart
        : $"\"{LocalPart.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
