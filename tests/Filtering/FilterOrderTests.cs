using FsCheck;
using FsCheck.Fluent;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Filtering;

namespace MailInbox.Tests.Filtering;

/// <summary>Which step wins when two would decide.</summary>
public sealed class FilterOrderTests
{
    private const string Sender = "marketing@shop.example";

    // One mail that every step wants to decide; the tests switch steps on.
    private static readonly Dictionary<string, (Func<MailFacts, MailFacts> Facts, Func<InboxFilters, InboxFilters> Filters)> Steps = new()
    {
        ["report"] = (f => f with { IsReportOfOurs = true }, o => o),
        ["allowed"] = (f => f, o => o with { Allow = [new("@shop.example", "filters.json:1")] }),
        ["blocked"] = (f => f, o => o with { Block = [new("@shop.example", "filters.json:2")] }),
        ["agent"] = (f => f with { AgentBlock = new("Mina Aas", Sender) }, o => o),
        ["participant"] = (f => f with { ParticipantOfAnswered = true }, o => o),
        ["known"] = (f => f with { WrittenTo = true }, o => o),
        ["role"] = (f => f, o => o with { RoleLocalParts = ["marketing"] }),
        ["list"] = (f => f with { IsList = true }, o => o),
        ["promotion"] = (f => f with { IsPromotion = true }, o => o),
    };

    private static readonly Dictionary<string, string> TraceNames = new()
    {
        ["report"] = "inbox",
        ["agent"] = "blocked",
        ["participant"] = "known",
        ["list"] = "bulk",
        ["promotion"] = "bulk",
    };

    private static IEnumerable<TestCaseData> Pairs()
    {
        string[] order = [.. Steps.Keys];
        return order.SelectMany((first, i) => order.Skip(i + 1).Select(second => new TestCaseData(first, second)));
    }

    [TestCaseSource(nameof(Pairs))]
    public void The_earlier_of_two_steps_decides(string first, string second)
    {
        Decision decision = Judge(first, second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Trace[^1].Step, Is.EqualTo(TraceNames.GetValueOrDefault(first, first)));
            Assert.That(decision, Has.Property("Filtered").EqualTo(Judge(first).Filtered));
            Assert.That(decision.Reason, Is.EqualTo(Judge(first).Reason));
        }
    }

    [TestCase("allowed", "role", "Several From addresses: that marketing@shop.example is allowed does not count", "filters.json:1")]
    [TestCase("known", "role", "Several From addresses: that marketing@shop.example is known does not count", "")]
    [TestCase("participant", "list", "Several From addresses: that marketing@shop.example is known does not count", "")]
    public void Several_From_addresses_cancel_what_lets_through(string passes, string filters, string line, string source)
    {
        Decision decision = Judge([Sender, "other@else.example"], passes, filters);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Filtered, Is.True);
            Assert.That(decision.Trace, Does.Contain(new TraceStep(TraceNames.GetValueOrDefault(passes, passes), TraceMark.Passed, line, source)));
        }
    }

    [Test]
    public void Several_From_addresses_do_not_cancel_a_block()
        => Assert.That(Judge(["other@else.example", Sender], "allowed", "blocked").Reason, Is.EqualTo("marketing@shop.example is a blocked sender"));

    [Test]
    public void The_same_address_twice_is_one_sender()
        => Assert.That(Judge([Sender, "Marketing@Shop.example"], "allowed", "role").Filtered, Is.False);

    [TestCase("known")]
    [TestCase("participant")]
    public void Automatic_mail_of_known_people_is_filtered_all_the_same(string known)
    {
        (MailFacts facts, InboxFilters filters) = Build([Sender], known, "role");
        Decision decision = MailFiltersTests.Judge(facts with { IsAutomatic = true }, filters);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Reason, Is.EqualTo("marketing@shop.example is a role address"));
            Assert.That(decision.Trace.Select(t => t.Text), Does.Contain("marketing@shop.example is known, but this mail is automatic"));
        }
    }

    [Test]
    public void A_report_about_our_own_mail_is_never_filtered()
    {
        (MailFacts facts, InboxFilters filters) = Build(["mailer-daemon@shop.example"], [.. Steps.Keys]);
        Decision decision = MailFiltersTests.Judge(facts with { IsAutomatic = true }, filters with { FilterAutomatic = true });
        Assert.That(decision.Trace, Is.EqualTo(new[] { new TraceStep("inbox", TraceMark.Decided, "A delivery report about a message of ours is never filtered", "") }));
    }

    [Test]
    public void Every_mail_gets_one_decision_whose_reason_ends_the_trace()
    {
        Gen<string[]> steps = Gen.Elements<string>(Steps.Keys).ArrayOf();
        Prop.ForAll(steps.ToArbitrary(), ArbMap.Default.ArbFor<string?[]>(), (chosen, from) =>
        {
            Decision decision = Judge([.. from.Select(a => a ?? "")], chosen);
            return decision.Trace.Count(t => t.Mark == TraceMark.Decided) == 1
                && decision.Trace[^1].Mark == TraceMark.Decided
                && decision.Trace[^1].Text == decision.Reason
                && decision.Trace.Count <= 6;
        }).QuickCheckThrowOnFailure();
    }

    private static Decision Judge(params string[] steps) => Judge([Sender], steps);

    private static Decision Judge(string[] from, params string[] steps)
    {
        (MailFacts facts, InboxFilters filters) = Build(from, steps);
        return MailFiltersTests.Judge(facts, filters);
    }

    private static (MailFacts Facts, InboxFilters Filters) Build(string[] from, params string[] steps)
        => steps.Aggregate(
            (Facts: MailFiltersTests.From(from), Filters: new InboxFilters { RoleLocalParts = [] }),
            (mail, step) => (Steps[step].Facts(mail.Facts), Steps[step].Filters(mail.Filters)));
}
