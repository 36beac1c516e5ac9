using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Conversations;

public sealed class ConversationActionsTests
{
    private TestGateway _gateway = null!;

    [SetUp]
    public async Task Start() => _gateway = await TestGateway.Start();

    [TearDown]
    public async Task Stop() => await _gateway.DisposeAsync();

    [Test]
    public async Task Each_act_moves_the_conversation_between_views_and_leaves_a_line()
    {
        long id = await New();
        Agent mina = await _gateway.AddAgent("mina@example.com");
        Actor actor = new(mina.Id, "Mina");
        Assert.That(Views(id, mina), Is.EqualTo(new[] { "unassigned", "open" }));
        await _gateway.Actions.Assign([id], mina.Id, actor, default);
        Assert.That(Views(id, mina), Is.EqualTo(new[] { "mine", "open" }));
        await _gateway.Actions.Close([id], actor, default);
        Assert.That(Views(id, mina), Is.EqualTo(new[] { "closed" }));
        await _gateway.Actions.Reopen([id], actor, default);
        await _gateway.Actions.MarkSpam([id], actor, default);
        Assert.That(Views(id, mina), Is.EqualTo(new[] { "filtered" }));
        await _gateway.Actions.Trash([id], actor, default);
        Assert.That(Views(id, mina), Is.EqualTo(new[] { "trash" }));
        await _gateway.Actions.Restore([id], actor, default);
        Assert.That(Views(id, mina), Is.EqualTo(new[] { "filtered" }), "back to where it stood");
        await _gateway.Actions.NotSpam([id], actor, default);
        Assert.That(Views(id, mina), Is.EqualTo(new[] { "mine", "open" }));
        Assert.That(_gateway.Thread(id).Events.Select(e => e.Kind), Is.EqualTo(new[] { "assigned", "closed", "reopened", "spam", "trashed", "restored", "not-spam" }));
    }

    [Test]
    public async Task Counts_agree_with_lists()
    {
        Agent mina = await _gateway.AddAgent("mina@example.com");
        long[] ids = [await New(), await New(), await New(), await New(), await New()];
        await _gateway.Actions.Assign([ids[0]], mina.Id, TestGateway.Nobody, default);
        await _gateway.Actions.Close([ids[1]], TestGateway.Nobody, default);
        await _gateway.Actions.Trash([ids[2]], TestGateway.Nobody, default);
        await _gateway.Actions.MarkSpam([ids[3]], TestGateway.Nobody, default);
        IReadOnlyDictionary<string, long> counts = _gateway.Get<ViewQuery>().Counts("support", mina.Id);
        Assert.That(View.All.ToDictionary(v => v.Key, v => (long)_gateway.In(v, mina.Id).Count), Is.EqualTo(counts));
        Assert.That(counts, Is.EqualTo(new Dictionary<string, long> { ["unassigned"] = 1, ["mine"] = 1, ["open"] = 2, ["closed"] = 1, ["sent"] = 0, ["filtered"] = 1, ["trash"] = 1 }));
    }

    [Test]
    public async Task Lists_go_on_where_a_page_ended()
    {
        for (int i = 0; i < 6; i++)
        {
            await New();
        }

        List<long> seen = [];
        string? cursor = null;
        int pages = 0;
        do
        {
            pages++;
            ConversationPage page = _gateway.Get<ViewQuery>().List("support", View.Open, 0, cursor, 3);
            seen.AddRange(page.Rows.Select(r => r.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.That(seen, Is.EqualTo(new long[] { 6, 5, 4, 3, 2, 1 }));
        Assert.That(pages, Is.EqualTo(2), "no page is empty");
    }

    [Test]
    public async Task Blocking_filters_this_and_all_future_mail_of_the_sender_until_unblocked()
    {
        long id = await New();
        await _gateway.Actions.Block([id], new Actor(null, "Mina"), default);
        Filing blocked = await _gateway.File(Sample.Mail("Once more", "Jonas Berg <JONAS@berg.example>"));
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.In(View.Filtered), Is.EquivalentTo(new[] { id, blocked.ConversationId!.Value }));
            Assert.That(_gateway.Thread(blocked.ConversationId!.Value).Conversation.FilterReason, Does.Contain("blocked").And.Contain("Mina"));
            Assert.That(_gateway.Actions.Blocked(id), Is.True);
        });
        await _gateway.Actions.Unblock([id], new Actor(null, "Mina"), default);
        Filing free = await _gateway.File(Sample.Mail("And again"));
        Assert.That(_gateway.In(View.Unassigned), Is.EqualTo(new[] { free.ConversationId!.Value }));
    }

    [Test]
    public async Task A_blocked_sender_does_not_hide_behind_another_From()
    {
        long id = await New();
        await _gateway.Actions.Block([id], new Actor(null, "Mina"), default);
        Filing hidden = await _gateway.File(Sample.Mail("Two writers", "Someone <someone@else.example>, Jonas <Jonas@Berg.example>"), "bounce@else.example");
        Assert.That(_gateway.Thread(hidden.ConversationId!.Value).Conversation.FilterReason, Is.EqualTo("Mina blocked jonas@berg.example"));
    }

    [Test]
    public async Task Mail_that_passes_brings_a_filtered_conversation_back_unless_a_person_said_spam()
    {
        Filing list = await _gateway.File(Sample.Mail(id: "a@berg.example", fields: "List-Id: <news.berg.example>"));
        Filing spam = await _gateway.File(Sample.Mail("Another", id: "b@berg.example"));
        Assert.That(_gateway.In(View.Filtered), Is.EqualTo(new[] { list.ConversationId!.Value }));
        await _gateway.Actions.MarkSpam([spam.ConversationId!.Value], TestGateway.Nobody, default);
        await _gateway.File(Sample.Mail("Re: Order 10482", id: "c@berg.example", fields: "In-Reply-To: <a@berg.example>"));
        await _gateway.File(Sample.Mail("Re: Another", id: "d@berg.example", fields: "In-Reply-To: <b@berg.example>"));
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.In(View.Unassigned), Is.EqualTo(new[] { list.ConversationId!.Value }));
            Assert.That(_gateway.In(View.Filtered), Is.EqualTo(new[] { spam.ConversationId!.Value }));
            Assert.That(_gateway.Thread(spam.ConversationId!.Value).Messages, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task Filtered_mail_never_touches_what_the_team_looks_at()
    {
        long id = (await _gateway.File(Sample.Mail(id: "a@berg.example", fields: "Cc: Lea <lea@berg.example>"))).ConversationId!.Value;
        await _gateway.Actions.Close([id], TestGateway.Nobody, default);
        Filing bulk = await _gateway.File(Sample.Mail("Re: Order 10482", "Lea <lea@berg.example>", "b@berg.example", "Buy", "In-Reply-To: <a@berg.example>", "Precedence: bulk"));
        Assert.Multiple(() =>
        {
            Assert.That(bulk.ConversationId, Is.Not.EqualTo(id));
            Assert.That(_gateway.Thread(id).Conversation.Status, Is.EqualTo(ConversationStatus.Closed));
            Assert.That(_gateway.Thread(bulk.ConversationId!.Value).Conversation.LinkedId, Is.EqualTo(id));
        });
    }

    [Test]
    public async Task What_is_deleted_for_ever_is_gone_from_every_file_and_does_not_come_back()
    {
        string mail = Sample.Mail(id: "a@berg.example", body: "A secret word: xylophone");
        long id = (await _gateway.File(mail)).ConversationId!.Value;
        await _gateway.Actions.Trash([id], TestGateway.Nobody, default);
        Erasure erasure = _gateway.Get<Erasure>();
        Assert.That(await erasure.DeleteDue(TimeProvider.System.GetUtcNow().AddDays(29), default), Is.Zero, "thirty days are not over");
        Assert.That(await erasure.DeleteDue(TimeProvider.System.GetUtcNow().AddDays(31), default), Is.EqualTo(1));
        TempFolder folder = await _gateway.Stop();
        foreach (string file in Directory.GetFiles(Path.Combine(folder.Path, "data"), "*.db*"))
        {
            Assert.That(File.ReadAllBytes(file).AsSpan().IndexOf("xylophone"u8), Is.LessThan(0), file);
        }

        _gateway = await TestGateway.Start(folder: folder);
        Filing again = await _gateway.File(mail);
        Assert.Multiple(() =>
        {
            Assert.That(again.Outcome, Is.EqualTo(FilingOutcome.Duplicate));
            Assert.That(again.Reason, Does.Contain("deleted for ever"));
        });
    }

    [Test]
    public async Task Deleting_for_ever_takes_the_bytes_of_duplicates_too()
    {
        string mail = Sample.Mail(id: "a@berg.example", body: "A secret word: xylophone");
        Filing first = await _gateway.File(mail);
        Filing second = await _gateway.File(mail);
        await _gateway.Actions.Trash([first.ConversationId!.Value], TestGateway.Nobody, default);
        await _gateway.Get<Erasure>().DeleteDue(TimeProvider.System.GetUtcNow().AddDays(31), default);
        Filing late = await _gateway.File(mail);
        await _gateway.Get<Erasure>().Purge(default);
        Assert.Multiple(() =>
        {
            Assert.That(late.Outcome, Is.EqualTo(FilingOutcome.Duplicate));
            Assert.That(new[] { first, second, late }.Select(f => _gateway.Raw.Bytes(f.RawId).Length), Is.All.Zero);
        });
    }

    [Test]
    public async Task Deleting_for_ever_in_one_inbox_leaves_the_mail_of_another()
    {
        Filing filing = await _gateway.File(Sample.Mail(), "jonas@berg.example", "support@example.com", "sales@example.com");
        IReadOnlyList<Filing> both = _gateway.Get<IntakeLedger>().Of(filing.RawId);
        await _gateway.Actions.Trash([both[0].ConversationId!.Value], TestGateway.Nobody, default);
        await _gateway.Get<Erasure>().DeleteDue(TimeProvider.System.GetUtcNow().AddDays(31), default);
        Assert.That(_gateway.Raw.Bytes(filing.RawId), Is.Not.Empty);
        await _gateway.Actions.Trash([both[1].ConversationId!.Value], TestGateway.Nobody, default);
        await _gateway.Get<Erasure>().DeleteDue(TimeProvider.System.GetUtcNow().AddDays(31), default);
        Assert.That(_gateway.Raw.Bytes(filing.RawId), Is.Empty);
    }

    [Test]
    public async Task Deletion_can_be_taken_back_within_its_ten_seconds()
    {
        long id = await New();
        await _gateway.Actions.Trash([id], TestGateway.Nobody, default);
        await _gateway.Actions.Delete([id], TestGateway.Nobody, default);
        Assert.That(_gateway.Thread(id).Conversation.DeleteAt, Is.LessThan(TimeProvider.System.GetUtcNow().AddMinutes(1)));
        await _gateway.Actions.Keep([id], TestGateway.Nobody, default);
        Assert.That(_gateway.Thread(id).Conversation.DeleteAt, Is.GreaterThan(TimeProvider.System.GetUtcNow().AddDays(29)));
    }

    [Test]
    public async Task A_deactivated_agent_loses_his_conversations_and_the_last_administrator_stays()
    {
        long id = await New();
        Agent mina = await _gateway.AddAgent("mina@example.com", Role.Administrator);
        Agent tor = await _gateway.AddAgent("tor@example.com");
        await _gateway.Actions.Assign([id], tor.Id, TestGateway.Nobody, default);
        Departure departure = _gateway.Get<Departure>();
        Assert.That(await departure.Deactivate(tor.Id, new Actor(mina.Id, mina.Name), default), Is.True);
        Assert.That(_gateway.In(View.Unassigned), Is.EqualTo(new[] { id }));
        Assert.That(await departure.Deactivate(mina.Id, TestGateway.Nobody, default), Is.False);
        Assert.That(await _gateway.Actions.Assign([id], tor.Id, TestGateway.Nobody, default), Is.Zero, "a deactivated agent gets nothing");
    }

    private async Task<long> New() => (await _gateway.File(Sample.Mail())).ConversationId!.Value;

    private IReadOnlyList<string> Views(long id, Agent agent) => ViewQuery.ViewsOf(_gateway.Get<ViewQuery>().Rows([id], agent.Id)[0], agent.Id);
}
