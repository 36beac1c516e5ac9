using System.Globalization;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Mailboxes.Watching;

/// <summary>Tries a mailbox step by step on a connection of its own, and says what it found.</summary>
public sealed class SourceTests(MailboxConnections connections)
{
    public async Task<SourceTest> Run(SourceOptions source, CancellationToken cancel)
    {
        List<SourceTestStep> steps = [];
        try
        {
            await using ImapClient client = await connections.Open(source, cancel);
            string protection = source.Security switch { WireSecurity.Tls => "by TLS", WireSecurity.StartTls => "by STARTTLS", _ => "without TLS" };
            steps.Add(Good(string.Create(CultureInfo.InvariantCulture, $"Reached {source.Host}:{source.Port} {protection} and signed in as {source.User}")));
            foreach (string folder in source.Folders)
            {
                steps.Add(await Folder(client, source, folder, cancel));
            }

            steps.Add(Listening(client, source));
            if (Afterwards(client, source) is { } afterwards)
            {
                steps.Add(afterwards);
            }

            await client.Logout(cancel);
        }
        catch (Exception failure) when (failure is ImapRefusal or ImapBroken or TokenRefusal)
        {
            steps.Add(Bad(failure, source));
        }

        return new SourceTest(steps.TrueForAll(s => s.Good), steps);
    }

    private static async Task<SourceTestStep> Folder(ImapClient client, SourceOptions source, string folder, CancellationToken cancel)
    {
        try
        {
            ImapFolderState state = await client.Select(folder, readOnly: true, cancel);
            return Good(string.Create(CultureInfo.InvariantCulture, $"Folder {folder}: {state.Exists:N0} messages{(state.UidValidity is null ? "; the server gives no lasting numbers, so each connection compares all of them" : "")}"));
        }
        catch (ImapRefusal refusal) when (refusal.Status != ImapStatus.Bye)
        {
            return Bad(refusal, source);
        }
    }

    private static SourceTestStep Listening(ImapClient client, SourceOptions source) => client.Capabilities.Contains("IDLE")
        ? Good("New mail is told at once (IDLE)")
        : Good($"The server does not tell of new mail: it is asked every {source.Every}");

    /// <summary>Null when nothing is to be done on the server.</summary>
    private static SourceTestStep? Afterwards(ImapClient client, SourceOptions source) => source.Afterwards.Act switch
    {
        AfterwardsAct.Leave => null,
        AfterwardsAct.Seen => Good("Filed mail is marked as read"),
        AfterwardsAct.Move when client.Capabilities.Contains("MOVE") || client.Capabilities.Contains("UIDPLUS") => Good($"Filed mail is moved to {source.Afterwards.Folder}"),
        AfterwardsAct.Delete when client.Capabilities.Contains("UIDPLUS") => Good("Filed mail is deleted"),
        _ => new SourceTestStep(false, "The server cannot remove single messages (MOVE, UIDPLUS): filed mail stays where it is", "Set \"afterwards\" to \"seen\" or \"leave\"."),
    };

    private static SourceTestStep Good(string words) => new(true, words, "");

    private static SourceTestStep Bad(Exception failure, SourceOptions source)
    {
        (string words, string hint) = Faults.Explain(failure, source);
        return new SourceTestStep(false, words, hint);
    }
}
