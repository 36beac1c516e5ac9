using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Mailboxes;

/// <summary>What people read when there is no access token.</summary>
public sealed class TokenRefusalTests
{
    private const string Secret = "s3cret/with+signs";
    private const string Refresh = "refresh 0";

    private readonly ManualClock _clock = new();
    private TempFolder _folder = null!;
    private TokenServer _server = null!;
    private AccessTokens _tokens = null!;

    [SetUp]
    public async Task Start()
    {
        _folder = new TempFolder();
        _server = await TokenServer.Start();
        _tokens = new AccessTokens(_folder.Path, _clock, NullLogger<AccessTokens>.Instance);
    }

    [TearDown]
    public async Task Stop()
    {
        await _tokens.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase("invalid_client", "Bad client", "The client secret is wrong or has expired")]
    [TestCase("invalid_client", "AADSTS7000222: The provided client secret keys are expired.", "The client secret has expired: make a new one")]
    [TestCase("invalid_client", "AADSTS7000215: Invalid client secret provided.", "what counts is its value, not its ID")]
    [TestCase("unauthorized_client", "AADSTS700016: Application with identifier 'x' was not found in the directory.", "The tenant knows no such client")]
    [TestCase("invalid_request", "AADSTS90002: Tenant 'x' not found.", "There is no such tenant")]
    [TestCase("invalid_grant", "AADSTS65001: The user or administrator has not consented.", "Nobody has consented yet")]
    [TestCase("invalid_grant", "Token has been expired or revoked.", "The refresh token was revoked or has expired: sign in again")]
    [TestCase("interaction_required", "AADSTS50173: The provided grant has expired.", "The refresh token was revoked or has expired: sign in again")]
    [TestCase("invalid_scope", "", "The server does not know the scope")]
    [TestCase("unauthorized_client", "", "The client may not get tokens in this way")]
    [TestCase("unsupported_grant_type", "", "The server gives no tokens in this way")]
    [TestCase("strange", "AADSTS70001699: longer", "Compare \"oauth\" with what the provider says")]
    public async Task An_error_of_the_server_is_told_with_its_hint(string error, string description, string hint)
    {
        _server.Answer = TokenServer.Says(JsonSerializer.Serialize(new { error, error_description = description }), 400);
        TokenRefusal refusal = await Refused();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Message, Is.EqualTo($"{_server.Endpoint.Authority} gives no access token: {error}{(description.Length > 0 ? $": {description}" : "")}"));
            Assert.That(refusal.Hint, Does.Contain(hint));
            Assert.That(refusal.Temporary, Is.False);
        }
    }

    [TestCase(400, """{ "error": "temporarily_unavailable" }""", true, "gives no access token: temporarily_unavailable")]
    [TestCase(429, """{ "error": "slow_down" }""", true, "gives no access token: slow_down")]
    [TestCase(429, "", true, "refuses with status 429")]
    [TestCase(503, "<html>", true, "refuses with status 503")]
    [TestCase(404, "<html>", false, "refuses with status 404")]
    [TestCase(401, "{}", false, "refuses with status 401")]
    [TestCase(400, """{ "error": { "code": 1 } }""", false, "refuses with status 400")]
    [TestCase(400, """{ "error": "\uD800" }""", false, "refuses with status 400")]
    [TestCase(200, """{ "error": "bad_verification_code" }""", false, "gives no access token: bad_verification_code")]
    [TestCase(200, "<html>", false, "is no JSON")]
    [TestCase(200, "", false, "is no JSON")]
    [TestCase(200, "[]", false, "is no JSON")]
    [TestCase(200, "{}", false, "has no access_token")]
    [TestCase(200, """{ "access_token": 5 }""", false, "has no access_token")]
    [TestCase(200, """{ "access_token": "" }""", false, "has no access_token")]
    [TestCase(200, """{ "access_token": "a\u0001b" }""", false, "has a token of a kind that is not known")]
    [TestCase(200, """{ "access_token": "a b" }""", false, "has a token of a kind that is not known")]
    [TestCase(200, """{ "access_token": "t", "token_type": "mac" }""", false, "has a token of a kind that is not known")]
    public async Task An_answer_without_a_token_is_a_refusal(int status, string answer, bool temporary, string words)
    {
        _server.Answer = TokenServer.Says(answer, status);
        TokenRefusal refusal = await Refused();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Message, Does.EndWith(words).And.Contain(_server.Endpoint.Authority));
            Assert.That(refusal.Temporary, Is.EqualTo(temporary));
            Assert.That(refusal.Hint, Is.Not.Empty);
        }
    }

    [Test]
    public async Task Words_of_the_server_are_one_line_of_three_hundred_characters()
    {
        _server.Answer = TokenServer.Says(JsonSerializer.Serialize(new { error = "a\r\nb\u202E", error_description = "  x\u0000\ty  " + new string('z', 295) + "😀 more" }), 400);
        string words = (await Refused()).Message.Split("token: ")[1];
        Assert.That(words, Is.EqualTo($"a b: x y {new string('z', 295)}…"), "no half of a character stands before the cut");
    }

    [Test]
    public async Task No_refusal_repeats_a_secret()
    {
        string spoken = $"{Secret} {Uri.EscapeDataString(Secret)} {WebUtility.UrlEncode(Refresh)} {Refresh} {Secret.ToUpperInvariant()}";
        _server.Answer = TokenServer.Says(JsonSerializer.Serialize(new { error = $"bad {Secret}", error_description = spoken }), 400);
        TokenRefusal refusal = await Refused();
        Assert.That(refusal.ToString(), Does.Not.Contain("s3cret").IgnoreCase.And.Not.Contain("refresh 0").And.Not.Contain("refresh+0").And.Contain("bad …: … … … … …"));
    }

    [Test]
    public async Task A_secret_that_crosses_the_cut_is_not_told_in_part()
    {
        _server.Answer = TokenServer.Says(JsonSerializer.Serialize(new { error = "e", error_description = new string('z', 296) + Secret }), 400);
        Assert.That((await Refused()).Message, Does.Not.Contain("s3c").And.EndWith("z…"));
    }

    [Test]
    public async Task A_refusal_is_not_kept()
    {
        _server.Answer = TokenServer.Says("""{ "error": "invalid_client" }""", 401);
        await Refused();
        _server.Answer = TokenServer.Says("""{ "access_token": "later" }""");
        Assert.That(await Get(Source(_server.Endpoint)), Is.EqualTo("later"));
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        _server.Answer = context =>
        {
            context.Response.Redirect(_server.Endpoint.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        TokenRefusal refusal = await Refused();
        Assert.That((refusal.Message, refusal.Temporary, _server.Asked.Count), Is.EqualTo(($"{_server.Endpoint.Authority} sends elsewhere with status 307", false, 1)));
    }

    [Test]
    public async Task An_answer_is_read_up_to_its_limit()
    {
        string most = """{ "access_token": "t" }""".PadRight(64 * 1024);
        _server.Answer = TokenServer.Says(most);
        Assert.That(await Get(Source(_server.Endpoint)), Is.EqualTo("t"));
        _tokens.Forget(Source(_server.Endpoint));
        _server.Answer = TokenServer.Says(most + " ");
        Assert.That((await Refused()).Message, Is.EqualTo($"The answer of {_server.Endpoint.Authority} is longer than 64 KB"));
    }

    [Test]
    public async Task An_answer_that_does_not_end_is_cut_off_by_the_clock()
    {
        TaskCompletionSource heard = new(), go = new();
        _server.Answer = async context =>
        {
            await context.Response.WriteAsync("{ ");
            await context.Response.Body.FlushAsync();
            heard.SetResult();
            await go.Task;
        };
        Task<string> waiting = Get(Source(_server.Endpoint));
        await heard.Task;
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That(waiting.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(1));
        TokenRefusal refusal = (await Assert.ThrowsAsync<TokenRefusal>(() => waiting))!;
        go.SetResult();
        Assert.That((refusal.Message, refusal.Temporary), Is.EqualTo(($"{_server.Endpoint.Authority} did not answer within 30 seconds", true)));
    }

    [Test]
    public async Task A_connection_that_breaks_is_temporary()
    {
        _server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        TokenRefusal refusal = await Refused();
        Assert.That((refusal.Message, refusal.Temporary), Is.EqualTo(($"The connection to {_server.Endpoint.Authority} broke", true)));
    }

    [Test]
    public async Task An_endpoint_where_nothing_listens_is_temporary()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Uri endpoint = new($"http://{listener.LocalEndpoint}/token");
        listener.Stop();
        TokenRefusal refusal = await Refused(endpoint);
        Assert.That((refusal.Message, refusal.Temporary), Is.EqualTo(($"Nothing answers at {endpoint.Authority}", true)));
    }

    [Test]
    public async Task An_endpoint_of_an_unknown_name_is_temporary()
    {
        // Longer than a label may be (RFC 1035 §2.3.4): not known without asking the network.
        string name = new string('x', 64) + ".example";
        TokenRefusal refusal = await Refused(new Uri($"http://{name}/token"));
        Assert.That((refusal.Message, refusal.Temporary), Is.EqualTo(($"The name of {name} is not known", true)));
    }

    [Test]
    public async Task An_endpoint_without_the_TLS_it_should_have_is_not_trusted()
    {
        TokenRefusal refusal = await Refused(new UriBuilder(_server.Endpoint) { Scheme = "https" }.Uri);
        Assert.That(refusal.Message, Is.EqualTo($"{_server.Endpoint.Authority} cannot be trusted: there is no TLS, or its certificate is not valid"));
    }

    private Task<string> Get(SourceOptions source) => _tokens.Get(source, CancellationToken.None);

    private async Task<TokenRefusal> Refused(Uri? endpoint = null) => (await Assert.ThrowsAsync<TokenRefusal>(() => Get(Source(endpoint ?? _server.Endpoint))))!;

    private static SourceOptions Source(Uri endpoint) => new()
    {
        Inbox = "support",
        Host = "imap.example.com",
        Port = 993,
        User = "shared@example.com",
        OAuth = new OAuthOptions(endpoint, "the client", Secret, Refresh, ""),
    };
}
