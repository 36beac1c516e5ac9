using System.Net;
using System.Text.RegularExpressions;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>Every conversation that real mail opens has a page, and every HTML body a frame.</summary>
public sealed partial class CorpusPagesTests
{
    [Test]
    public async Task Every_conversation_page_renders()
    {
        byte[][] mails = [.. Corpus.Files("", "*.eml").Select(f => SmtpWire.Canonical(File.ReadAllBytes(f)))];
        await using TestGateway gateway = await TestGateway.Start();
        await Task.WhenAll(mails.Chunk(500).Select(chunk => Task.Run(() => Send(gateway.Smtp.Port, chunk))));
        await Eventually.Holds(() => gateway.Raw.Counts().Waiting == 0, "the corpus is filed");
        using HttpClient web = await SignedIn(gateway);
        IReadOnlyList<long> ids = gateway.Inbox.Read(r => r.All<long>("SELECT id FROM conversation ORDER BY id"));
        List<string> failed = [];
        int frames = 0;
        foreach (long id in ids)
        {
            string page = await Get(web, $"/inboxes/support/open/{id}?all=true", failed);
            if (!page.Contains($"data-conversation=\"{id}\"", StringComparison.Ordinal))
            {
                failed.Add($"#{id} is not on its page");
            }

            foreach (string frame in Frames().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)))
            {
                await Get(web, frame, failed);
                frames++;
            }
        }

        await TestContext.Out.WriteLineAsync($"{ids.Count} conversations and {frames} HTML bodies rendered");
        Assert.Multiple(() =>
        {
            Assert.That(failed, Is.Empty);
            Assert.That(ids, Has.Count.GreaterThan(1_000));
            Assert.That(frames, Is.GreaterThan(100));
        });
    }

    private static async Task Send(int port, IEnumerable<byte[]> mails)
    {
        using SmtpWire wire = await SmtpWire.Connect(port);
        foreach (byte[] mail in mails)
        {
            await wire.Send(mail);
        }
    }

    private static async Task<string> Get(HttpClient web, string address, List<string> failed)
    {
        using HttpResponseMessage answer = await web.GetAsync(new Uri(address, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            failed.Add($"{address}: {(int)answer.StatusCode}");
        }

        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpClient> SignedIn(TestGateway gateway)
    {
        HttpClient web = new(new HttpClientHandler { CookieContainer = new CookieContainer() }, disposeHandler: true) { BaseAddress = gateway.Web };
        string token = (await gateway.Get<Invitations>().FirstAdministrator(CancellationToken.None))!;
        string form = await web.GetStringAsync(new Uri($"/welcome/{token}", UriKind.Relative));
        Dictionary<string, string> fields = new()
        {
            ["email"] = "mina@example.com",
            ["name"] = "Mina Aas",
            ["password"] = "correct horse battery",
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(FormToken().Match(form).Groups[1].Value),
        };
        using FormUrlEncodedContent content = new(fields);
        using HttpResponseMessage answer = await web.PostAsync(new Uri($"/welcome/{token}", UriKind.Relative), content);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return web;
    }

    [GeneratedRegex("<iframe[^>]* src=\"([^\"]+)\"")]
    private static partial Regex Frames();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
