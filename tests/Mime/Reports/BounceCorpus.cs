using System.Text.Json;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reports;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime.Reports;

/// <summary>What another reader of bounces found in one mail of the corpus.</summary>
internal sealed record ExpectedRecipient(string Status, string Reason, bool Hard);

/// <summary>The bounces of the corpus with what is expected of each, in a fixed order.</summary>
internal static class BounceCorpus
{
    /// <summary>Which of our reasons says what the other reader's word says.</summary>
    private static readonly Dictionary<string, ReportReason[]> Reasons = new()
    {
        ["userunknown"] = [ReportReason.UnknownUser],
        ["hasmoved"] = [ReportReason.UnknownUser],
        ["filtered"] = [ReportReason.UnknownUser, ReportReason.Policy],
        ["mailboxfull"] = [ReportReason.MailboxFull],
        ["suspend"] = [ReportReason.Disabled],
        ["hostunknown"] = [ReportReason.Domain],
        ["notaccept"] = [ReportReason.Domain],
        ["spamdetected"] = [ReportReason.Spam],
        ["feedback"] = [ReportReason.Spam, ReportReason.Policy, ReportReason.Other],
        ["mesgtoobig"] = [ReportReason.TooBig],
        ["exceedlimit"] = [ReportReason.TooBig],
        ["expired"] = [ReportReason.Network],
        ["networkerror"] = [ReportReason.Network, ReportReason.Domain],
        ["systemerror"] = [ReportReason.Other, ReportReason.Network],
        ["systemfull"] = [ReportReason.Other],
        ["mailererror"] = [ReportReason.Other],
        ["onhold"] = [ReportReason.Other],
        ["undefined"] = [ReportReason.Other],
        ["syntaxerror"] = [ReportReason.Other],
        ["delivered"] = [ReportReason.Other],
    };

    public static IEnumerable<(string Name, MimeMessage Mail, List<ExpectedRecipient> Expected)> All(string folder = "lf")
    {
        string root = Corpus.Require("bounce/sisimai");
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "expected.json")));
        foreach (var entry in expected.RootElement.EnumerateObject().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            string file = Path.Combine(root, folder, entry.Name);
            if (File.Exists(file))
                yield return (entry.Name, MimeParser.Parse(File.ReadAllBytes(file)), [.. entry.Value.EnumerateArray().Select(Read)]);
        }
    }

    public static bool Agrees(ReportReason reason, string expected) =>
        Reasons.TryGetValue(expected, out var same) ? same.Contains(reason) : reason == ReportReason.Policy;

    private static ExpectedRecipient Read(JsonElement e) =>
        new(e.GetProperty("status").GetString()!, e.GetProperty("reason").GetString()!, e.GetProperty("hard_bounce").GetBoolean());
}
