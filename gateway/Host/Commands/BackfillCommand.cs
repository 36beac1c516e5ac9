using MailInbox.Host.Control;
using MailInbox.Inbox.Configuration;

namespace MailInbox.Host.Commands;

/// <summary><c>mailinbox backfill INBOX --since DATE</c>: fetches mail that was in the mailboxes of an inbox before we were.</summary>
internal static class BackfillCommand
{
    public static async Task<int> Run(GatewaySettings settings, string inbox, DateOnly since, CancellationToken cancel)
    {
        ProgressBar bar = new(Console.Out, !Console.IsOutputRedirected);
        long total = 0;
        bool faulty = false;
        int status = await ControlAnswers.Of(settings, new ControlRequest(ControlRequest.Backfill, inbox, since), Tell, cancel);
        bar.End();
        return faulty ? 1 : status;

        void Tell(ControlAnswer answer)
        {
            if (answer.Report is { Fault.Length: > 0 } broken)
            {
                faulty = true;
                Console.Error.WriteLine($"{SourceOptions.WordsOf(broken.Source)} {broken.Folder}: {broken.Fault}");
            }
            else if (answer.Report is { } report)
            {
                Console.WriteLine($"{SourceOptions.WordsOf(report.Source)}, {report.Folder}: {report.OnServer:N0} messages since {since:yyyy-MM-dd}, {report.Holes:N0} of them new here");
                total += report.Holes;
            }
            else
            {
                total = Math.Max(total, answer.Waiting ?? 0);
                bar.Draw(total - (answer.Waiting ?? 0), total, "fetched and filed");
            }
        }
    }
}
