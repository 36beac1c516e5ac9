using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

public sealed class RowOrderTests
{
    [Test]
    public async Task Rows_of_one_moment_keep_their_order_when_one_of_them_is_opened()
    {
        await using TestGateway gateway = await TestGateway.Start();
        for (int i = 1; i <= 5; i++)
        {
            await gateway.File(Sample.Mail($"Order {i}"));
        }

        await gateway.Inbox.Write(t => t.Execute("UPDATE conversation SET last_at = 1795000000000"));
        await using BrowserSession browser = await BrowserSession.Start();
        await browser.Welcome(gateway);
        ILocator rows = browser.Page.Locator("[data-rows-list] > .row");
        await Assertions.Expect(rows).ToHaveCountAsync(5);
        await browser.Page.GetByText("Order 4").First.ClickAsync();
        await Assertions.Expect(browser.Page.Locator(".row.read")).ToHaveCountAsync(1);
        IReadOnlyList<string> ids = await rows.EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.id)");
        Assert.That(ids, Is.EqualTo(["5", "4", "3", "2", "1"]));
    }
}
