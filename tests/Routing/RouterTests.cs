using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Routing;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Routing;

public sealed class RouterTests
{
    private const string Rules =
        """
        { "rules": [
            { "name": "Help", "when": "to:help@example.com", "assign": { "agents": ["mina@example.com", "tor@example.com"] } },
            { "name": "Others", "when": "", "assign": { "agents": ["lea@example.com"] } } ] }
        """;

    private TestGateway _gateway = null!;

    [SetUp]
    public async Task Start() => _gateway = await TestGateway.Start(new TestConfiguration { Routing = Rules });

    [TearDown]
    public async Task Stop() => await _gateway.DisposeAsync();

    [Test]
    public async Task Agents_of_a_rule_take_turns()
    {
        Agent mina = await _gateway.AddAgent("mina@example.com");
        Agent tor = await _gateway.AddAgent("tor@example.com");
        List<long?> turns = [];
        for (int i = 0; i < 4; i++)
        {
            Filing filing = await _gateway.File(Sample.Mail(), "jonas@berg.example", "help@example.com");
            turns.Add(_gateway.Thread(filing.ConversationId!.Value).Conversation.AssigneeId);
        }

        Assert.That(turns, Is.EqualTo(new long?[] { mina.Id, tor.Id, mina.Id, tor.Id }));
    }

    [Test]
    public async Task The_rule_that_found_nobody_holds_when_the_job_tries_again()
    {
        Agent lea = await _gateway.AddAgent("lea@example.com");
        // Only the envelope says help@: the mail was sent there blindly.
        long id = (await _gateway.File(Sample.Mail(), "jonas@berg.example", "help@example.com")).ConversationId!.Value;
        Assert.That(await _gateway.Get<Router>().RouteWaiting(default), Is.Zero);
        Assert.That(_gateway.Thread(id).Conversation.AssigneeId, Is.Null, $"not {lea.Name}'s");
        Agent mina = await _gateway.AddAgent("mina@example.com");
        Assert.That(await _gateway.Get<Router>().RouteWaiting(default), Is.EqualTo(1));
        Assert.That(_gateway.Thread(id).Conversation.AssigneeId, Is.EqualTo(mina.Id));
    }
}
