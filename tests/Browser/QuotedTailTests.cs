using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailInbox.Tests.Support;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>What the frame of an HTML mail shows and what it tells others.</summary>
public sealed class QuotedTailTests
{
    [Test]
    public async Task The_quote_is_folded_without_script_and_opens_at_a_click()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway, Html(
            "<div dir=ltr>Thank you, that works now.<div><br></div><div>Jonas</div></div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>On Fri, Nov 20, 2026 at 9:14 AM Support &lt;<a href='mailto:support@example.com'>support@example.com</a>&gt; wrote:<br></div>"
            + "<blockquote class=gmail_quote style='margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex'><p>Please try it once more.</p><p>Mina</p></blockquote></div>"));
        ILocator frame = page.Locator(".message iframe").First;
        ILocator quoted = frame.ContentFrame.GetByText("Please try it once more.");
        await Assertions.Expect(frame.ContentFrame.GetByText("Thank you, that works now.")).ToBeVisibleAsync();
        await Assertions.Expect(quoted).ToBeHiddenAsync();
        await browser.Picture("quote-folded");
        double folded = await frame.EvaluateAsync<double>("frame => frame.clientHeight");
        await frame.ContentFrame.Locator("summary").ClickAsync();
        await Assertions.Expect(quoted).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("folded => document.querySelector('.message iframe').clientHeight > folded + 20", folded);
        await browser.Picture("quote-open");
        Assert.That(browser.Complaints, Is.Empty);
    }

    [TestCase("<style>html, body{height:100% !important;margin:0 auto !important;padding:0 !important;overflow:hidden}</style><div style='height:700px'>x</div>", 700, 720)]
    [TestCase("<div style='min-height:100vh'>x</div>", 20, 60)]
    public async Task The_frame_is_as_high_as_its_mail(string html, int atLeast, int atMost)
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway, Html(html));
        await page.WaitForFunctionAsync($"() => {{ const height = document.querySelector('.message iframe').clientHeight; return height >= {atLeast} && height <= {atMost}; }}");
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.That(await page.Locator(".message iframe").First.EvaluateAsync<double>("frame => frame.clientHeight"), Is.InRange(atLeast, atMost));
    }

    [Test]
    public async Task Plain_parts_beside_the_formatted_one_are_shown_too()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway, Sample.Mail(body:
            "--b\nContent-Type: text/plain\n\nPlease read <this>\nfirst.\n--b\nContent-Type: text/html\n\n<p>Formatted</p><!-- left open\n--b\nContent-Type: text/plain\n\nThe list's footer\n--b--")
            .Replace("text/plain; charset=utf-8", "multipart/mixed; boundary=b", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".message iframe").First.ContentFrame.Locator("body")).ToContainTextAsync("Please read <this>first.FormattedThe list's footer");
    }

    [Test]
    public async Task Names_of_links_are_not_looked_up_ahead()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway, Html("<a href='http://reader-1.example/'>x</a>"));
        IAPIResponse answer = await page.APIRequest.GetAsync(new Uri(gateway.Web, "/messages/1/html").ToString());
        Assert.That(answer.Headers["x-dns-prefetch-control"], Is.EqualTo("off"));
    }

    [Test]
    public async Task Whoever_serves_a_picture_does_not_learn_where_it_is_seen()
    {
        using PictureServer server = new();
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        IPage page = await browser.Opened(gateway, Html(
            $"<style>p{{background-image:url({server.Address}sheet.gif)}}</style><table background='{server.Address}table.gif'><tr><td style=\"background:url('{server.Address}style.gif')\"><p>Hello</p><img src='{server.Address}image.gif' width=9 height=9></td></tr></table>"));
        await Assertions.Expect(page.Locator(".blocked-images")).ToContainTextAsync("4 remote images");
        Assert.That(server.Requests, Is.Empty);
        await page.GetByText("Load images").ClickAsync();
        await Eventually.Holds(() => server.Requests.Count == 4, "all pictures are asked for");
        Assert.That(server.Requests.Where(head => head.Contains("referer:", StringComparison.OrdinalIgnoreCase) || head.Contains("cookie:", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [Test]
    public async Task A_drawing_is_a_file_below_the_message()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await using BrowserSession browser = await BrowserSession.Start();
        const string Boundary = "b0undary";
        IPage page = await browser.Opened(gateway, Sample.Mail(body:
            $"--{Boundary}\nContent-Type: text/html\n\n<p>Our logo</p><img src=\"cid:logo@x\">\n--{Boundary}\nContent-Type: image/svg+xml; name=logo.svg\nContent-ID: <logo@x>\nContent-Disposition: inline; filename=logo.svg\n\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n--{Boundary}--")
            .Replace("text/plain; charset=utf-8", $"multipart/related; boundary={Boundary}", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".attachments")).ToContainTextAsync("logo.svg");
        await Assertions.Expect(page.Locator(".message iframe").First.ContentFrame.Locator("img[src]")).ToHaveCountAsync(0);
    }

    private static string Html(string body) => Sample.Mail(body: body).Replace("text/plain", "text/html", StringComparison.Ordinal);

    /// <summary>Answers every request with nothing and keeps its head.</summary>
    private sealed class PictureServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public PictureServer()
        {
            _listener.Start();
            Address = $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
            _ = Serve();
        }

        public string Address { get; }

        public ConcurrentBag<string> Requests { get; } = [];

        public void Dispose() => _listener.Dispose();

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    await using NetworkStream stream = client.GetStream();
                    byte[] head = new byte[8192];
                    int length = await stream.ReadAsync(head);
                    if (length > 0) Requests.Add(Encoding.ASCII.GetString(head, 0, length));
                    await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
