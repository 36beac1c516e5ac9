using System.Net;
using MailInbox.Host;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MailInbox.Tests.Support;

/// <summary>A whole gateway in this process: real sockets on free ports, real databases in a folder of its own.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempFolder _folder;

    private TestGateway(WebApplication app, TempFolder folder)
    {
        _app = app;
        _folder = folder;
    }

    public static Actor Nobody { get; } = new(null, "Test");

    public Uri Web => new(_app.Urls.First());

    public IPEndPoint Smtp => Get<SmtpServer>().LocalEndPoint;

    public string Folder => _folder.Path;

    public Database Inbox => Get<Database>();

    public RawMailStore Raw => Get<RawMailStore>();

    public ConversationActions Actions => Get<ConversationActions>();

    public static async Task<TestGateway> Start(TestConfiguration? configuration = null, TempFolder? folder = null, Uri? publicUrl = null)
    {
        folder ??= new TempFolder();
        string config = (configuration ?? new TestConfiguration()).Write(folder.Path);
        GatewaySettings settings = new(Path.Combine(folder.Path, "data"), config, new IPEndPoint(IPAddress.Loopback, 0), new Uri("http://127.0.0.1:0"), publicUrl ?? new Uri("http://127.0.0.1:0"), "gateway.example", 50L << 20);
        WebApplication app = GatewayHost.Build(settings);
        await app.StartAsync();
        return new TestGateway(app, folder);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Sends through the listener; the answers of the server.</summary>
    public async Task<SmtpSendResult> Send(string mail, string from = "jonas@berg.example", params string[] to)
    {
        await using SmtpClient client = await SmtpClient.Connect(new SmtpClientOptions { Host = "127.0.0.1", Port = Smtp.Port, Security = WireSecurity.None, HeloName = "client.example" }, TimeProvider.System, CancellationToken.None);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));
        return await client.Send(new SmtpMessage(from, to.Length == 0 ? ["support@example.com"] : to, bytes), CancellationToken.None);
    }

    /// <summary>Sends and waits until it is filed; the newest filing.</summary>
    public async Task<Filing> File(string mail, string from = "jonas@berg.example", params string[] to)
    {
        SmtpSendResult result = await Send(mail, from, to);
        Assert.That(result.Recipients.All(r => r.Reply.Accepted), Is.True, string.Join("; ", result.Recipients.Select(r => r.Reply)));
        await Eventually.Holds(() => Raw.Counts().Waiting == 0, "the mail is filed");
        return Inbox.Read(r => r.First<Filing>("SELECT * FROM filing ORDER BY raw_id DESC, inbox LIMIT 1"))!;
    }

    public MailInbox.Inbox.Conversations.Thread Thread(long id) => Get<ThreadQuery>().Load(id) ?? throw new InvalidOperationException($"There is no #{id}.");

    public IReadOnlyList<long> In(View view, long agentId = 0, string inbox = "support") => [.. Get<ViewQuery>().List(inbox, view, agentId).Rows.Select(r => r.Id)];

    /// <summary>Somebody who can answer at once.</summary>
    public async Task<Agent> AddAgent(string email, Role role = Role.Agent)
    {
        Agent agent = (await Get<AgentStore>().Add(email, email.Split('@')[0], role, Nobody, CancellationToken.None))!;
        string token = await Get<Invitations>().For(agent.Id, CancellationToken.None);
        return (await Get<Invitations>().Accept(token, new NewPerson("", "", "a long password"), CancellationToken.None))!;
    }

    /// <summary>Ends as on SIGTERM, and keeps the folder for another start.</summary>
    public async Task<TempFolder> Stop()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        return _folder;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
