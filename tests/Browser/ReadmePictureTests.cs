using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>Takes the picture of the README: run with <c>MAILINBOX_README=1</c> it replaces the one in the repository.</summary>
public sealed class ReadmePictureTests
{
    private static readonly string Picture = Path.Combine(Repository.Root, "tests", "Browser", "inbox.png");

    [Test]
    public async Task The_inbox_can_be_pictured()
    {
        await using MailSink sink = MailSink.Start();
        await using TestGateway gateway = await TestGateway.Start(new TestConfiguration { SmartHost = sink.Port });
        await using BrowserSession browser = await BrowserSession.Start();
        await browser.Welcome(gateway);
        await DemoPostman.Send(gateway);
        Agent mina = gateway.Get<AgentStore>().All().Single();
        Agent tor = await gateway.AddAgent("tor@example.com");
        long id = gateway.Inbox.Read(r => r.First<long>("SELECT conversation_id FROM message GROUP BY conversation_id ORDER BY count(*) DESC, conversation_id LIMIT 1"));
        await Answer(gateway, id, mina, ReplyKind.ReplyAll, "", "<div>Thank you both. Linen shades are in stock in <b>ivory</b> and <b>sand</b>; 16 A a track is enough for 24 lamps. The offer follows today.</div>");
        await Answer(gateway, id, mina, ReplyKind.Forward, "workshop@partner.example", "<div>Please reserve 24 linen shades, ivory.</div>");
        await gateway.Actions.Assign([.. gateway.In(MailInbox.Inbox.Views.View.Unassigned).Skip(2).Take(3)], tor.Id, TestGateway.Nobody, CancellationToken.None);
        await Eventually.Holds(() => sink.Mails.Count == 2, "both are sent");
        await browser.Page.GotoAsync(new Uri(gateway.Web, $"/inboxes/support/open/{id}").ToString());
        await Assertions.Expect(browser.Page.Locator(".forwarded")).ToContainTextAsync("workshop@partner.example");
        await browser.Page.WaitForTimeoutAsync(300);
        byte[] picture = await browser.Page.ScreenshotAsync();
        if (Environment.GetEnvironmentVariable("MAILINBOX_README") == "1")
        {
            await File.WriteAllBytesAsync(Picture, picture);
        }

        Assert.Multiple(() =>
        {
            Assert.That(File.Exists(Picture), Is.True);
            Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "README.md")), Does.Contain("(tests/Browser/inbox.png)"));
            Assert.That(browser.Complaints, Is.Empty);
        });
    }

    [Test]
    public async Task Inline_styles_and_scripts_do_nothing_in_a_page()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        await browser.Welcome(gateway);
        string[] seen = await browser.Page.EvaluateAsync<string[]>(
            """
            () => {
              const box = document.createElement('div');
              box.innerHTML = '<p style="color: rgb(1, 2, 3)">quoted</p><img src="x:" onerror="document.title=\'owned\'">';
              document.body.append(box);
              return [getComputedStyle(box.firstChild).color, document.title];
            }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(seen[0], Is.Not.EqualTo("rgb(1, 2, 3)"), "so quoted HTML keeps its looks only in a frame of its own");
            Assert.That(seen[1], Is.Not.EqualTo("owned"));
        });
    }

    private static async Task Answer(TestGateway gateway, long id, Agent agent, ReplyKind kind, string to, string html)
    {
        Reply reply = gateway.Get<Reply>();
        ReplyDraft draft = reply.Start(kind, "support", id, gateway.Thread(id).Messages.Last(m => m.Message.Direction == Direction.In).Message.Id)!;
        await reply.Send(draft with { Html = html, To = to.Length > 0 ? to : draft.To }, new Actor(agent.Id, agent.Name), CancellationToken.None);
    }
}
