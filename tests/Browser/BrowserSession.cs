using System.Text.Json;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>Debian's Chromium with a profile of its own. It notes everything the page complains of.</summary>
internal sealed class BrowserSession : IAsyncDisposable
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly TempFolder _profile;
    private readonly List<string> _complaints = [];

    private BrowserSession(IPlaywright playwright, TempFolder profile, IBrowserContext context)
    {
        _playwright = playwright;
        _profile = profile;
        Context = context;
        Page = context.Pages[0];
        Watch(Page);
        context.Page += (_, page) => Watch(page);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Errors of scripts, blocked loads, broken policies.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<BrowserSession> Start(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        string chromium = Tools.Require("chromium");
        IPlaywright playwright = await Playwright.CreateAsync();
        TempFolder profile = new();
        IBrowserContext context = await playwright.Chromium.LaunchPersistentContextAsync(profile.Path, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = chromium,
            Headless = true,
            Args = Flags,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(15_000);
        return new BrowserSession(playwright, profile, context);
    }

    /// <summary>Opens the gateway by the first administrator's link and signs him in.</summary>
    public async Task Welcome(TestGateway gateway, string name = "Mina Aas", string email = "mina@example.com")
    {
        string token = (await gateway.Get<MailInbox.Inbox.Team.Invitations>().FirstAdministrator(CancellationToken.None))!;
        await Welcome(new Uri(gateway.Web, $"/welcome/{token}"), name, email);
    }

    /// <summary>The same by the link that a gateway printed.</summary>
    public async Task Welcome(Uri link, string name = "Mina Aas", string email = "mina@example.com")
    {
        await Page.GotoAsync(link.ToString());
        await Page.FillAsync("[name=email]", email);
        await Page.FillAsync("[name=name]", name);
        await Page.FillAsync("[name=password]", "correct horse battery");
        await Page.ClickAsync("button[type=submit]");
        await Page.WaitForSelectorAsync("#list-name");
    }

    /// <summary>Signed in as the first administrator, with the only mail of the gateway open.</summary>
    public async Task<IPage> Opened(TestGateway gateway, string? mail = null)
    {
        await gateway.File(mail ?? Sample.Mail());
        await Welcome(gateway);
        await Page.GotoAsync(new Uri(gateway.Web, "/inboxes/support/open/1").ToString());
        await Page.WaitForSelectorAsync("#thread-head");
        return Page;
    }

    /// <summary>Serious and critical findings of axe on the page as it stands.</summary>
    public async Task<IReadOnlyList<string>> Violations()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));
        JsonElement result = await Page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { iframes: false })).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' (' + n.failureSummary + ')').join(' | '))");
        return [.. result.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>A picture of the page as it stands; into the folder of <c>MAILINBOX_PICTURES</c>, or nowhere.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("MAILINBOX_PICTURES") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            await Picture("failed-" + TestContext.CurrentContext.Test.Name);
        }

        await Context.CloseAsync();
        _playwright.Dispose();
        _profile.Dispose();
    }

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }
}
