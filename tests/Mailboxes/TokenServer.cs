using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MailInbox.Tests.Mailboxes;

/// <summary>A token endpoint on this machine that answers as a test wants.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TokenServer(WebApplication app) => _app = app;

    public Uri Endpoint => new($"{_app.Urls.Single()}/token");

    /// <summary>The forms that were sent, in their order.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; } = [];

    /// <summary>How the next requests are answered.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Says("""{ "access_token": "first", "token_type": "Bearer", "expires_in": 3600 }""");

    public static async Task<TokenServer> Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        TokenServer server = new(builder.Build());
        server._app.MapPost("/token", server.Hear);
        await server._app.StartAsync();
        return server;
    }

    public static Func<HttpContext, Task> Says(string json, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(json);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Hear(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync();
        Asked.Enqueue(form.ToDictionary(f => f.Key, f => f.Value.ToString()));
        await Answer(context);
    }
}
