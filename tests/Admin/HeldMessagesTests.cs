using System.Net;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Admin;

/// <summary>The page's buttons at a real mailbox.</summary>
public sealed class HeldMessagesTests
{
    [Test]
    public async Task A_held_message_is_opened_fetched_again_or_given_up_and_the_audit_log_says_who_did_it()
    {
        await using PolledMailbox polled = await PolledMailbox.Run();
        await polled.Looked();
        FolderRow folder = polled.Ledger.Folders(polled.Mailbox.Source.Key).Single();
        polled.Wire.Faults = new WireFaults(WireState.Refusing);
        byte[] mail = PolledMailbox.Mail(1);
        await polled.Inbox.Deliver([mail, PolledMailbox.Mail(2)]);
        using (ImapWire other = await polled.Server.Connect())
        {
            await other.Select("INBOX");
        }

        await polled.Ledger.Note(folder, [new(1, null, null, []), new(2, null, null, [])], 2, _ => true);
        foreach (SeenMessage message in polled.Ledger.Due(folder, TimeProvider.System.GetUtcNow(), 10))
        {
            await polled.Ledger.Strike(message, "A test holds it.", null);
        }

        polled.Wire.Faults = WireFaults.None;
        HeldMessage[] held = [.. polled.Gateway.Get<Sources>().Held().OrderBy(h => h.Uid)];
        using ScreenClient admin = await ScreenClient.Join(polled.Gateway, "mina@example.com", Role.Administrator);
        using ScreenClient agent = await ScreenClient.Join(polled.Gateway, "lea@example.com", Role.Agent);

        HttpResponseMessage raw = await admin.Get($"/sources/held/{held[0].Id}/raw");
        Assert.That(await raw.Content.ReadAsByteArrayAsync(), Is.EqualTo(mail));
        Assert.That(raw.Content.Headers.ContentType!.MediaType, Is.EqualTo("message/rfc822"));
        Assert.That((await agent.Get($"/sources/held/{held[0].Id}/raw")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        Assert.That((await admin.Post($"/sources/held/{held[1].Id}/dismiss")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await admin.Post($"/sources/held/{held[0].Id}/retry")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await polled.Filed(1);
        IReadOnlyList<string> acts = polled.Gateway.Inbox.Read(r => r.All<string>("SELECT actor || ' ' || act || ' ' || subject FROM audit WHERE subject LIKE 'message %' ORDER BY id"));
        Assert.Multiple(() =>
        {
            Assert.That(polled.Gateway.Get<Sources>().Held(), Is.Empty);
            Assert.That(acts, Is.EqualTo(["mina dismissed message 2 in INBOX of support/127.0.0.1/support", "mina fetch again message 1 in INBOX of support/127.0.0.1/support"]));
        });
    }

    [Test]
    public async Task A_message_without_bytes_is_told_in_words()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        await polled.Inbox.Deliver(Poison.Hollow, []);
        await polled.Start();
        await Eventually.Holds(() => polled.Rows(SeenState.Waiting) == 1 && polled.Status.State == SourceState.Ready, "it was tried");
        FolderRow folder = polled.Ledger.Folders(polled.Mailbox.Source.Key).Single();
        await polled.Ledger.Strike(polled.Ledger.Due(folder, DateTimeOffset.MaxValue, 1)[0], "A test holds it.", null);
        using ScreenClient admin = await ScreenClient.Join(polled.Gateway, "mina@example.com", Role.Administrator);
        HttpResponseMessage raw = await admin.Get($"/sources/held/{polled.Gateway.Get<Sources>().Held()[0].Id}/raw");
        Assert.That(raw.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(await raw.Content.ReadAsStringAsync(), Does.Contain("gives no bytes of it"));
    }
}
