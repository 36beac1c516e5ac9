using System.Net;
using System.Net.Sockets;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Smtp;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Outbox;

public sealed class OutboxTests
{
    private MailSink _sink = null!;
    private TestGateway _gateway = null!;
    private Actor _mina = null!;

    [SetUp]
    public async Task Start()
    {
        _sink = MailSink.Start();
        _gateway = await TestGateway.Start(new TestConfiguration { SmartHost = _sink.Port });
        Agent agent = await _gateway.AddAgent("mina@example.com");
        _mina = new Actor(agent.Id, "Mina Aas");
    }

    [TearDown]
    public async Task Stop()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Test]
    public async Task Reply_goes_to_whoever_wrote_and_takes_the_conversation()
    {
        long id = await New("Reply-To: Desk <desk@berg.example>", "Cc: lea@berg.example, help@example.com");
        await Send(Draft(ReplyKind.Reply, id) with { Html = "<div>It <b>leaves</b> today.</div>" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        MimeMessage mail = _sink.Mails.Single().Message;
        Conversation conversation = _gateway.Thread(id).Conversation;
        Assert.Multiple(() =>
        {
            Assert.That(_sink.Mails[0].To, Is.EqualTo(new[] { "desk@berg.example" }));
            Assert.That(mail.From.Single(), Is.EqualTo(new MailInbox.Mail.Mime.Headers.MailAddress("Mina Aas", "support@example.com")));
            Assert.That(mail.MessageId, Does.Match("^[0-9a-f]{32}@example.com$"));
            Assert.That(mail.HtmlBody[0].Text(), Does.Contain("It <b>leaves</b> today.").And.Contain("Where is my order?"));
            Assert.That(mail.TextBody[0].Text(), Does.Contain("> Where is my order?"));
            Assert.That(conversation.AssigneeId, Is.EqualTo(_mina.AgentId));
            Assert.That(conversation.WaitingSince, Is.Null);
        });
    }

    [Test]
    public async Task Reply_all_adds_the_others_and_never_ourselves()
    {
        long id = await New("Cc: Lea <lea@berg.example>, help@example.com, jonas@berg.example");
        ReplyDraft draft = Draft(ReplyKind.ReplyAll, id);
        Assert.Multiple(() =>
        {
            Assert.That(draft.To, Is.EqualTo("Jonas Berg <jonas@berg.example>"));
            Assert.That(draft.Cc, Is.EqualTo("Lea <lea@berg.example>"));
        });
        await Send(draft with { Text = "To both", Bcc = "archive@partner.example" });
        await Eventually.Holds(() => _sink.Mails.Count == 1, "sent");
        Assert.Multiple(() =>
        {
            Assert.That(_sink.Mails[0].To, Is.EquivalentTo(new[] { "jonas@berg.example", "lea@berg.example", "archive@partner.example" }));
            Assert.That(System.Text.Encoding.UTF8.GetString(_sink.Mails[0].Bytes), Does.Not.Contain("archive@"), "nobody sees a blind copy");
        });
    }

    [Test]
    public async Task Compose_stands_in_Sent_until_it_is_answered()
    {
        ReplyResult sent = await Send(new ReplyDraft { Kind = ReplyKind.Compose, Inbox = "support", To = "New Person <new@person.example>", Subject = "Your offer", Text = "Dear New" });
        await Eventually.Holds(() => _sink.Mails.Count == 1, "sent");
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.In(View.Sent), Is.EqualTo(new[] { sent.ConversationId }));
            Assert.That(_gateway.In(View.Open), Is.Empty);
        });
        await _gateway.File(Sample.Mail("Re: Your offer", "New Person <new@person.example>", "x@person.example", "Yes", $"In-Reply-To: <{_sink.Mails[0].Message.MessageId}>"));
        Assert.That(_gateway.In(View.Open), Is.EqualTo(new[] { sent.ConversationId }));
    }

    [Test]
    public async Task A_recipient_that_is_refused_for_good_is_shown_and_reopens_the_conversation()
    {
        long id = await New();
        _sink.Answer = to => to.StartsWith("gone", StringComparison.Ordinal) ? new SmtpReply(550, "5.1.1", "No such person") : null;
        await Send(Draft(ReplyKind.Reply, id) with { Cc = "gone@berg.example", Text = "Hello", Close = true });
        await Eventually.Holds(() => _gateway.Thread(id).Messages[1].Recipients.All(r => r.State != DeliveryState.Queued), "answered");
        IReadOnlyList<RecipientState> states = _gateway.Thread(id).Messages[1].Recipients;
        Assert.Multiple(() =>
        {
            Assert.That(states.Select(s => (s.Address, s.State)), Is.EqualTo(new[] { ("gone@berg.example", DeliveryState.Failed), ("jonas@berg.example", DeliveryState.Sent) }));
            Assert.That(states[0].Reply, Does.Contain("550 5.1.1 No such person"));
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Open));
            Assert.That(_gateway.Thread(id).Conversation.SendFailed, Is.True);
            Assert.That(_gateway.Get<OutboxStore>().Counts().Failed, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_host_that_puts_off_is_tried_again_with_the_same_bytes()
    {
        long id = await New();
        _sink.AnswerToData = new SmtpReply(451, "4.3.0", "Later, please");
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Deferred, "deferred");
        Assert.That(_gateway.Thread(id).Messages[1].Recipients[0].NextAt, Is.Not.Null);
        _sink.AnswerToData = null;
        await Due();
        await _gateway.Get<OutboxSender>().SendDue(default);
        Assert.Multiple(() =>
        {
            Assert.That(State(id), Is.EqualTo(DeliveryState.Sent));
            Assert.That(_sink.Mails.Single().Message.MessageId, Is.EqualTo(_gateway.Thread(id).Messages[1].Message.MessageId));
        });
    }

    [Test]
    public async Task What_is_queued_survives_the_end_of_the_process()
    {
        long id = await New();
        int port = _sink.Port;
        await _sink.DisposeAsync();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Deferred, "deferred: nobody listens");
        TempFolder folder = await _gateway.Stop();
        _sink = MailSink.Start(port);
        _gateway = await TestGateway.Start(new TestConfiguration { SmartHost = port }, folder);
        await Due();
        await _gateway.Get<OutboxSender>().SendDue(default);
        Assert.That(_sink.Mails, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_delivery_report_joins_and_marks_the_recipient()
    {
        long id = await New();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        await _gateway.File(Report(_sink.Mails[0].Message.MessageId), "");
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.Thread(id).Messages[2].Message.Kind, Is.EqualTo(MessageKind.Bounce));
            Assert.That(State(id), Is.EqualTo(DeliveryState.Bounced));
            Assert.That(_gateway.Thread(id).Conversation.SendFailed, Is.True);
        });
    }

    [Test]
    public async Task A_notice_in_words_alone_joins_and_marks_the_recipient()
    {
        long id = await New();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        await _gateway.Actions.Close([id], _mina, default);
        await _gateway.File(Notice("""
            I could not bring your mail to:

            <jonas@berg.example>:
            The host said: 550 5.1.1 Unknown user here

            --- Below stands your mail, returned message:
            """, _sink.Mails[0].Message.MessageId), "");
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.Thread(id).Messages[2].Message.Kind, Is.EqualTo(MessageKind.Bounce));
            Assert.That(State(id), Is.EqualTo(DeliveryState.Bounced));
            Assert.That(_gateway.Thread(id).Messages[1].Recipients.Single().Reply, Does.Contain("550 5.1.1 Unknown user here"));
            Assert.That(_gateway.Thread(id).Conversation.SendFailed, Is.True);
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Open));
        });
    }

    [Test]
    public async Task A_delay_is_shown_and_wakes_nobody()
    {
        long id = await New();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        await _gateway.Actions.Close([id], _mina, default);
        string report = Report(_sink.Mails[0].Message.MessageId);
        await _gateway.File(report.Replace("Action: failed", "Action: delayed", StringComparison.Ordinal).Replace("5.2.2", "4.2.2", StringComparison.Ordinal).Replace("report-1", "report-2", StringComparison.Ordinal), "");
        Assert.Multiple(() =>
        {
            Assert.That(State(id), Is.EqualTo(DeliveryState.Deferred));
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Closed));
            Assert.That(_gateway.Thread(id).Conversation.SendFailed, Is.False);
        });
        await _gateway.File(report, "");
        Assert.That(State(id), Is.EqualTo(DeliveryState.Bounced), "a failure ends a delay");
        await _gateway.File(report.Replace("Action: failed", "Action: delayed", StringComparison.Ordinal).Replace("report-1", "report-3", StringComparison.Ordinal), "");
        Assert.That(State(id), Is.EqualTo(DeliveryState.Bounced), "a delay undoes no failure");
    }

    [TestCase("00112233445566778899aabbccddeeff@example.com")]
    [TestCase("")]
    public async Task A_report_about_a_mail_that_is_not_ours_changes_nothing(string messageId)
    {
        long id = await New();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        Filing forged = await _gateway.File(Report(messageId), "");
        Filing words = await _gateway.File(Notice("Delivery to <jonas@berg.example> failed: 550 5.1.1 No such user\n\nOriginal message follows.\n", messageId), "");
        Assert.Multiple(() =>
        {
            Assert.That(State(id), Is.EqualTo(DeliveryState.Sent));
            Assert.That(_gateway.Thread(id).Messages, Has.Count.EqualTo(2));
            Assert.That(_gateway.Thread(id).Conversation.SendFailed, Is.False);
            Assert.That(new[] { forged.ConversationId, words.ConversationId }, Has.None.EqualTo(id));
        });
    }

    [Test]
    public async Task A_report_that_names_our_mail_in_its_words_is_found()
    {
        long id = await New();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        string words = $"The mail {_sink.Mails[0].Message.MessageId} could not be delivered.\n\n<jonas@berg.example>: 552 5.2.2 mailbox full\n";
        await _gateway.File(Notice(words, messageId: null), "");
        Assert.That(State(id), Is.EqualTo(DeliveryState.Bounced));
    }

    [Test]
    public async Task A_report_that_is_quicker_than_the_end_of_the_attempt_holds()
    {
        long id = await New();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        Message sent = _gateway.Thread(id).Messages[1].Message;
        await _gateway.File(Report(sent.MessageId), "");
        await _gateway.Inbox.Write(t => OutboxStore.Record(t, t.First<OutgoingMail>("SELECT * FROM outgoing")!, [new Outcome("jonas@berg.example", DeliveryState.Sent, "250 Taken")], t.Now));
        Assert.That(State(id), Is.EqualTo(DeliveryState.Bounced));
    }

    [Test]
    public async Task A_report_says_no_more_than_a_line()
    {
        long id = await New();
        await Send(Draft(ReplyKind.Reply, id) with { Text = "Hello" });
        await Eventually.Holds(() => State(id) == DeliveryState.Sent, "sent");
        string words = string.Join("\n ", Enumerable.Repeat("no such person here", 5_000));
        await _gateway.File(Report(_sink.Mails[0].Message.MessageId).Replace("552 5.2.2 Mailbox full", words, StringComparison.Ordinal), "");
        Assert.Multiple(() =>
        {
            Assert.That(State(id), Is.EqualTo(DeliveryState.Bounced));
            Assert.That(_gateway.Thread(id).Messages[1].Recipients[0].Reply, Has.Length.LessThan(600));
            Assert.That(_gateway.Thread(id).Events.Select(e => e.Text.Length), Is.All.LessThan(700));
        });
    }

    [Test]
    public async Task A_host_that_hangs_keeps_only_its_own_mail_waiting()
    {
        using TcpListener hanging = new(IPAddress.Loopback, 0);
        hanging.Start();
        string host = $$"""{ "host": "127.0.0.1", "port": {{((IPEndPoint)hanging.LocalEndpoint).Port}}, "security": "none" }""";
        string inboxes = $$"""
            { "inboxes": { "support": { "name": "Support", "addresses": ["support@example.com"], "sendThrough": "hangs" }, "sales": { "name": "Sales", "addresses": ["sales@example.com"], "sendThrough": "works" } },
              "submission": { "hangs": {{host}}, "works": { "host": "127.0.0.1", "port": {{_sink.Port}}, "security": "none" } } }
            """;
        await using TestGateway two = await TestGateway.Start(new TestConfiguration { Inboxes = inboxes });
        ReplyDraft draft = new() { Kind = ReplyKind.Compose, To = "new@person.example", Subject = "Your offer", Text = "Dear New" };
        await two.Get<Reply>().Send(draft with { Inbox = "support" }, _mina, default);
        using TcpClient caller = await hanging.AcceptTcpClientAsync();
        await two.Get<Reply>().Send(draft with { Inbox = "sales" }, _mina, default);
        await Eventually.Holds(() => _sink.Mails.Count == 1, "the other host's mail is sent");
    }

    [Test]
    public async Task Mistakes_are_words_beside_their_fields_and_nothing_is_sent()
    {
        long id = await New();
        ReplyDraft draft = Draft(ReplyKind.Reply, id);
        Dictionary<string, ReplyDraft> wrong = new()
        {
            ["to"] = draft with { To = "not an address", Text = "x" },
            ["cc"] = draft with { Cc = "a@b.example\r\nBcc: c@d.example", Text = "x" },
            ["text"] = draft with { Text = "  " },
            ["subject"] = draft with { Subject = "a\r\nX: y", Text = "x" },
            ["attachments"] = draft with { Text = "x", Attachments = [new Upload("big", "a/b", new byte[26 << 20])] },
        };
        foreach ((string field, ReplyDraft broken) in wrong)
        {
            ReplyResult result = await _gateway.Get<Reply>().Send(broken, _mina, default);
            Assert.That(result.Problems.Keys, Does.Contain(field), field);
        }

        Assert.That(_gateway.Thread(id).Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Sending_onto_a_thread_that_changed_stops()
    {
        long id = await New();
        ReplyDraft draft = Draft(ReplyKind.Reply, id);
        await _gateway.File(Sample.Mail("Re: Order 10482", id: "n@berg.example", body: "Never mind", fields: $"In-Reply-To: <{_gateway.Thread(id).Messages[0].Message.MessageId}>"));
        ReplyResult result = await _gateway.Get<Reply>().Send(draft with { Text = "Hello" }, _mina, default);
        Assert.That(result.Problems["thread"], Does.StartWith("1 new message came"));
    }

    [Test]
    public async Task Without_a_smart_host_mail_stays_in_the_queue()
    {
        await using TestGateway lonely = await TestGateway.Start();
        long id = (await lonely.File(Sample.Mail())).ConversationId!.Value;
        ReplyDraft draft = lonely.Get<Reply>().Start(ReplyKind.Reply, "support", id, lonely.Thread(id).Messages[0].Message.Id)!;
        await lonely.Get<Reply>().Send(draft with { Text = "Hello" }, new Actor(null, "Mina"), default);
        await lonely.Get<OutboxSender>().SendDue(default);
        Assert.Multiple(() =>
        {
            Assert.That(lonely.Thread(id).Messages[1].Recipients[0].State, Is.EqualTo(DeliveryState.Queued));
            Assert.That(lonely.Get<OutboxStore>().Counts().Queued, Is.EqualTo(1));
        });
    }

    private static string Notice(string words, string? messageId) =>
        $"""
        From: Mail Delivery System <mailer-daemon@sink.example>
        To: support@example.com
        Subject: Your mail was not delivered
        Date: Fri, 20 Nov 2026 10:15:00 +0100
        Message-ID: <notice-{Guid.NewGuid():N}@sink.example>

        {words}
        {(messageId is null ? "" : $"Received: from gateway.example by sink.example; Fri, 20 Nov 2026 10:14:00 +0100\nFrom: support@example.com\nTo: jonas@berg.example\nMessage-ID: <{messageId}>\n")}
        """;

    private static string Report(string messageId) =>
        $"""
        From: Mail Delivery System <mailer-daemon@sink.example>
        To: support@example.com
        Subject: Undelivered Mail Returned to Sender
        Date: Fri, 20 Nov 2026 10:14:00 +0100
        Message-ID: <report-1@sink.example>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b

        I could not deliver your message.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; sink.example

        Final-Recipient: rfc822; Jonas@berg.example
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp; 552 5.2.2 Mailbox full
        --b
        Content-Type: text/rfc822-headers

        From: support@example.com
        Message-ID: <{messageId}>
        Subject: Re: Order 10482
        --b--
        """;

    private async Task<long> New(params string[] fields) => (await _gateway.File(Sample.Mail(fields: fields))).ConversationId!.Value;

    private ReplyDraft Draft(ReplyKind kind, long id) => _gateway.Get<Reply>().Start(kind, "support", id, _gateway.Thread(id).Messages[0].Message.Id)!;

    private async Task<ReplyResult> Send(ReplyDraft draft)
    {
        ReplyResult result = await _gateway.Get<Reply>().Send(draft, _mina, default);
        Assert.That(result.Problems, Is.Empty);
        return result;
    }

    private DeliveryState State(long id) => _gateway.Thread(id).Messages[1].Recipients.Single().State;

    // As if the pause were over.
    private Task<int> Due() => _gateway.Inbox.Write(t => t.Execute("UPDATE outgoing SET next_at = 0"));
}
