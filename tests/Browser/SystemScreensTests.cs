using MailInbox.Admin.Jobs;
using MailInbox.Admin.Mailboxes;
using MailInbox.Inbox.Jobs;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>Jobs and sources in every state, at every width; and that a page which refreshes itself disturbs nobody.</summary>
public sealed class SystemScreensTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1440, 900), (1024, 768), (390, 844)];

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Screens_hold_at_every_width(ColorScheme scheme)
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start(scheme: scheme);
        await browser.Welcome(gateway);
        (string Name, Func<Task<string>> Html)[] screens =
        [
            ("sources", () => Sources(gateway, MadeUpSources.Page with { Tested = MadeUpSources.Failing.Key, Test = MadeUpSources.BadTest })),
            ("sources-well", () => Sources(gateway, new SourcesState([MadeUpSources.Well, MadeUpSources.Listener], []))),
            ("sources-none", () => Sources(gateway, new SourcesState([], []))),
            ("jobs", () => Rendered.Html<JobsPage>(gateway, new { Viewer = Viewer(gateway), Jobs = MadeUpJobs() })),
            ("alarm", async () => await Rendered.Html<AlarmBar>(gateway, new { })),
        ];
        foreach ((int width, int height) in Sizes)
        {
            await browser.Page.SetViewportSizeAsync(width, height);
            foreach ((string name, Func<Task<string>> html) in screens)
            {
                await Look(browser, gateway, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}", await html());
            }
        }

        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_page_that_refreshes_itself_keeps_focus_open_details_and_the_result_of_a_test()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        await browser.Welcome(gateway);
        IPage page = browser.Page;
        SourcesState state = new([MadeUpSources.Failing, MadeUpSources.Listener], MadeUpSources.Held);
        await Show(page, "/sources", () => Sources(gateway, state));
        await Show(page, "/sources/rows", () => Rendered.Html<SourceRows>(gateway, new { State = state }));
        await Show(page, "/sources/test", () => Rendered.Html<TestSteps>(gateway, new { Test = MadeUpSources.BadTest }));
        await page.GotoAsync(new Uri(gateway.Web, "/sources").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Test connection" }).ClickAsync();
        await Assertions.Expect(page.Locator(".test li.bad")).ToContainTextAsync("refused the sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).FocusAsync();
        await page.EvaluateAsync("() => { document.querySelector('#held-8').seen = 'before'; }");

        state = new([MadeUpSources.Failing with { State = SourceState.Taking, Fault = null, Taken = 97 }, MadeUpSources.Listener], [MadeUpSources.Held[1]]);
        await Assertions.Expect(page.Locator("#source-rows")).ToContainTextAsync("97 taken", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("#source-rows .fault")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#held-7")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Check now" })).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".test li.bad")).ToHaveCountAsync(1);
        Assert.That(await page.EvaluateAsync<string?>("() => document.querySelector('#held-8').seen ?? null"), Is.EqualTo("before"), "a row that did not change is the same element");
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Run_now_shows_its_run_in_the_open_list_of_runs()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        await browser.Welcome(gateway);
        IPage page = browser.Page;
        await Eventually.Holds(() => gateway.Get<JobLog>().Of("routing").Runs > 0, "the timetable ran it");
        await page.GotoAsync(new Uri(gateway.Web, "/jobs").ToString());
        await page.Locator("#job-routing summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now: routing" }).ClickAsync();
        await Assertions.Expect(page.Locator("#job-routing .runs")).ToContainTextAsync("by hand, Mina Aas", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("#job-routing .runs li").First).ToBeVisibleAsync();
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/jobs"));
        Assert.That(browser.Complaints, Is.Empty);
    }

    private static async Task Look(BrowserSession browser, TestGateway gateway, string name, string html)
    {
        string address = name.StartsWith("alarm", StringComparison.Ordinal) ? "/inboxes/support/unassigned" : name.StartsWith("jobs", StringComparison.Ordinal) ? "/jobs" : "/sources";
        await browser.Page.UnrouteAllAsync();
        if (name.StartsWith("alarm", StringComparison.Ordinal))
        {
            await browser.Page.RouteAsync("**" + address, async route =>
            {
                IAPIResponse real = await route.FetchAsync();
                string page = (await real.TextAsync()).Replace("<div class=\"app\"", html + "<div class=\"app\"", StringComparison.Ordinal);
                await route.FulfillAsync(new RouteFulfillOptions { Response = real, Body = page });
            });
        }
        else
        {
            await Show(browser.Page, address, () => Task.FromResult(html));
        }

        await browser.Page.GotoAsync(new Uri(gateway.Web, address).ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        if (name.StartsWith("jobs", StringComparison.Ordinal))
        {
            await browser.Page.Locator("#job-routing summary").ClickAsync();
        }

        await browser.Picture(name);
        if (name.StartsWith("sources-1", StringComparison.Ordinal) || name.StartsWith("sources-3", StringComparison.Ordinal))
        {
            await browser.Page.Locator("#held-8").ScrollIntoViewIfNeededAsync();
            await browser.Picture(name + "-held");
        }

        int overflow = await browser.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        IReadOnlyList<string> violations = await browser.Violations();
        Assert.Multiple(() =>
        {
            Assert.That(overflow, Is.LessThanOrEqualTo(0), $"{name} scrolls sideways");
            Assert.That(violations, Is.Empty, name);
        });
    }

    /// <summary>Gives the page other contents under the headers of the real answer, the policy among them.</summary>
    private static async Task Show(IPage page, string address, Func<Task<string>> html) => await page.RouteAsync("**" + address, async route =>
    {
        IAPIResponse real = await route.FetchAsync(new RouteFetchOptions { Method = "GET", Url = address.EndsWith("/test", StringComparison.Ordinal) ? new Uri(new Uri(page.Url), "/sources").ToString() : null });
        await route.FulfillAsync(new RouteFulfillOptions { Response = real, Body = await html() });
    });

    private static Task<string> Sources(TestGateway gateway, SourcesState state) => Rendered.Html<SourcesPage>(gateway, new { Viewer = Viewer(gateway), State = state });

    private static Agent Viewer(TestGateway gateway) => gateway.Get<AgentStore>().All()[0];

    private static IReadOnlyList<JobRow> MadeUpJobs()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        JobRun well = new(now.AddSeconds(-8), TimeSpan.FromMilliseconds(12), "", "");
        JobRun byHand = new(now.AddMinutes(-2), TimeSpan.FromMilliseconds(1_420), "Mina Aas", "");
        JobRun failed = new(now.AddMinutes(-4), TimeSpan.FromSeconds(31), "", "SQLite Error 13: 'database or disk is full'.");
        return
        [
            new("mail polling", "Looks into every mailbox for new mail.", "every 2 minutes", now.AddSeconds(100), new([well], 1, 0, null, now.AddSeconds(-3))),
            new("outbound retries", "Sends again what other servers put off.", "every 15 seconds", now.AddSeconds(11), new([failed, well], 2_042, 3, failed, null)),
            new("routing", "Gives waiting conversations to people who have become available.", "every 30 seconds", now.AddSeconds(22), new([well, byHand, failed], 1_204, 1, failed, null)),
            new("trash retention", "Deletes for ever what has been in the trash long enough.", "every 5 seconds", now.AddSeconds(5), JobHistory.None),
        ];
    }
}
