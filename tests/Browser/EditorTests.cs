using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>What the editor makes of keys and buttons.</summary>
public sealed class EditorTests
{
    [Test]
    public async Task A_link_stays_when_one_types_on()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway);
        page.Dialog += (_, asked) => _ = asked.AcceptAsync("shop.example");
        await page.Keyboard.PressAsync("r");
        await page.Locator(".editor").ClickAsync();
        await page.Locator("[data-format=link]").ClickAsync();
        await page.Keyboard.TypeAsync(" is our shop");
        await Assertions.Expect(page.Locator(".editor a")).ToHaveAttributeAsync("href", "https://shop.example");
        await Assertions.Expect(page.Locator(".editor")).ToContainTextAsync("shop.example is our shop");
    }
}
