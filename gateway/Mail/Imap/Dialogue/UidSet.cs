using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>Sets of UIDs as commands take them (RFC 9051 §9, sequence-set): ascending, ranges for neighbours, no command too long.</summary>
internal static class UidSet
{
    public static IEnumerable<UidRun> Split(IEnumerable<uint> uids)
    {
        uint[] sorted = [.. uids.Order().Distinct()];
        for (int at = 0; at < sorted.Length;)
        {
            StringBuilder text = new();
            int begin = at;
            while (at < sorted.Length && at - begin < ImapLimits.SetSize && text.Length < ImapLimits.SetText)
            {
                int end = at + 1;
                while (end < sorted.Length && end - begin < ImapLimits.SetSize && sorted[end] == sorted[end - 1] + 1)
                    end++;
                text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{sorted[at]}");
                if (end - at > 1)
                    text.Append(CultureInfo.InvariantCulture, $":{sorted[end - 1]}");
                at = end;
            }
            yield return new UidRun(text.ToString(), sorted[begin..at]);
        }
    }
}

/// <param name="Text">As a command takes it.</param>
internal sealed record UidRun(string Text, IReadOnlyList<uint> Uids);
