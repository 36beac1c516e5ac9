using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>An open conversation changes in its place, however answers and live changes cross.</summary>
public sealed class OpenConversationTests
{
    [Test]
    public async Task An_answer_that_a_live_change_overtakes_changes_the_open_conversation()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway);
        await page.RouteAsync("**/inboxes/support/open/1", async route =>
        {
            await page.WaitForResponseAsync("**/conversations/1/thread?*");
            await Task.Delay(200);
            await route.ContinueAsync();
        });
        await page.Locator("#thread-head").GetByText("Close").ClickAsync();
        await page.WaitForResponseAsync("**/inboxes/support/open/1");
        await Assertions.Expect(page.Locator("#thread-head").First).ToContainTextAsync("Reopen");
        await page.WaitForTimeoutAsync(300);
        Assert.That(await page.Locator("#conversation").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_composer_leaves_with_the_trash_and_comes_back_with_a_restore()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway);
        await page.Locator("#thread-head summary[aria-label=More]").ClickAsync();
        await page.Locator("#thread-head").GetByText("Trash", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#thread-head")).ToContainTextAsync("Restore");
        await Assertions.Expect(page.Locator("#composer")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.Locator("#thread-head").GetByText("Restore").ClickAsync();
        await page.Locator("#composer").GetByText("Reply", new() { Exact = false }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".editor")).ToBeVisibleAsync();
    }
}
