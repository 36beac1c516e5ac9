using MailInbox.Mail.Mime;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>The whole way in a real browser: mail comes in, is answered, comes back, is passed on and binned.</summary>
public sealed class MainJobTests
{
    private const string First =
        """
        From: Jonas Berg <jonas@berg.example>
        To: support@example.com
        Subject: =?utf-8?Q?Order_10482_arrived_damaged_=E2=80=93_photos?=
        Date: Fri, 20 Nov 2026 09:14:00 +0100
        Message-ID: <first-1@berg.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Hi, two of the jars were broken – could you send replacements?
        --inner
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 8bit

        <html><body><p style="color:#aa0000">Hi, two of the <b>jars</b> were broken – could you send replacements?</p><img src="https://tracker.example/pixel.png" width="1" height="1"><script>document.title='owned'</script></body></html>
        --inner--
        --outer
        Content-Type: text/csv; name=jars.csv
        Content-Disposition: attachment; filename=jars.csv

        jar,state
        1,broken
        --outer--
        """;

    [Test]
    public async Task A_mail_is_read_answered_joined_forwarded_and_binned()
    {
        await using MailSink sink = MailSink.Start();
        await using TestGateway gateway = await TestGateway.Start(new TestConfiguration { SmartHost = sink.Port });
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = browser.Page;
        await browser.Welcome(gateway);
        Assert.That(await page.InnerTextAsync("#list-name"), Is.EqualTo("Unassigned"));

        // It appears by itself.
        await gateway.Send(First);
        ILocator row = page.Locator(".rows .row", new() { HasText = "Order 10482 arrived damaged – photos" });
        await row.WaitForAsync();
        await row.ClickAsync();
        IFrameLocator frame = page.Locator(".message iframe").First.ContentFrame;
        await Assertions.Expect(frame.Locator("b")).ToHaveTextAsync("jars");
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("1 remote image blocked");
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("jars.csv");
        await Assertions.Expect(page.Locator("#context")).ToContainTextAsync("Received by SMTP for support@example.com");
        Assert.That(await browser.Violations(), Is.Empty);

        // Answered.
        await page.Keyboard.PressAsync("r");
        await page.Locator(".squire, [contenteditable=true]").First.WaitForAsync();
        await page.Keyboard.TypeAsync("Of course, they leave today.");
        await Assertions.Expect(page.Locator("[name=to]")).ToHaveValueAsync("Jonas Berg <jonas@berg.example>");
        await page.ClickAsync("[data-send]");
        await Eventually.Holds(() => sink.Mails.Count == 1, "the answer reaches the smart host");
        MimeMessage answer = sink.Mails[0].Message;
        Assert.Multiple(() =>
        {
            Assert.That(sink.Mails[0].From, Is.EqualTo("support@example.com"));
            Assert.That(sink.Mails[0].To, Is.EqualTo(new[] { "jonas@berg.example" }));
            Assert.That(answer.From[0].Address, Is.EqualTo("support@example.com"));
            Assert.That(answer.Subject, Is.EqualTo("Re: Order 10482 arrived damaged – photos"));
            Assert.That(answer.InReplyTo, Is.EqualTo(new[] { "first-1@berg.example" }));
            Assert.That(answer.References, Is.EqualTo(new[] { "first-1@berg.example" }));
            Assert.That(answer.Root.Type.Media, Is.EqualTo("multipart/alternative"));
            Assert.That(answer.TextBody[0].Text(), Does.StartWith("Of course, they leave today.").And.Contains("> Hi, two of the jars"));
        });
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("Sent");
        await Assertions.Expect(page.Locator("#thread-head select[name=agent] option:checked")).ToHaveTextAsync("Mina Aas (me)");

        // The contact's answer joins.
        await gateway.Send(Sample.Mail("Re: Order 10482 arrived damaged – photos", id: "second-2@berg.example", body: "Perfect, thank you!", fields: $"In-Reply-To: <{answer.MessageId}>"));
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("Perfect, thank you!");
        Assert.That(gateway.Thread(1).Messages, Has.Count.EqualTo(3));

        // Forwarded, with what was attached.
        await page.Locator(".message.incoming").First.GetByLabel("Forward this message").ClickAsync();
        await page.FillAsync("[name=to]", "logistics@partner.example");
        await page.ClickAsync("[data-send]");
        await Eventually.Holds(() => sink.Mails.Count == 2, "the forward reaches the smart host");
        MimeMessage forward = sink.Mails[1].Message;
        Assert.Multiple(() =>
        {
            Assert.That(forward.Attachments.Select(a => a.FileName), Is.EqualTo(new[] { "jars.csv" }));
            Assert.That(forward.TextBody[0].Text(), Does.Contain("Forwarded message").And.Contains("two of the jars"));
        });
        await Assertions.Expect(page.Locator(".forwarded")).ToContainTextAsync("logistics@partner.example");

        await Binned(page, gateway);
        Assert.That(browser.Complaints, Is.Empty);
    }

    private static async Task Binned(IPage page, TestGateway gateway)
    {
        await page.Locator("#thread-head").GetByText("Close").ClickAsync();
        await Assertions.Expect(page.Locator("#thread-head")).ToContainTextAsync("Reopen");
        await More(page, "Trash");
        await Assertions.Expect(page.Locator("#thread-head")).ToContainTextAsync("Restore");
        await page.Locator("#thread-head").GetByText("Restore").ClickAsync();
        await Assertions.Expect(page.Locator("#thread-head")).ToContainTextAsync("Reopen");
        await More(page, "Trash");
        await Assertions.Expect(page.Locator("#thread-head")).ToContainTextAsync("Restore");
        await More(page, "Delete for ever…");
        await page.Locator("[name=confirmed][value=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it for ever" }).ClickAsync();
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("1 conversation will be deleted for ever in ten seconds");
        await Eventually.Holds(() => gateway.Get<MailInbox.Inbox.Conversations.ThreadQuery>().Load(1) is null, "the conversation is gone");
        await Eventually.Holds(() => gateway.Raw.Bytes(1).Length == 0, "its bytes are erased");
    }

    private static async Task More(IPage page, string act)
    {
        await page.Locator("#thread-head summary[aria-label=More]").ClickAsync();
        await page.Locator("#thread-head .menu-list").GetByText(act, new() { Exact = true }).ClickAsync();
    }
}
