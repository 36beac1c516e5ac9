using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Outbox;

/// <summary>What reports of others do to conversations: to their own what they say, to all others nothing.</summary>
public sealed class DeliveryReportTests
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
    public async Task Only_the_recipient_that_failed_is_marked()
    {
        (long id, string mail) = await Answered("Cc: lea@berg.example");
        await _gateway.Actions.Close([id], _mina, default);
        await _gateway.File(Report("lea@berg.example", mail), "");
        Assert.Multiple(() =>
        {
            Assert.That(States(id), Is.EquivalentTo(new[] { ("jonas@berg.example", DeliveryState.Sent), ("lea@berg.example", DeliveryState.Bounced) }));
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Open));
            Assert.That(_gateway.Thread(id).Events.Select(e => e.Text), Has.Some.EqualTo("Returned by lea@berg.example: the mailbox is full (552 5.2.2 Mailbox full)"));
        });
    }

    [Test]
    public async Task A_mail_that_was_passed_on_marks_nobody_but_says_so()
    {
        (long id, string mail) = await Answered();
        await _gateway.File(Report("jonas@elsewhere.example", mail), "");
        Assert.Multiple(() =>
        {
            Assert.That(States(id), Is.EqualTo(new[] { ("jonas@berg.example", DeliveryState.Sent) }));
            Assert.That(_gateway.Thread(id).Events.Select(e => e.Text), Has.Some.StartsWith("Passed on and returned by jonas@elsewhere.example: "));
            Assert.That(_gateway.Thread(id).Messages, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public async Task A_returned_mail_of_others_that_mentions_ours_changes_nothing()
    {
        (long id, string mail) = await Answered();
        await _gateway.File(Report("stranger@elsewhere.example", "theirs@berg.example", $"References: <{mail}>"), "");
        Assert.Multiple(() =>
        {
            Assert.That(States(id), Is.EqualTo(new[] { ("jonas@berg.example", DeliveryState.Sent) }));
            Assert.That(_gateway.Thread(id).Conversation.SendFailed, Is.False);
            Assert.That(_gateway.Thread(id).Messages, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task An_identifier_that_a_smart_host_rewrote_leads_to_the_newest_mail_it_mentions()
    {
        (long id, string first) = await Answered();
        string second = await Answer(id);
        await _gateway.File(Report("jonas@berg.example", "0102018c-rewritten@eu-west-1.smarthost.example", $"References: <{first}>\nX-Was: <{second}>"), "");
        var thread = _gateway.Thread(id);
        Assert.That(thread.Messages.Where(m => m.Recipients.Any(r => r.State == DeliveryState.Bounced)).Select(m => m.Message.MessageId), Is.EqualTo(new[] { second }));
    }

    [Test]
    public async Task A_report_in_one_conversation_leaves_the_others_alone()
    {
        (long one, string mail) = await Answered();
        long other = (await _gateway.File(Sample.Mail("Another matter"))).ConversationId!.Value;
        await Answer(other);
        await _gateway.File(Report("jonas@berg.example", mail, $"In-Reply-To: <{_sink.Mails[1].Message.MessageId}>"), "");
        Assert.Multiple(() =>
        {
            Assert.That(one, Is.Not.EqualTo(other));
            Assert.That(States(one), Is.EqualTo(new[] { ("jonas@berg.example", DeliveryState.Bounced) }));
            Assert.That(States(other), Is.EqualTo(new[] { ("jonas@berg.example", DeliveryState.Sent) }));
            Assert.That(_gateway.Thread(other).Conversation.SendFailed, Is.False);
        });
    }

    [Test]
    public async Task A_report_comes_back_once_for_each_time_it_is_sent()
    {
        (long id, string mail) = await Answered();
        string report = Report("jonas@berg.example", mail);
        await _gateway.File(report, "");
        await _gateway.File(report, "");
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.Thread(id).Messages, Has.Count.EqualTo(3));
            Assert.That(_gateway.Thread(id).Events.Count(e => e.Text.StartsWith("Returned by", StringComparison.Ordinal)), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_person_who_writes_about_a_returned_mail_joins_as_a_person()
    {
        (long id, string mail) = await Answered();
        string words = $"From: Jonas <jonas@berg.example>\nTo: support@example.com\nSubject: Re: Undelivered Mail Returned to Sender\nMessage-ID: <p1@berg.example>\nIn-Reply-To: <{mail}>\n"
            + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nI got this when I wrote to Lea, what shall I do?\n--b\nContent-Type: message/delivery-status\n\n"
            + "Reporting-MTA: dns; sink.example\n\nFinal-Recipient: rfc822; jonas@berg.example\nAction: failed\nStatus: 5.1.1\n--b--\n";
        await _gateway.File(words);
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.Thread(id).Messages[^1].Message.Kind, Is.EqualTo(MessageKind.Mail));
            Assert.That(States(id), Is.EqualTo(new[] { ("jonas@berg.example", DeliveryState.Sent) }));
        });
    }

    [Test]
    public async Task A_receipt_or_a_success_marks_nothing_as_failed()
    {
        (long id, string mail) = await Answered();
        await _gateway.Actions.Close([id], _mina, default);
        await _gateway.File(Report("jonas@berg.example", mail).Replace("Action: failed", "Action: delivered", StringComparison.Ordinal).Replace("552 5.2.2 Mailbox full", "250 2.0.0 Ok", StringComparison.Ordinal).Replace("Status: 5.2.2", "Status: 2.0.0", StringComparison.Ordinal), "");
        Assert.Multiple(() =>
        {
            Assert.That(States(id), Is.EqualTo(new[] { ("jonas@berg.example", DeliveryState.Sent) }));
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Closed));
        });
    }

    [Test]
    public async Task A_report_with_a_thousand_strangers_adds_few_lines()
    {
        (long id, string mail) = await Answered();
        string many = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"\n\nFinal-Recipient: rfc822; x{i}@elsewhere.example\nAction: failed\nStatus: 5.1.1"));
        await _gateway.File(Report("jonas@berg.example", mail).Replace("\n--b\nContent-Type: text/rfc822-headers", many + "\n--b\nContent-Type: text/rfc822-headers", StringComparison.Ordinal), "");
        Assert.Multiple(() =>
        {
            Assert.That(States(id), Is.EqualTo(new[] { ("jonas@berg.example", DeliveryState.Bounced) }));
            Assert.That(_gateway.Thread(id).Events, Has.Count.LessThan(40));
        });
    }

    private async Task<(long Id, string MessageId)> Answered(params string[] fields)
    {
        long id = (await _gateway.File(Sample.Mail(fields: fields))).ConversationId!.Value;
        return (id, await Answer(id));
    }

    private async Task<string> Answer(long id)
    {
        int before = _sink.Mails.Count;
        ReplyDraft draft = _gateway.Get<Reply>().Start(ReplyKind.ReplyAll, "support", id, _gateway.Thread(id).Messages[0].Message.Id)! with { Text = "Hello", LastSeenId = null };
        Assert.That((await _gateway.Get<Reply>().Send(draft, _mina, default)).Problems, Is.Empty);
        await Eventually.Holds(() => _sink.Mails.Count > before && States(id).All(s => s.State != DeliveryState.Queued), "sent");
        return _sink.Mails[^1].Message.MessageId;
    }

    private List<(string Address, DeliveryState State)> States(long id) =>
        [.. _gateway.Thread(id).Messages.SelectMany(m => m.Recipients).Select(r => (r.Address, r.State)).Distinct()];

    private static string Report(string recipient, string messageId, string returned = "X-Note: none") =>
        $"From: Mail Delivery System <mailer-daemon@sink.example>\nTo: support@example.com\nSubject: Undelivered Mail Returned to Sender\nMessage-ID: <{Guid.NewGuid():N}-report@sink.example>\n"
        + "Auto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nI could not deliver your message.\n--b\nContent-Type: message/delivery-status\n\n"
        + $"Reporting-MTA: dns; sink.example\n\nFinal-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full\n--b\nContent-Type: text/rfc822-headers\n\n"
        + $"From: support@example.com\nMessage-ID: <{messageId}>\n{returned}\nSubject: Re: Order 10482\n--b--\n";
}
