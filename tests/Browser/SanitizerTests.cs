using System.Text;
using MailInbox.Inbox.Conversations;
using MailInbox.Mail.Mime.Html;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Wire;
using MailInbox.Tests.Mime;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>Hostile HTML in a real browser: anything that runs, loads, navigates, complains or is not on the list counts.</summary>
public sealed class SanitizerTests
{
    private const int Batch = 40;
    private const string Bare = "http://bare.example/";

    /// <summary>In every frame: what payloads call to show that they run, and what would leave the page.</summary>
    private const string Instruments = """
        (() => {
          const tell = what => { (window.top.__acts ??= []).push(what); return ''; };
          for (const name of ['alert', 'confirm', 'prompt', 'open', 'print', 'fetch', 'postMessage', 'msgbox', 'xss'])
            try { window[name] = (...said) => tell(name + ' ' + said.map(String).join(' ').slice(0, 60)); } catch { }
          for (const name of ['log', 'warn', 'error', 'info', 'debug']) console[name] = () => tell('console.' + name);
          navigator.sendBeacon = () => tell('beacon');
          XMLHttpRequest.prototype.send = () => tell('request');
          Document.prototype.write = () => tell('write');
          for (const name of ['x', 'pwned', 'xssed']) Object.defineProperty(window, name, { set() { tell('window.' + name); }, configurable: true });
          window.addEventListener('error', event => { if (event.error) tell('error ' + event.message); });
          window.addEventListener('submit', () => tell('submit'), true);
        })();
        """;

    /// <summary>Puts each text into a frame of its own, waits, stirs what is in it, and tells what it finds there.</summary>
    private const string Render = """
        async ([texts, plain]) => {
          const frames = texts.map(text => {
            const frame = document.createElement('iframe');
            frame.width = 600; frame.height = 300;
            if (plain) frame.srcdoc = '<!doctype html><meta charset=utf-8><body>' + text;
            else { frame.setAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'); frame.src = text; }
            const loaded = new Promise(done => { frame.onload = done; setTimeout(done, 3000); });
            document.body.append(frame);
            return { frame, loaded };
          });
          await Promise.all(frames.map(f => f.loaded));
          const found = new Set();
          for (const { frame } of frames) {
            const inside = frame.contentDocument;
            if (!inside) { found.add('a frame that left its page'); continue; }
            for (const element of inside.querySelectorAll('*')) {
              found.add('<' + element.localName + ' ' + element.namespaceURI);
              for (const attribute of element.attributes) found.add(attribute.name);
              if (element.localName === 'a' && element.href && !/^(https?|mailto|tel):/.test(element.href)) found.add('link ' + element.href);
              if (getComputedStyle(element).position !== 'static') found.add('position of ' + element.outerHTML.slice(0, 80));
              if (element.shadowRoot) found.add('shadow root');
              if (!plain) continue;
              for (const kind of ['mouseover', 'mouseenter', 'focus', 'focusin', 'blur', 'toggle', 'scroll', 'animationstart', 'animationend', 'transitionend', 'load', 'error', 'begin', 'pointerover', 'beforeinput', 'copy', 'keydown'])
                element.dispatchEvent(new Event(kind));
              if (element.localName !== 'a') element.dispatchEvent(new Event('click'));
            }
            const first = inside.createElement('div'), second = inside.createElement('div');
            if (plain) {
              first.innerHTML = texts[frames.findIndex(f => f.frame === frame)];
              // Browsers write pre without the line end that they take away when they read it.
              const plainly = text => text.replace(/(<pre[^>]*>)\n+/g, '$1');
              const written = plainly(first.innerHTML);
              second.innerHTML = written;
              if (plainly(second.innerHTML) !== written) found.add('changes when it is parsed again: ' + written.slice(0, 200));
              inside.body.append(first, second);
            }
          }
          await new Promise(done => setTimeout(done, 250));
          for (const { frame } of frames) frame.remove();
          const acts = window.__acts ?? [];
          window.__acts = [];
          return [...acts.map(act => 'act ' + act), ...found];
        }
        """;

    [Test]
    public async Task By_the_allow_list_alone_nothing_acts()
    {
        await using BrowserSession browser = await BrowserSession.Start();
        await using BarePage page = await BarePage.Open(browser);
        List<string> vectors = Vectors();
        foreach (string[] batch in vectors.Chunk(Batch)) AssertQuiet(await page.Show([.. batch.Select(html => HtmlSanitizerTests.Clean(html).Html)]), batch);
        TestContext.Out.WriteLine($"{vectors.Count} vectors rendered without any policy, 0 live");
    }

    /// <summary>That the page above would notice.</summary>
    [Test]
    public async Task Uncleaned_the_same_vectors_act()
    {
        await using BrowserSession browser = await BrowserSession.Start();
        await using BarePage page = await BarePage.Open(browser);
        int live = 0;
        foreach (string vector in HtmlVectors.All.Take(60))
        {
            (List<string> found, List<string> requests) = await page.Show([vector]);
            if (requests.Count > 0 || found.Any(what => what.StartsWith("act ", StringComparison.Ordinal))) live++;
        }
        Assert.That(live, Is.GreaterThan(25));
    }

    [Test]
    public async Task In_the_frame_of_a_message_nothing_acts()
    {
        await using TestGateway gateway = await TestGateway.Start();
        List<string> vectors = Vectors();
        await Send(gateway, vectors);
        await using BrowserSession browser = await BrowserSession.Start();
        await browser.Welcome(gateway);
        IReadOnlyList<long> ids = gateway.Inbox.Read(r => r.All<Message>("SELECT * FROM message ORDER BY id")).Select(m => m.Id).ToList();
        Assert.That(ids, Has.Count.EqualTo(vectors.Count));
        var requests = new List<string>();
        browser.Page.Request += (_, request) => requests.Add(request.Url);
        int before = browser.Complaints.Count;
        foreach (long[] batch in ids.Chunk(Batch))
        {
            string[] pages = [.. batch.Select(id => new Uri(gateway.Web, $"/messages/{id}/html").ToString())];
            string[] found = await browser.Page.EvaluateAsync<string[]>(Render, new object[] { pages, false });
            AssertQuiet(([.. found], [.. requests.Where(url => !pages.Contains(url) && IsLoad(url) && !url.Contains("/live", StringComparison.Ordinal))]), pages);
            requests.Clear();
        }
        Assert.That(browser.Complaints.Skip(before).Where(text => !text.Contains("404", StringComparison.Ordinal)), Is.Empty);
    }

    private static List<string> Vectors() => [.. HtmlSanitizerCorpusTests.Payloads(), .. HtmlVectors.All];

    private static bool IsLoad(string url) => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("about:", StringComparison.Ordinal);

    private static void AssertQuiet((List<string> Found, List<string> Requests) shown, IEnumerable<string> batch)
    {
        Assert.That(shown.Found, Does.Contain("<body http://www.w3.org/1999/xhtml"));
        Assert.That(shown.Requests, Is.Empty, () => string.Join('\n', batch));
        Assert.That(shown.Found.Where(what => !IsExpected(what)), Is.Empty, () => string.Join('\n', batch));
    }

    /// <summary>Elements and attributes of the list, and of the page around the mail.</summary>
    private static bool IsExpected(string what)
    {
        if (!what.StartsWith('<')) return HtmlSanitizerRules.Received.Attributes.Contains(what) || what is "href" or "src" or "style" or "background" or "id" or "class" or "title" or "target" or "rel" or "charset" or "name" or "content" or "lang" or "dir";
        string[] parts = what[1..].Split(' ');
        return parts[1] == "http://www.w3.org/1999/xhtml" && (HtmlSanitizerRules.Received.Tags.Contains(parts[0]) || parts[0] is "html" or "head" or "body" or "meta" or "base" or "style");
    }

    private static async Task Send(TestGateway gateway, List<string> vectors)
    {
        foreach (string[] some in vectors.Chunk(50))
        {
            SmtpClientOptions options = new() { Host = "127.0.0.1", Port = gateway.Smtp.Port, Security = WireSecurity.None, HeloName = "client.example" };
            await using SmtpClient client = await SmtpClient.Connect(options, TimeProvider.System, CancellationToken.None);
            foreach (string html in some)
            {
                string body = Convert.ToBase64String(Encoding.UTF8.GetBytes(html), Base64FormattingOptions.InsertLineBreaks);
                string mail = Sample.Mail(body: body, fields: "Content-Transfer-Encoding: base64").Replace("text/plain", "text/html", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
                SmtpSendResult result = await client.Send(new SmtpMessage("jonas@berg.example", ["support@example.com"], Encoding.UTF8.GetBytes(mail)), CancellationToken.None);
                Assert.That(result.Recipients.All(r => r.Reply.Accepted), Is.True, string.Join("; ", result.Recipients.Select(r => r.Reply)));
            }
        }
        await Eventually.Holds(() => gateway.Raw.Counts().Waiting == 0, "the mail is filed");
    }

    /// <summary>A page without any policy, where script runs; every address but its own answers with nothing and is noted.</summary>
    private sealed class BarePage(IPage page) : IAsyncDisposable
    {
        private readonly List<string> _requests = [];

        public static async Task<BarePage> Open(BrowserSession browser)
        {
            await browser.Context.AddInitScriptAsync(Instruments);
            var bare = new BarePage(browser.Page);
            await browser.Context.RouteAsync("**/*", bare.Answer);
            browser.Page.Dialog += async (_, dialog) =>
            {
                bare._requests.Add("dialog " + dialog.Message);
                await dialog.DismissAsync();
            };
            await browser.Page.GotoAsync(Bare);
            bare._requests.Clear();
            return bare;
        }

        public async Task<(List<string> Found, List<string> Requests)> Show(string[] texts)
        {
            _requests.Clear();
            string[] found;
            try
            {
                found = await page.EvaluateAsync<string[]>(Render, new object[] { texts, true });
            }
            catch (PlaywrightException)
            {
                // The page itself was led away.
                found = ["act left"];
                await page.GotoAsync(Bare);
            }
            if (page.Url != Bare) await page.GotoAsync(Bare);
            return ([.. found], [.. _requests.Where(url => url != Bare)]);
        }

        public async ValueTask DisposeAsync() => await page.UnrouteAllAsync();

        private Task Answer(IRoute route)
        {
            if (IsLoad(route.Request.Url)) _requests.Add(route.Request.Url);
            return route.FulfillAsync(new RouteFulfillOptions { Status = 200, ContentType = "text/html", Body = "<!doctype html><title>bare</title><body></body>" });
        }
    }
}
