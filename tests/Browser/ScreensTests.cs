using MailInbox.Inbox.Views;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>Every screen with the demo's mails, narrow and wide, light and dark: nothing overflows, axe is content, nothing is complained of.</summary>
public sealed class ScreensTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1440, 900), (1024, 768), (390, 844)];

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Screens_hold_at_every_width(ColorScheme scheme)
    {
        await using TestGateway gateway = await TestGateway.Start();
        await DemoPostman.Send(gateway);
        await using BrowserSession browser = await BrowserSession.Start(scheme: scheme);
        await browser.Welcome(gateway);
        await gateway.AddAgent("tor@example.com");
        long longest = gateway.Inbox.Read(r => r.First<long>("SELECT conversation_id FROM message GROUP BY conversation_id ORDER BY count(*) DESC, conversation_id LIMIT 1"));
        await gateway.Actions.Trash([.. gateway.In(View.Open).Where(id => id != longest).Take(2)], TestGateway.Nobody, CancellationToken.None);
        (string Name, string Address)[] screens =
        [
            ("list", "/inboxes/support/unassigned"),
            ("thread", $"/inboxes/support/open/{longest}"),
            ("write", $"/inboxes/support/open/{longest}?write=reply-all"),
            ("forward", $"/inboxes/support/open/{longest}?write=forward"),
            ("html", $"/inboxes/support/open/{Find(gateway, "text/html")}"),
            ("filtered", $"/inboxes/support/filtered/{gateway.In(View.Filtered)[0]}"),
            ("trash", "/inboxes/support/trash"),
            ("empty", "/inboxes/support/mine"),
            ("compose", "/inboxes/support/compose"),
            ("people", "/people"),
            ("sources-real", "/sources"),
            ("quarantine", "/quarantine"),
            ("jobs-real", "/jobs"),
        ];
        foreach ((int width, int height) in Sizes)
        {
            await browser.Page.SetViewportSizeAsync(width, height);
            foreach ((string name, string address) in screens)
            {
                await Look(browser, gateway, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}", address);
            }
        }

        Assert.That(browser.Complaints, Is.Empty);
    }

    private static async Task Look(BrowserSession browser, TestGateway gateway, string name, string address)
    {
        // The live stream never ends, so the network is never idle.
        await browser.Page.GotoAsync(new Uri(gateway.Web, address).ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await browser.Page.WaitForTimeoutAsync(250);
        await browser.Picture(name);
        int overflow = await browser.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        IReadOnlyList<string> violations = await browser.Violations();
        Assert.Multiple(() =>
        {
            Assert.That(overflow, Is.LessThanOrEqualTo(0), $"{name} scrolls sideways");
            Assert.That(violations, Is.Empty, name);
        });
    }

    private static long Find(TestGateway gateway, string media)
    {
        foreach (long id in gateway.In(View.Open))
        {
            if (gateway.Thread(id).Messages.Any(m => MailInbox.Mail.Mime.MimeParser.Parse(gateway.Raw.Bytes(m.Message.RawId)).HtmlBody.Any(p => p.Type.Media == media)))
            {
                return id;
            }
        }

        throw new InvalidOperationException($"No conversation with {media}.");
    }
}
