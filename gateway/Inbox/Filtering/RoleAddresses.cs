using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Filtering;

/// <summary>Step 5, first half: mail from a local part that stands for a role (marketing@, no-reply@).</summary>
internal static class RoleAddresses
{
    // RFC 5321 §4.5.1, RFC 2142 §5: delivery reports and postmasters are heard, whatever a list says.
    private static readonly string[] NeverRole = ["mailer-daemon", "postmaster"];

    public static Finding Look(MailFacts facts, InboxFilters filters)
    {
        if (!filters.FilterRoleAddresses)
        {
            return Finding.Pass("role", "Role addresses are not filtered here", filters.SourceOf("roleAddresses.filter"));
        }

        // A mail without From still has a sender on its envelope.
        IEnumerable<string> senders = facts.From.Count > 0 || facts.EnvelopeFrom.Length == 0 ? facts.From : [facts.EnvelopeFrom];
        Finding? exception = null;
        foreach (string address in senders)
        {
            if (RoleOf(address, filters) is not { } role)
            {
                continue;
            }

            if (filters.RoleExcept.FirstOrDefault(p => p.Matches(address)) is not { } except)
            {
                return Finding.Filter("role", $"{Finding.Shown(address)} is a role address", filters.SourceOf($"localParts.{role}"));
            }

            exception ??= Finding.Pass("role", $"{Finding.Shown(address)} is a role address, but excepted", except.Source);
        }

        return exception ?? Finding.Pass("role", "Not a role address", "filters.json");
    }

    private static string? RoleOf(string address, InboxFilters filters)
    {
        int at = address.LastIndexOf('@');
        ReadOnlySpan<char> local = at < 0 ? address : address.AsSpan(0, at);
        int plus = local.IndexOf('+');
        string part = (plus > 0 ? local[..plus] : local).ToString().ToLowerInvariant();
        return !NeverRole.Contains(part) && filters.RoleLocalParts.Contains(part) ? part : null;
    }
}
