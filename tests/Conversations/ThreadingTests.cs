using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Conversations;

public sealed class ThreadingTests
{
    private TestGateway _gateway = null!;

    [SetUp]
    public async Task Start() => _gateway = await TestGateway.Start();

    [TearDown]
    public async Task Stop() => await _gateway.DisposeAsync();

    [Test]
    public async Task An_answer_of_somebody_who_takes_part_joins()
    {
        Filing first = await _gateway.File(Sample.Mail(id: "a@berg.example"));
        Filing second = await _gateway.File(Sample.Mail("Re: Order 10482", id: "b@berg.example", body: "And?", fields: "In-Reply-To: <a@berg.example>"));
        Assert.That(second.ConversationId, Is.EqualTo(first.ConversationId));
        Assert.That(_gateway.Thread(first.ConversationId!.Value).Trace.Select(s => s.Text), Has.Some.Contains("Joins #1").And.Some.Contains("takes part"));
    }

    [Test]
    public async Task Whoever_wrote_to_hundreds_takes_part_himself()
    {
        string cc = "Cc: " + string.Join(", ", Enumerable.Range(0, 250).Select(i => $"member{i}@club.example"));
        Filing first = await _gateway.File(Sample.Mail(id: "a@berg.example", fields: cc));
        Filing second = await _gateway.File(Sample.Mail("Re: Order 10482", id: "b@berg.example", body: "And?", fields: "In-Reply-To: <a@berg.example>"));
        Assert.That(second.ConversationId, Is.EqualTo(first.ConversationId));
    }

    [Test]
    public async Task A_stranger_with_the_right_reference_does_not_join_but_is_linked()
    {
        Filing first = await _gateway.File(Sample.Mail(id: "a@berg.example"));
        Filing second = await _gateway.File(Sample.Mail("Re: Order 10482", "Mallory <m@evil.example>", "b@evil.example", "Let me in", "References: <a@berg.example>"));
        Assert.That(second.ConversationId, Is.Not.EqualTo(first.ConversationId));
        Assert.That(_gateway.Thread(second.ConversationId!.Value).Conversation.LinkedId, Is.EqualTo(first.ConversationId));
    }

    [Test]
    public async Task A_subject_or_number_alone_joins_nothing()
    {
        Filing first = await _gateway.File(Sample.Mail());
        Filing second = await _gateway.File(Sample.Mail("Re: Order 10482 #1", body: "Same subject, no reference"));
        Assert.That(second.ConversationId, Is.Not.EqualTo(first.ConversationId));
    }

    [Test]
    public async Task A_parent_that_comes_late_joins_its_children()
    {
        Filing child = await _gateway.File(Sample.Mail("Re: Order 10482", id: "b@berg.example", fields: "In-Reply-To: <a@berg.example>"));
        Filing parent = await _gateway.File(Sample.Mail(id: "a@berg.example", body: "The first words"));
        Assert.That(parent.ConversationId, Is.EqualTo(child.ConversationId));
    }

    [Test]
    public async Task Whoever_holds_an_id_that_we_made_joins_from_any_address()
    {
        Filing first = await _gateway.File(Sample.Mail(id: "a@berg.example"));
        Message ours = await Answer(first);
        Filing second = await _gateway.File(Sample.Mail("Re: Order 10482", "Jonas <jonas@private.example>", "c@private.example", "From my phone", $"In-Reply-To: <{ours.MessageId}>"));
        Assert.That(second.ConversationId, Is.EqualTo(first.ConversationId));
    }

    [Test]
    public async Task The_id_of_a_forward_is_no_token()
    {
        Filing first = await _gateway.File(Sample.Mail(id: "a@berg.example"));
        long message = _gateway.Thread(first.ConversationId!.Value).Messages[0].Message.Id;
        ReplyResult sent = await _gateway.Get<Reply>().Send(new ReplyDraft { Kind = ReplyKind.Forward, Inbox = "support", ConversationId = first.ConversationId, MessageId = message, To = "log@partner.example", Subject = "Fwd: Order 10482" }, TestGateway.Nobody, CancellationToken.None);
        string id = _gateway.Get<ThreadQuery>().Message(sent.MessageId)!.MessageId;
        Filing stranger = await _gateway.File(Sample.Mail("Re: Fwd", "X <x@evil.example>", "x@evil.example", "?", $"In-Reply-To: <{id}>"));
        Filing partner = await _gateway.File(Sample.Mail("Re: Fwd", "Log <log@partner.example>", "y@partner.example", "We collect it", $"In-Reply-To: <{id}>"));
        Assert.Multiple(() =>
        {
            Assert.That(stranger.ConversationId, Is.Not.EqualTo(first.ConversationId));
            Assert.That(partner.ConversationId, Is.EqualTo(first.ConversationId), "whom it was forwarded to takes part");
            Assert.That(_gateway.Thread(first.ConversationId!.Value).Conversation.Participants, Is.EqualTo(1), "but is not counted as somebody of the matter");
        });
    }

    [Test]
    public async Task Another_inbox_is_linked_and_never_joined()
    {
        Filing first = await _gateway.File(Sample.Mail(id: "a@berg.example"));
        Filing second = await _gateway.File(Sample.Mail("Re: Order 10482", id: "b@berg.example", fields: "In-Reply-To: <a@berg.example>"), "jonas@berg.example", "sales@example.com");
        Assert.Multiple(() =>
        {
            Assert.That(second.Inbox, Is.EqualTo("sales"));
            Assert.That(second.ConversationId, Is.Not.EqualTo(first.ConversationId));
            Assert.That(_gateway.Thread(second.ConversationId!.Value).Conversation.LinkedId, Is.EqualTo(first.ConversationId));
        });
    }

    [Test]
    public async Task An_answer_reopens_what_was_closed_unless_it_is_about_something_else()
    {
        long id = (await _gateway.File(Sample.Mail(id: "a@berg.example"))).ConversationId!.Value;
        await _gateway.Actions.Close([id], TestGateway.Nobody, CancellationToken.None);
        Filing other = await _gateway.File(Sample.Mail("A new matter", id: "b@berg.example", fields: "In-Reply-To: <a@berg.example>"));
        Assert.Multiple(() =>
        {
            Assert.That(other.ConversationId, Is.Not.EqualTo(id));
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Closed));
        });
        Filing answer = await _gateway.File(Sample.Mail("AW: Re: Order 10482", id: "c@berg.example", fields: "In-Reply-To: <a@berg.example>"));
        Assert.Multiple(() =>
        {
            Assert.That(answer.ConversationId, Is.EqualTo(id));
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Open));
        });
    }

    [Test]
    public async Task A_machine_that_reopens_waits_for_nobody()
    {
        long id = (await _gateway.File(Sample.Mail(id: "a@berg.example"))).ConversationId!.Value;
        await _gateway.Actions.Close([id], TestGateway.Nobody, CancellationToken.None);
        await _gateway.File(Sample.Mail("Re: Order 10482", id: "b@berg.example", body: "I am away", fields: ["In-Reply-To: <a@berg.example>", "Auto-Submitted: auto-replied"]));
        Conversation conversation = _gateway.Thread(id).Conversation;
        Assert.Multiple(() =>
        {
            Assert.That(conversation.Status, Is.EqualTo(ConversationStatus.Open));
            Assert.That(conversation.WaitingSince, Is.Null);
        });
    }

    [Test]
    public async Task An_answer_brings_a_conversation_back_from_the_trash()
    {
        long id = (await _gateway.File(Sample.Mail(id: "a@berg.example"))).ConversationId!.Value;
        await _gateway.Actions.Trash([id], TestGateway.Nobody, CancellationToken.None);
        await _gateway.Actions.Delete([id], TestGateway.Nobody, CancellationToken.None);
        await _gateway.File(Sample.Mail("Re: Order 10482", id: "b@berg.example", fields: "In-Reply-To: <a@berg.example>"));
        Conversation back = _gateway.Thread(id).Conversation;
        Assert.Multiple(() =>
        {
            Assert.That(back.Disposition, Is.EqualTo(Disposition.Inbox));
            Assert.That(back.DeleteAt, Is.Null);
            Assert.That(_gateway.In(View.Unassigned), Does.Contain(id));
        });
    }

    private async Task<Message> Answer(Filing filing)
    {
        long conversation = filing.ConversationId!.Value;
        Agent agent = await _gateway.AddAgent("mina@example.com");
        ReplyDraft draft = _gateway.Get<Reply>().Start(ReplyKind.Reply, "support", conversation, _gateway.Thread(conversation).Messages[0].Message.Id)!;
        ReplyResult sent = await _gateway.Get<Reply>().Send(draft with { Text = "It leaves today." }, new Actor(agent.Id, agent.Name), CancellationToken.None);
        Assert.That(sent.Problems, Is.Empty);
        return _gateway.Get<ThreadQuery>().Message(sent.MessageId)!;
    }
}
