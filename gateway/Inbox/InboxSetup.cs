using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Routing;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox;

/// <summary>Puts the product together: one instance of everything for the life of the gateway.</summary>
public static class InboxSetup
{
    /// <param name="folder">Taken by this process; closed after everything else.</param>
    public static void AddInbox(this IServiceCollection services, GatewayOptions options, DataFolder folder, InboxSurroundings surroundings)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => folder);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Dialect, SqliteDialect>();
        services.AddSingleton<ChangeLog>();
        services.AddSingleton(s => Open(s, s.GetRequiredService<DataFolder>().InboxFile, courteous: true));
        services.AddSingleton(s => new MailDatabase(Open(s, s.GetRequiredService<DataFolder>().MailFile, courteous: false)));
        services.AddSingleton(s => new RawMailStore(s.GetRequiredService<MailDatabase>().Database));
        services.AddSingleton(s => new MailboxLedger(s.GetRequiredService<MailDatabase>().Database));
        services.AddSingleton(s => new AccessTokens(Path.Combine(folder.Path, "tokens"), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<AccessTokens>>()));
        services.AddSingleton(new InboxDirectory(options.Inboxes));
        services.AddSingleton(new SmartHosts(options, surroundings.HostName));
        services.AddSingleton(s => new SpoolSurroundings(s.GetRequiredService<TimeProvider>(), folder.Path, surroundings.LeastFree, s.GetRequiredService<Dialect>()));
        Type[] rooms =
        [
            typeof(AgentStore), typeof(Passwords), typeof(Invitations),
            typeof(ConversationActions), typeof(Departure), typeof(Erasure), typeof(MessageReader), typeof(ThreadQuery), typeof(ViewQuery),
            typeof(Router), typeof(OutboxStore), typeof(OutboxSender), typeof(Reply),
            typeof(ServerActions), typeof(SentCopies),
            typeof(MailFiler), typeof(IntakeWorker), typeof(IntakeLedger), typeof(Quarantine), typeof(DiskSpace), typeof(Spool),
            typeof(MailboxConnections), typeof(MailboxRooms), typeof(Polling), typeof(Reconciliation), typeof(SilenceAlarm), typeof(SourceTests), typeof(Sources),
        ];
        foreach (Type room in rooms)
        {
            services.AddSingleton(room);
        }
    }

    private static Database Open(IServiceProvider services, string file, bool courteous) => Database.Open(
        file,
        services.GetRequiredService<Dialect>(),
        services.GetRequiredService<ChangeLog>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<Database>>(),
        courteous);

    /// <summary>mail.db, told apart from inbox.db.</summary>
    private sealed record MailDatabase(Database Database) : IDisposable
    {
        public void Dispose() => Database.Dispose();
    }
}

/// <summary>What the product is told of its machine.</summary>
/// <param name="HostName">The name we greet other servers with.</param>
/// <param name="LeastFree">Free bytes on the disk of the data below which no new mail is taken.</param>
public sealed record InboxSurroundings(string HostName, long LeastFree);
