using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Storage;

/// <summary>What is asked while people and mail wait goes through indexes, however many conversations there are.</summary>
public sealed class QueryPlanTests
{
    private static readonly string[] Large = ["conversation", "message", "filing", "digest", "reference", "participant", "event", "outgoing", "delivery", "contact", "c", "m", "r", "d", "k", "o"];

    private MailSink _sink = null!;
    private TestGateway _gateway = null!;

    [SetUp]
    public async Task Start()
    {
        _sink = MailSink.Start();
        _gateway = await TestGateway.Start(new TestConfiguration { SmartHost = _sink.Port });
    }

    [TearDown]
    public async Task Stop()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Test]
    public async Task No_statement_of_the_writer_reads_a_whole_table()
    {
        long id = (await _gateway.File(Sample.Mail(id: "a@berg.example"))).ConversationId!.Value;
        Message ours = await Answer(id);
        await _gateway.File(Sample.Mail("Re: Order 10482", id: "b@berg.example", fields: $"References: <a@berg.example> <{ours.MessageId}>"));
        await _gateway.File(Report(ours.MessageId), "");
        await _gateway.Actions.Trash([id], TestGateway.Nobody, default);
        await _gateway.Get<Erasure>().DeleteDue(DateTimeOffset.MaxValue, default);
        Assert.That(_gateway.Get<ThreadQuery>().Load(id), Is.Null);
        Assert.That(await _gateway.Inbox.Write(Slow), Is.Empty);
    }

    [Test]
    public async Task No_list_and_no_thread_reads_a_whole_table()
    {
        long id = (await _gateway.File(Sample.Mail())).ConversationId!.Value;
        // A database of its own has one reader, which has prepared nothing else.
        using Database alone = Database.OpenReadOnly(DataFolder.InboxFileOf(Path.Combine(_gateway.Folder, "data")), new SqliteDialect());
        foreach (View view in View.All)
        {
            new ViewQuery(alone, _gateway.Get<ChangeLog>()).List("support", view, 1);
        }

        Assert.That(new ThreadQuery(alone).Load(id), Is.Not.Null);
        Assert.That(alone.Read(Slow), Is.Empty);
    }

    private static IReadOnlyList<string> Slow(Snapshot reader) =>
    [
        .. reader.Statements.Texts.ToList()
            .Where(sql => sql.StartsWith("SELECT", StringComparison.Ordinal) || sql.StartsWith("UPDATE", StringComparison.Ordinal) || sql.StartsWith("DELETE", StringComparison.Ordinal))
            .SelectMany(sql => reader.All<Step>("EXPLAIN QUERY PLAN " + sql).Where(ReadsAll).Select(s => $"{s.Detail}: {sql}")),
    ];

    private static bool ReadsAll(Step step)
    {
        string[] words = step.Detail.Split(' ');
        return (words[0] == "SCAN" && Large.Contains(words[1]) && !step.Detail.Contains("conversation_routing", StringComparison.Ordinal))
            || step.Detail.EndsWith("(inbox=?)", StringComparison.Ordinal);
    }

    private async Task<Message> Answer(long conversation)
    {
        ReplyDraft draft = _gateway.Get<Reply>().Start(ReplyKind.Reply, "support", conversation, _gateway.Thread(conversation).Messages[0].Message.Id)!;
        ReplyResult sent = await _gateway.Get<Reply>().Send(draft with { Text = "It leaves today." }, new Actor(null, "Mina"), CancellationToken.None);
        await Eventually.Holds(() => _sink.Mails.Count == 1, "sent");
        return _gateway.Get<ThreadQuery>().Message(sent.MessageId)!;
    }

    private static string Report(string messageId) =>
        $"""
        From: Mail Delivery System <mailer-daemon@sink.example>
        To: support@example.com
        Message-ID: <report-1@sink.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; sink.example

        Final-Recipient: rfc822; jonas@berg.example
        Action: failed
        Status: 5.2.2
        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{messageId}>
        --b--
        """;

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
