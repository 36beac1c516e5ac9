using System.Net;
using System.Text.RegularExpressions;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Admin;

/// <summary>A browser without script: it keeps cookies and hands forms in with their token.</summary>
internal sealed partial class ScreenClient(Uri web) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, MaxConnectionsPerServer = 200 }) { BaseAddress = web };
    private string _token = "";

    /// <summary>Signed in by the invitation of somebody new.</summary>
    public static async Task<ScreenClient> Join(TestGateway gateway, string email, Role role)
    {
        Agent agent = (await gateway.Get<AgentStore>().Add(email, email.Split('@')[0], role, TestGateway.Nobody, CancellationToken.None))!;
        string token = await gateway.Get<Invitations>().For(agent.Id, CancellationToken.None);
        ScreenClient client = new(gateway.Web);
        await client.Get($"/welcome/{token}");
        HttpResponseMessage joined = await client.Post($"/welcome/{token}", ("password", "correct horse battery"));
        Assert.That(joined.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        await client.Get("/inboxes/support/open");
        return client;
    }

    /// <summary>The page; its form token is kept for the next form.</summary>
    public async Task<HttpResponseMessage> Get(string path)
    {
        HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        Match token = Token().Match(await answer.Content.ReadAsStringAsync());
        _token = token.Success ? token.Groups[1].Value : _token;
        return answer;
    }

    /// <summary>As somebody whom another site sent the form from.</summary>
    public void ForgetToken() => _token = "";

    public Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) => PostFrom("", path, fields);

    /// <summary>As a reverse proxy hands it on for somebody at <paramref name="address"/>.</summary>
    public async Task<HttpResponseMessage> PostFrom(string address, string path, params (string Name, string Value)[] fields)
    {
        using FormUrlEncodedContent form = new([new("__RequestVerificationToken", _token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = form };
        if (address.Length > 0)
            request.Headers.Add("X-Forwarded-For", address);
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
