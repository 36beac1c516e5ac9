using System.Runtime.Versioning;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Mailboxes;

public sealed class AccessTokensTests
{
    private const string Secret = "s3cret/with+signs";
    private const string Refresh = "refresh-0";

    private readonly ManualClock _clock = new();
    private TempFolder _folder = null!;
    private TokenServer _server = null!;
    private AccessTokens _tokens = null!;

    [SetUp]
    public async Task Start()
    {
        _folder = new TempFolder();
        _server = await TokenServer.Start();
        _tokens = Open();
    }

    [TearDown]
    public async Task Stop()
    {
        await _tokens.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_client_logs_in_for_itself()
    {
        string token = await Get(Source());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(token, Is.EqualTo("first"));
            Assert.That(_server.Asked.Single(), Is.EquivalentTo(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "the client",
                ["client_secret"] = Secret,
                ["scope"] = "mail.read",
            }));
            Assert.That(Directory.Exists(Kept), Is.False, "nothing is kept where nothing rotates");
        }
    }

    [Test]
    public async Task A_refresh_token_stands_for_a_person_who_signed_in()
    {
        await Get(Source(Refresh, secret: null, scope: ""));
        Assert.That(_server.Asked.Single(), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = "the client",
            ["refresh_token"] = Refresh,
        }));
    }

    [Test]
    public async Task A_token_is_kept_until_five_minutes_before_its_end()
    {
        Assert.That(await Get(Source()), Is.EqualTo("first"));
        _server.Answer = TokenServer.Says("""{ "access_token": "second", "expires_in": "3600" }""");
        _clock.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromSeconds(1));
        Assert.That(await Get(Source()), Is.EqualTo("first"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await Get(Source()), Is.EqualTo("second"));
        _clock.Advance(TimeSpan.FromMinutes(54));
        Assert.That((await Get(Source()), _server.Asked.Count), Is.EqualTo(("second", 2)), "a life written as a text counts too");
    }

    [TestCase("\"expires_in\": 60", 29, 30)]
    [TestCase("\"expires_in\": 1e300", 86_099, 86_100)]
    [TestCase("\"expires_in\": \"soon\"", 299, 300)]
    [TestCase("\"expires_in\": null", 299, 300)]
    [TestCase("\"expires_in\": -5", null, 0)]
    public async Task A_strange_life_is_borne(string life, int? good, int over)
    {
        _server.Answer = TokenServer.Says($$"""{ "access_token": "t", {{life}} }""");
        await Get(Source());
        if (good is not null)
        {
            _clock.Advance(TimeSpan.FromSeconds(good.Value));
            await Get(Source());
            Assert.That(_server.Asked, Has.Count.EqualTo(1));
        }

        _clock.Advance(TimeSpan.FromSeconds(over - (good ?? 0)));
        await Get(Source());
        Assert.That(_server.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_token_that_the_mail_server_refused_is_not_used_again()
    {
        await Get(Source());
        _server.Answer = TokenServer.Says("""{ "access_token": "second" }""");
        _tokens.Forget(Source());
        Assert.That(await Get(Source()), Is.EqualTo("second"));
    }

    [Test]
    public async Task Mailboxes_have_tokens_of_their_own()
    {
        await Get(Source());
        _server.Answer = TokenServer.Says("""{ "access_token": "second" }""");
        _tokens.Forget(Source() with { User = "other@example.com" });
        Assert.That((await Get(Source() with { User = "other@example.com" }), await Get(Source())), Is.EqualTo(("second", "first")));
    }

    [Test]
    public async Task Who_asks_at_once_shares_one_request()
    {
        TaskCompletionSource heard = new(), go = new();
        _server.Answer = async context =>
        {
            heard.SetResult();
            await go.Task;
            await context.Response.WriteAsync("""{ "access_token": "shared" }""");
        };
        Task<string>[] callers = [.. Enumerable.Range(0, 20).Select(_ => Get(Source()))];
        await heard.Task;
        Task<string> late = Get(Source());
        go.SetResult();
        Assert.That((await Task.WhenAll([.. callers, late])).Distinct(), Is.EqualTo(new[] { "shared" }));
        Assert.That(_server.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_rotated_refresh_token_is_used_after_a_restart()
    {
        _server.Answer = TokenServer.Says("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        await Get(Source(Refresh));
        await Restart();
        _server.Answer = TokenServer.Says("""{ "access_token": "b", "refresh_token": "refresh-2" }""");
        await Get(Source(Refresh));
        _tokens.Forget(Source(Refresh));
        await Get(Source(Refresh));
        Assert.That(_server.Asked.Select(f => f["refresh_token"]), Is.EqualTo(new[] { "refresh-0", "refresh-1", "refresh-2" }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task A_rotated_refresh_token_is_on_disk_before_the_access_token_is_used()
    {
        _server.Answer = TokenServer.Says("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        await Get(Source(Refresh));
        string file = Directory.GetFiles(Kept).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await File.ReadAllTextAsync(file), Does.Contain("refresh-1").And.Not.Contain(Refresh).And.Not.Contain("\"a\""));
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(File.GetUnixFileMode(Kept), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
    }

    [Test]
    public async Task A_rotated_refresh_token_that_cannot_be_written_is_neither_lost_nor_passed_over()
    {
        await File.WriteAllTextAsync(Kept, "stands where the folder should be");
        _server.Answer = TokenServer.Says("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        TokenRefusal refusal = await Refused(Source(Refresh));
        Assert.That((refusal.Message, refusal.Temporary), Is.EqualTo(($"The new refresh token of shared@example.com at imap.example.com cannot be written to the data folder: {refusal.Message.Split(": ", 2)[1]}", true)));
        await Refused(Source(Refresh));
        Assert.That(_server.Asked, Has.Count.EqualTo(1), "no other token is asked for before this one is safe");
        File.Delete(Kept);
        await Get(Source(Refresh));
        await Restart();
        await Get(Source(Refresh));
        Assert.That(_server.Asked.Select(f => f["refresh_token"]), Is.EqualTo(new[] { "refresh-0", "refresh-1", "refresh-1" }));
    }

    [Test]
    public async Task Who_stops_waiting_does_not_lose_a_rotated_refresh_token()
    {
        TaskCompletionSource heard = new(), go = new();
        _server.Answer = async context =>
        {
            heard.TrySetResult();
            await go.Task;
            await context.Response.WriteAsync("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        };
        using CancellationTokenSource cancel = new();
        Task<string> waiting = _tokens.Get(Source(Refresh), cancel.Token);
        await heard.Task;
        await cancel.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        Task closing = _tokens.DisposeAsync().AsTask();
        go.SetResult();
        await closing;
        _tokens = Open();
        await Get(Source(Refresh));
        Assert.That(_server.Asked.Select(f => f["refresh_token"]), Is.EqualTo(new[] { "refresh-0", "refresh-1" }));
    }

    [Test]
    public async Task A_newly_configured_refresh_token_wins()
    {
        _server.Answer = TokenServer.Says("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        await Get(Source(Refresh));
        await Get(Source("new-0"));
        await Restart();
        await Get(Source("new-0"));
        Assert.That(_server.Asked.Select(f => f["refresh_token"]), Is.EqualTo(new[] { "refresh-0", "new-0", "refresh-1" }), "the token that came for the new one is called so too");
        await Restart();
        await Get(Source(Refresh));
        Assert.That(_server.Asked.Last()["refresh_token"], Is.EqualTo(Refresh));
    }

    [Test]
    public async Task What_a_crash_left_half_written_does_no_harm()
    {
        _server.Answer = TokenServer.Says("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        await Get(Source(Refresh));
        string file = Directory.GetFiles(Kept).Single();
        await File.WriteAllTextAsync(file + ".new", "{ \"Source");
        await Restart();
        _server.Answer = TokenServer.Says("""{ "access_token": "b", "refresh_token": "refresh-2" }""");
        await Get(Source(Refresh));
        Assert.That(_server.Asked.Last()["refresh_token"], Is.EqualTo("refresh-1"));
        Assert.That(Directory.GetFiles(Kept), Is.EqualTo(new[] { file }));
        Assert.That(await File.ReadAllTextAsync(file), Does.Contain("refresh-2"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[]")]
    public async Task A_damaged_file_gives_way_to_the_configured_token(string content)
    {
        _server.Answer = TokenServer.Says("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        await Get(Source(Refresh));
        await File.WriteAllTextAsync(Directory.GetFiles(Kept).Single(), content);
        await Restart();
        await Get(Source(Refresh));
        Assert.That(_server.Asked.Last()["refresh_token"], Is.EqualTo(Refresh));
    }

    [Test]
    public async Task A_kept_token_that_cannot_be_read_is_not_replaced_by_an_older_one()
    {
        _server.Answer = TokenServer.Says("""{ "access_token": "a", "refresh_token": "refresh-1" }""");
        await Get(Source(Refresh));
        string file = Directory.GetFiles(Kept).Single();
        File.Delete(file);
        Directory.CreateDirectory(file);
        await Restart();
        TokenRefusal refusal = await Refused(Source(Refresh));
        Assert.That((refusal.Temporary, _server.Asked.Count), Is.EqualTo((true, 1)));
        Assert.That(refusal.Message, Does.StartWith("The kept refresh token of shared@example.com at imap.example.com cannot be read"));
    }

    [Test]
    public void A_source_with_a_password_needs_no_token()
        => Assert.That(async () => await Get(Source() with { OAuth = null, Password = "p" }), Throws.ArgumentException);

    private string Kept => _folder.File("tokens");

    private AccessTokens Open() => new(Kept, _clock, NullLogger<AccessTokens>.Instance);

    private async Task Restart()
    {
        await _tokens.DisposeAsync();
        _tokens = Open();
    }

    private Task<string> Get(SourceOptions source) => _tokens.Get(source, CancellationToken.None);

    private async Task<TokenRefusal> Refused(SourceOptions source) => (await Assert.ThrowsAsync<TokenRefusal>(() => Get(source)))!;

    private SourceOptions Source(string? refreshToken = null, string? secret = Secret, string scope = "mail.read") => new()
    {
        Inbox = "support",
        Host = "imap.example.com",
        Port = 993,
        User = "shared@example.com",
        OAuth = new OAuthOptions(_server.Endpoint, "the client", secret, refreshToken, scope),
    };
}
