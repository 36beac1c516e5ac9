using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>Mail inside its frame.</summary>
public sealed class FrameTests
{
    [Test]
    public async Task Right_to_left_mail_is_read_from_the_right()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway, Sample.Mail(body: "<p>שלום, ההזמנה 123 לא הגיעה.</p>").Replace("text/plain", "text/html", StringComparison.Ordinal));
        string direction = await page.Locator(".message iframe").First.ContentFrame.Locator("p").EvaluateAsync<string>("p => getComputedStyle(p).direction");
        Assert.That(direction, Is.EqualTo("rtl"));
    }
}
