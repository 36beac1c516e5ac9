using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Browser;

/// <summary>From arrival on a polled server to the row on the screen of somebody who looks at the inbox.</summary>
[Explicit("measures; tests/bench-arrival runs it")]
public sealed partial class ArrivalTests
{
    private const int Mails = 100;

    /// <summary>Notes when each row came into the page, in milliseconds since 1970, by its subject.</summary>
    private const string Watch =
        """
        () => {
          window.arrived = {};
          const look = () => {
            const now = performance.timeOrigin + performance.now();
            for (const row of document.querySelectorAll('.rows .row')) {
              const name = /Arrival \d+/.exec(row.textContent);
              if (name) window.arrived[name[0]] ??= now;
            }
          };
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
        }
        """;

    [Test]
    public async Task Mail_that_arrives_on_the_server_becomes_a_row()
    {
        await using Dovecot server = await Dovecot.Run();
        using GatewayPlace place = new(inboxes: Inboxes(server.Port));
        place.Variables["IMAP_PASSWORD"] = Dovecot.Password;
        await using GatewayProcess gateway = await GatewayProcess.Start(place);
        await using BrowserSession browser = await BrowserSession.Start();
        await Eventually.Holds(() => Link().IsMatch(gateway.Output), "the link of the first administrator");
        await browser.Welcome(new Uri(Link().Match(gateway.Output).Value));
        await browser.Page.EvaluateAsync(Watch);
        using ImapWire wire = await server.Connect();
        // The first one compiles what the others find compiled; from then on the gateway idles.
        await wire.Append("INBOX", Mail("Warming up"));
        await browser.Page.Locator(".rows .row", new() { HasText = "Warming up" }).WaitForAsync();

        using ImapWire idler = await server.Connect();
        await idler.Select("INBOX");
        ConcurrentQueue<double> told = [];
        Task idling = Note(idler, told);
        Dictionary<string, double> taken = [];
        for (int i = 0; i < Mails; i++)
        {
            await Task.Delay(Random.Shared.Next(200, 1500));
            string name = string.Create(CultureInfo.InvariantCulture, $"Arrival {i}");
            await wire.Append("INBOX", Mail(name));
            taken[name] = Now();
        }

        await browser.Page.WaitForFunctionAsync($"() => Object.keys(window.arrived).length === {Mails}");
        JsonElement arrived = await browser.Page.EvaluateAsync<JsonElement>("() => window.arrived");
        idler.Dispose();
        await idling;
        Figures.Say(Line("acknowledged by the server → row in the browser", [.. taken.Select(t => arrived.GetProperty(t.Key).GetDouble() - t.Value)]));
        Figures.Say(Line("acknowledged by the server → told to an idling client", [.. taken.Values.Select(at => told.First(t => t >= at) - at)]));
    }

    private static async Task Note(ImapWire idler, ConcurrentQueue<double> told)
    {
        await foreach (string line in idler.Idle())
        {
            if (line.EndsWith(" EXISTS", StringComparison.Ordinal))
            {
                told.Enqueue(Now());
            }
        }
    }

    private static string Line(string what, List<double> times)
    {
        times.Sort();
        double At(double part) => times[(int)Math.Ceiling(part * times.Count) - 1];
        return string.Create(CultureInfo.InvariantCulture, $"{what}: {times.Count} mails, p50 {At(0.5):0} ms, p95 {At(0.95):0} ms, most {At(1):0} ms");
    }

    private static double Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    private static byte[] Mail(string subject) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"From: Jonas Berg <jonas@berg.example>\r\nTo: support@example.com\r\nDate: Fri, 20 Nov 2026 09:14:00 +0100\r\nMessage-ID: <{Guid.NewGuid():N}@berg.example>\r\nSubject: {subject}\r\n\r\nHello\r\n"));

    private static string Inboxes(int port) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {
          "inboxes": {
            "support": {
              "addresses": ["support@example.com"],
              "sources": [{ "imap": "127.0.0.1", "port": {{port}}, "security": "none", "user": "{{Dovecot.User}}", "password": "env:IMAP_PASSWORD", "start": "all" }]
            }
          }
        }
        """);

    [GeneratedRegex(@"http://\S+/welcome/\S+")]
    private static partial Regex Link();
}
