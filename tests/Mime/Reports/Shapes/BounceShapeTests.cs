using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Tests.Mime.Reports.Shapes;

/// <summary>The replies of many servers inside the notices of many systems.</summary>
public sealed class BounceShapeTests
{
    private static IEnumerable<BounceShape> Shapes => StandardShapes.All.Concat(FreeShapes.All);

    [TestCaseSource(nameof(Shapes))]
    public void Every_reply_is_understood_in(object shape)
    {
        var system = (BounceShape)shape;
        List<string> wrong = [];
        foreach (var reply in ServerReplies.All)
        {
            var report = MailReport.Read(system.For(reply.Text));
            if (report?.Kind != ReportKind.Delivery || report.Recipients.Count != 1)
            {
                wrong.Add($"NONE {report?.Kind} {string.Join(' ', report?.Recipients.Select(r => r.Address) ?? [])}: {reply}");
                continue;
            }
            var have = report.Recipients[0];
            bool id = !system.NamesMail || report.OriginalMessageId == BounceShape.MessageId;
            string faults = (have.Address == BounceShape.Recipient ? "" : $" ADDRESS {have.Address}") + (have.Action == "failed" ? "" : $" ACTION {have.Action}") + (have.Status.StartsWith(reply.Level) ? "" : $" CLASS {have.Status}")
                + (have.Hard == reply.Hard || (reply.Reason == ReportReason.UnknownUser && !reply.SaysAddress) ? "" : $" HARD {have.Hard}") + (have.Reason == reply.Reason ? "" : $" REASON {have.Reason} not {reply.Reason}") + (id ? "" : $" ID {report.OriginalMessageId}");
            if (faults.Length > 0)
                wrong.Add($"{faults.Trim()}: {reply} | {have.Status} [{have.Diagnostic}]");
        }
        foreach (string line in wrong)
            TestContext.Out.WriteLine($"@{system.Name}@ {line}");
        Assert.That(wrong, Is.Empty, $"{wrong.Count} of {ServerReplies.All.Count} in {system.Name}");
    }
}
