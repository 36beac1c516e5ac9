using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>What becomes of open tabs when a session ends.</summary>
public sealed class SessionEndTests
{
    [Test]
    public async Task What_was_written_is_still_there_when_the_session_ended_and_is_sent_after_signing_in_elsewhere()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway);
        await gateway.AddAgent("tor@example.com", Role.Administrator);
        await page.Keyboard.PressAsync("r");
        await page.Locator(".editor").WaitForAsync();
        await page.Keyboard.TypeAsync("A long and thoughtful answer.");
        await gateway.Get<AgentStore>().SetRole(1, Role.Agent, TestGateway.Nobody, CancellationToken.None);
        await page.ClickAsync("[data-send]");
        await Assertions.Expect(page.Locator("#say")).ToContainTextAsync("signed out");
        await Assertions.Expect(page.Locator(".editor")).ToContainTextAsync("thoughtful");

        IPage elsewhere = await browser.Context.NewPageAsync();
        await elsewhere.GotoAsync(new Uri(gateway.Web, "/sign-in").ToString());
        await elsewhere.FillAsync("[name=email]", "mina@example.com");
        await elsewhere.FillAsync("[name=password]", "correct horse battery");
        await elsewhere.ClickAsync("button[type=submit]");
        await elsewhere.WaitForSelectorAsync("#list-name");
        await page.ClickAsync("[data-send]");
        await Assertions.Expect(page.Locator(".message.outgoing")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_tab_whose_session_ended_stops_showing_mail()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        TaskCompletionSource deactivated = new();
        await browser.Page.RouteAsync("**/live?*", async route =>
        {
            await deactivated.Task;
            await route.ContinueAsync();
        });
        IPage page = await browser.Opened(gateway);
        await gateway.AddAgent("tor@example.com", Role.Administrator);
        await gateway.Get<Departure>().Deactivate(1, TestGateway.Nobody, CancellationToken.None);
        deactivated.SetResult();
        await page.WaitForURLAsync("**/sign-in?back=*");
    }

    [Test]
    public async Task Signing_out_in_one_tab_ends_the_others()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway);
        IPage other = await browser.Context.NewPageAsync();
        await other.GotoAsync(new Uri(gateway.Web, "/inboxes/support/open").ToString());
        await other.Locator(".me summary").ClickAsync();
        await other.GetByText("Sign out").ClickAsync();
        await page.WaitForURLAsync("**/sign-in?back=*");
    }
}
