using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Filtering;

namespace MailInbox.Tests.Filtering;

/// <summary>Each step alone.</summary>
public sealed class MailFiltersTests
{
    private static readonly InboxFilters Filters = new()
    {
        Allow = [new("@partner.example", "filters.json:3"), new("marketing@wanted.example", "filters.json:4")],
        Block = [new("@bad.example", "filters.json:6"), new("*spam*@mail.example", "filters.json:7")],
        RoleExcept = [new("sales@bigcustomer.example", "filters.json:9")],
        Sources = new Dictionary<string, string> { ["localParts.marketing"] = "filters.json:8", ["bulk.filterLists"] = "filters.json:10" },
    };

    [Test]
    public void A_stranger_comes_to_the_inbox_and_each_step_says_why()
    {
        Decision decision = Judge(From("jonas@berg.example"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Filtered, Is.False);
            Assert.That(decision.Trace, Is.EqualTo(new[]
            {
                new TraceStep("allowed", TraceMark.Passed, "No allowed sender meets jonas@berg.example", "filters.json"),
                new TraceStep("blocked", TraceMark.Passed, "Sender not blocked", "filters.json"),
                new TraceStep("known", TraceMark.Passed, "The team never wrote to jonas@berg.example", ""),
                new TraceStep("role", TraceMark.Passed, "Not a role address", "filters.json"),
                new TraceStep("bulk", TraceMark.Passed, "No list, promotion or automatic mail", "filters.json"),
                new TraceStep("inbox", TraceMark.Decided, "Nothing filters it: to the inbox", ""),
            }));
        }
    }

    [Test]
    public void An_allowed_sender_is_not_filtered()
        => Expect(Judge(From("Anna@Partner.example")), false, "allowed", "Anna@Partner.example is an allowed sender", "filters.json:3");

    [Test]
    public void The_envelope_allows_nobody()
        => Expect(Judge(From("x@y.example") with { EnvelopeFrom = "anna@partner.example" }), false, "inbox", "Nothing filters it: to the inbox", "");

    [Test]
    public void A_blocked_sender_is_filtered()
        => Expect(Judge(From("x@bad.example")), true, "blocked", "x@bad.example is a blocked sender", "filters.json:6");

    [Test]
    public void A_blocked_envelope_is_filtered()
        => Expect(Judge(From("x@y.example") with { EnvelopeFrom = "MySpammer@mail.example" }), true, "blocked", "MySpammer@mail.example is a blocked sender", "filters.json:7");

    [Test]
    public void A_block_by_an_agent_filters_and_names_the_agent()
        => Expect(Judge(From("x@y.example") with { AgentBlock = new("Mina Aas", "x@y.example") }), true, "blocked", "Mina Aas blocked x@y.example", "Mina Aas");

    [Test]
    public void One_blocked_address_among_several_is_enough()
        => Expect(Judge(From("x@y.example", "z@bad.example")), true, "blocked", "z@bad.example is a blocked sender", "filters.json:6");

    [Test]
    public void A_participant_who_answers_is_known()
        => Expect(Judge(From("a@b.example") with { ParticipantOfAnswered = true }), false, "known", "a@b.example takes part in the conversation it answers", "");

    [Test]
    public void A_contact_the_team_has_written_to_is_known()
        => Expect(Judge(From("a@b.example") with { WrittenTo = true }), false, "known", "The team has written to a@b.example", "");

    [Test]
    public void A_role_address_is_filtered_with_the_line_that_says_so()
        => Expect(Judge(From("marketing@shop.example")), true, "role", "marketing@shop.example is a role address", "filters.json:8");

    [TestCase("Marketing@shop.example", true)]
    [TestCase("marketing+spring@shop.example", true)]
    [TestCase("no-reply@shop.example", true)]
    [TestCase("marketing.dept@shop.example", false)]
    [TestCase("info@shop.example", false)]
    [TestCase("marketing", true)]
    public void A_local_part_is_compared_as_a_whole_without_case_and_sub_address(string from, bool filtered)
        => Assert.That(Judge(From(from)).Filtered, Is.EqualTo(filtered));

    [TestCase("MAILER-DAEMON@shop.example")]
    [TestCase("postmaster@shop.example")]
    public void Machines_that_report_are_never_role_addresses(string from)
        => Assert.That(Judge(From(from), Filters with { RoleLocalParts = ["mailer-daemon", "postmaster"] }).Filtered, Is.False);

    [Test]
    public void An_excepted_role_address_passes_with_a_line()
    {
        Decision decision = Judge(From("sales@bigcustomer.example"));
        Assert.That(decision.Filtered, Is.False);
        Assert.That(decision.Trace, Does.Contain(new TraceStep("role", TraceMark.Passed, "sales@bigcustomer.example is a role address, but excepted", "filters.json:9")));
    }

    [Test]
    public void An_exception_excuses_only_its_own_address()
        => Expect(Judge(From("sales@bigcustomer.example", "marketing@shop.example")), true, "role", "marketing@shop.example is a role address", "filters.json:8");

    [Test]
    public void Without_From_the_envelope_may_be_a_role_address()
        => Expect(Judge(From() with { EnvelopeFrom = "marketing@shop.example" }), true, "role", "marketing@shop.example is a role address", "filters.json:8");

    [Test]
    public void Role_addresses_have_a_switch()
        => Assert.That(Judge(From("marketing@shop.example"), Filters with { FilterRoleAddresses = false }).Filtered, Is.False);

    [Test]
    public void A_list_is_filtered()
        => Expect(Judge(From("a@b.example") with { IsList = true }), true, "bulk", "Mail of a mailing list", "filters.json:10");

    [Test]
    public void A_promotion_is_filtered()
        => Expect(Judge(From("a@b.example") with { IsPromotion = true }), true, "bulk", "Promotional or bulk mail", "filters.json");

    [Test]
    public void Automatic_mail_is_filtered_only_when_switched_on()
    {
        MailFacts facts = From("a@b.example") with { IsAutomatic = true };
        Expect(Judge(facts, Filters with { FilterAutomatic = true }), true, "bulk", "Automatic mail", "filters.json");
        Assert.That(Judge(facts).Trace, Does.Contain(new TraceStep("bulk", TraceMark.Passed, "Automatic mail, which is not filtered here", "filters.json")));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Each_kind_of_bulk_has_its_own_switch(bool lists, bool promotions)
    {
        InboxFilters filters = Filters with { FilterLists = lists, FilterPromotions = promotions };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Judge(From("a@b.example") with { IsList = true }, filters).Filtered, Is.EqualTo(lists));
            Assert.That(Judge(From("a@b.example") with { IsPromotion = true }, filters).Filtered, Is.EqualTo(promotions));
        }
    }

    [Test]
    public void Each_inbox_is_judged_by_its_own_filters()
    {
        MailFilters filters = new(new FiltersOptions(Filters, new Dictionary<string, InboxFilters> { ["sales"] = Filters with { FilterRoleAddresses = false } }));
        MailFacts facts = From("marketing@shop.example");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(filters.Judge(facts).Filtered, Is.True);
            Assert.That(filters.Judge(facts with { Inbox = "sales" }).Filtered, Is.False);
        }
    }

    [Test]
    public void A_sender_of_any_length_makes_a_sentence_one_can_read()
    {
        string reason = Judge(From($"{new string('x', 5000)}\n@bad.example")).Reason;
        Assert.That(reason, Has.Length.LessThan(150).And.EndsWith("… is a blocked sender"));
    }

    [Test]
    public void A_sender_cannot_turn_a_sentence_round()
        => Assert.That(Judge(From("a\u202Eb\r\n@bad.example")).Reason, Is.EqualTo("a\uFFFDb\uFFFD\uFFFD@bad.example is a blocked sender"));

    internal static MailFacts From(params string[] addresses) => new() { Inbox = "support", From = addresses };

    internal static Decision Judge(MailFacts facts, InboxFilters? filters = null)
        => new MailFilters(new FiltersOptions(filters ?? Filters, new Dictionary<string, InboxFilters>())).Judge(facts);

    private static void Expect(Decision decision, bool filtered, string step, string text, string source)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(decision.Filtered, Is.EqualTo(filtered));
            Assert.That(decision.Reason, Is.EqualTo(text));
            Assert.That(decision.Trace[^1], Is.EqualTo(new TraceStep(step, TraceMark.Decided, text, source)));
            Assert.That(decision.Trace.SkipLast(1).Select(t => t.Mark), Is.All.EqualTo(TraceMark.Passed));
        }
    }
}
