using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Routing;
using MailInbox.Tests.Configuration;

namespace MailInbox.Tests.Routing;

public sealed class RoutingRulesTests
{
    private static readonly RoutingFacts Order = new("support", ["Jonas@berg.example"], ["orders@example.com", "support+x@example.com"]);

    [TestCase("", true)]
    [TestCase("   ", true)]
    [TestCase("to:orders@example.com", true)]
    [TestCase("TO:Orders@Example.com", true)]
    [TestCase("to:@example.com", true)]
    [TestCase("to:support+*@example.com", true)]
    [TestCase("to:support@example.com", false)]
    [TestCase("from:jonas@berg.example", true)]
    [TestCase("from:@example.com", false)]
    [TestCase("from:*berg*", true)]
    [TestCase("in:support", true)]
    [TestCase("in:sup*", true)]
    [TestCase("in:sales", false)]
    [TestCase("-in:sales", true)]
    [TestCase("-to:orders@example.com", false)]
    [TestCase("-to:@elsewhere.example", true)]
    [TestCase("to:orders@example.com from:@berg.example", true)]
    [TestCase("to:orders@example.com\tfrom:@else.example", false)]
    [TestCase("to:orders@example.com -from:@berg.example", false)]
    public void A_rule_holds_when_all_its_conditions_hold(string when, bool holds)
        => Assert.That(RoutingRules.Find(Read(Rule("Only", when)), Order) is not null, Is.EqualTo(holds));

    [Test]
    public void The_first_rule_that_holds_wins()
    {
        RoutingOptions options = Read(Rule("Else", "to:else@example.com"), Rule("Orders", "to:orders@example.com"), Rule("Rest", ""));
        RoutingRule? rule = RoutingRules.Find(options, Order);
        Assert.That((rule?.Name, rule?.Source), Is.EqualTo(("Orders", "routing.json, rule 2")));
    }

    [Test]
    public void A_rule_for_another_inbox_does_not_hold()
    {
        RoutingOptions options = Read(Rule("Sales", "", "sales"), Rule("Support", "", "support"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RoutingRules.Find(options, Order)?.Name, Is.EqualTo("Support"));
            Assert.That(RoutingRules.Find(options, Order with { Inbox = "sales" })?.Name, Is.EqualTo("Sales"));
        }
    }

    [Test]
    public void Without_a_rule_that_holds_there_is_none()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RoutingRules.Find(Read(), Order), Is.Null);
            Assert.That(RoutingRules.Find(Read(Rule("x", "from:@else.example")), Order), Is.Null);
        }
    }

    private static string Rule(string name, string when, string? inbox = null)
        => $$"""{ "name": "{{name}}", "when": "{{when.Replace("\t", "\\t", StringComparison.Ordinal)}}", {{(inbox is null ? "" : $"\"in\": \"{inbox}\",")}} "assign": { "team": "warehouse" } }""";

    private static RoutingOptions Read(params string[] rules)
    {
        using SampleFolder folder = new();
        return folder.Write("routing.json", $"{{ \"rules\": [{string.Join(',', rules)}] }}").Read().Routing;
    }
}
