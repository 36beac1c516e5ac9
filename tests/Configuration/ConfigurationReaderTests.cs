using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Configuration.Files;
using MailInbox.Mail.Wire;

namespace MailInbox.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Test]
    public void Every_value_arrives_in_the_options()
    {
        using SampleFolder folder = new();
        folder.Write("team.json", """{ "teams": { "warehouse": { "name": "The Warehouse", "primary": ["Mina@Example.com"], "also": ["lea@example.com"] } } }""")
            .Write("routing.json", """
                { "rules": [
                  { "name": "Orders", "when": "to:orders@example.com -from:@Partner.example", "in": "support", "assign": { "team": "warehouse", "method": "round robin" } },
                  { "name": "Rest", "when": "", "assign": { "agents": ["tor@example.com"] } } ],
                  "assignOnReply": false, "assignmentTimeout": null, "every": "2m" }
                """)
            .Write("retention.json", """{ "trash": "10d", "inboxes": { "sales": { "trash": "2y" } } }""");
        GatewayOptions options = folder.Read();
        InboxOptions support = options.Inboxes.Find("support")!;
        SubmissionOptions main = options.Inboxes.Submission["main"];
        RoutingRule orders = options.Routing.Rules[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Directory, Is.EqualTo(folder.Path));
            Assert.That(support.Name, Is.EqualTo("Support"));
            Assert.That(support.Addresses, Is.EqualTo(new[] { "support@example.com", "help@example.com" }));
            Assert.That(support.SendThrough, Is.EqualTo("main"));
            Assert.That(options.Inboxes.Find("sales")!.Name, Is.EqualTo("sales"));
            Assert.That(options.Inboxes.Find("sales")!.Domains, Is.EqualTo(new[] { "sales.example.com" }));
            Assert.That((main.Host, main.Port, main.Security, main.User, main.Password), Is.EqualTo(("smtp.example.com", 587, WireSecurity.StartTls, "gateway", "correct horse")));
            Assert.That(options.Team.Teams["warehouse"].Name, Is.EqualTo("The Warehouse"));
            Assert.That(options.Team.Teams["warehouse"].Primary, Is.EqualTo(new[] { "mina@example.com" }));
            Assert.That(options.Team.Teams["warehouse"].Also, Is.EqualTo(new[] { "lea@example.com" }));
            Assert.That((orders.Name, orders.Source, orders.Inbox, orders.Team), Is.EqualTo(("Orders", "routing.json, rule 1", "support", "warehouse")));
            Assert.That(orders.When.Select(c => (c.Field, c.Pattern.Text, c.Negated)), Is.EqualTo(new[] { (RoutingField.To, "orders@example.com", false), (RoutingField.From, "@partner.example", true) }));
            Assert.That(options.Routing.Rules[1].When, Is.Empty);
            Assert.That(options.Routing.Rules[1].Agents, Is.EqualTo(new[] { "tor@example.com" }));
            Assert.That((options.Routing.AssignOnReply, options.Routing.Every), Is.EqualTo((false, TimeSpan.FromMinutes(2))));
            Assert.That(options.Retention.TrashFor("support"), Is.EqualTo(TimeSpan.FromDays(10)));
            Assert.That(options.Retention.TrashFor("sales"), Is.EqualTo(TimeSpan.FromDays(730)));
        }
    }

    [Test]
    public void A_missing_file_means_its_documented_defaults()
    {
        using SampleFolder folder = new();
        File.Delete(Path.Combine(folder.Path, "team.json"));
        GatewayOptions options = folder.Read();
        InboxFilters filters = options.Filters.For("support");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(filters.RoleLocalParts, Is.EqualTo(new[] { "marketing", "sales", "newsletter", "no-reply", "noreply" }));
            Assert.That((filters.FilterRoleAddresses, filters.FilterLists, filters.FilterPromotions, filters.FilterAutomatic), Is.EqualTo((true, true, true, false)));
            Assert.That(filters.Allow.Concat(filters.Block).Concat(filters.RoleExcept), Is.Empty);
            Assert.That(options.Routing.Rules, Is.Empty);
            Assert.That((options.Routing.AssignOnReply, options.Routing.Every), Is.EqualTo((true, TimeSpan.FromSeconds(30))));
            Assert.That(options.Team.Teams, Is.Empty);
            Assert.That(options.Retention.TrashFor("support"), Is.EqualTo(TimeSpan.FromDays(30)));
        }
    }

    [Test]
    public void What_stands_for_one_inbox_is_laid_over_the_common_part()
    {
        using SampleFolder folder = new();
        folder.Write("filters.json", """
            {
              "allow": ["@partner.example"],
              "block": ["@bad.example"],
              "roleAddresses": { "localParts": ["news"], "except": ["news@good.example"] },
              "bulk": { "filterLists": false },
              "inboxes": { "sales": {
                "block": ["spammer@worse.example"],
                "roleAddresses": { "filter": false },
                "bulk": { "filterAutomatic": true } } }
            }
            """);
        FiltersOptions options = folder.Read().Filters;
        InboxFilters common = options.For("support");
        InboxFilters sales = options.For("sales");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(common.Block, Is.EqualTo(new[] { new AddressPattern("@bad.example", "filters.json:3") }));
            Assert.That((common.FilterRoleAddresses, common.FilterLists, common.FilterAutomatic), Is.EqualTo((true, false, false)));
            Assert.That(sales.Allow, Is.EqualTo(common.Allow), "not given, so the common one");
            Assert.That(sales.Block, Is.EqualTo(new[] { new AddressPattern("spammer@worse.example", "filters.json:7") }), "given, so in place of the common one");
            Assert.That((sales.FilterRoleAddresses, sales.FilterLists, sales.FilterPromotions, sales.FilterAutomatic), Is.EqualTo((false, false, true, true)));
            Assert.That(sales.RoleLocalParts, Is.EqualTo(new[] { "news" }));
            Assert.That(sales.RoleExcept, Is.EqualTo(common.RoleExcept));
            Assert.That(sales.SourceOf("roleAddresses.filter"), Is.EqualTo("filters.json:8"));
            Assert.That(sales.SourceOf("localParts.news"), Is.EqualTo("filters.json:4"));
            Assert.That(common.SourceOf("roleAddresses.filter"), Is.EqualTo("filters.json"));
        }
    }

    [Test]
    public void Problems_of_all_files_come_at_once_in_the_order_of_files_and_lines()
    {
        using SampleFolder folder = new();
        folder.Write("filters.json", "{\n  \"alow\": [],\n  \"bulk\": 5\n}")
            .Write("retention.json", """{ "trash": "soon" }""")
            .Write("routing.json", """{ "rules": [ { "name": "x", "when": "", "assign": { "team": "warehose" } } ] }""");
        Assert.That(folder.Problems(), Is.EqualTo(new[]
        {
            "config/filters.json:2:3: unknown key \"alow\", did you mean \"allow\"?",
            "config/filters.json:3:11: \"bulk\" must be an object, not a number",
            "config/retention.json:1:12: \"soon\" is no time, write 30s, 15m, 4h, 30d or 2y",
            "config/routing.json:1:61: unknown team \"warehose\", did you mean \"warehouse\"?",
        }));
    }

    [Test]
    public void A_broken_file_draws_no_mistakes_from_the_files_that_refer_to_it()
    {
        using SampleFolder folder = new();
        folder.Write("inboxes.json", "{ \"inboxes\": { \"support\": ")
            .Write("team.json", "{ \"teams\": 5 }")
            .Write("filters.json", """{ "inboxes": { "sales": {} } }""")
            .Write("routing.json", """{ "rules": [ { "name": "x", "when": "in:sales", "in": "support", "assign": { "team": "warehouse" } } ] }""");
        Assert.That(folder.Problems().Select(p => p.Split(':')[0]), Is.EqualTo(new[] { "config/inboxes.json", "config/team.json" }));
    }

    [Test]
    public void A_byte_order_mark_and_Windows_line_ends_are_read()
    {
        using SampleFolder folder = new();
        folder.Write("retention.json", [0xEF, 0xBB, 0xBF, .. "{\r\n  // ø\r\n  \"trash\": \"5d\",\r\n}"u8]);
        Assert.That(folder.Read().Retention.Trash, Is.EqualTo(TimeSpan.FromDays(5)));
    }

    [Test]
    public void Columns_count_characters_not_bytes()
    {
        using SampleFolder folder = new();
        folder.Write("team.json", """{ "teams": { "a": { "name": "Smørbrød", "x": 1 } } }""");
        Assert.That(folder.Problems(), Is.EqualTo(new[] { "config/team.json:1:41: unknown key \"x\"" }));
    }

    [Test]
    public void What_is_not_text_is_refused_where_it_stands()
    {
        using SampleFolder folder = new();
        folder.Write("team.json", [.. "{\n  \""u8, 0xFF, .. "\": 1 }"u8]);
        Assert.That(folder.Problems(), Is.EqualTo(new[] { "config/team.json:2:4: this is not UTF-8" }));
    }

    [Test]
    public void A_missing_folder_is_a_problem_not_a_crash()
        => Assert.That(
            () => ConfigurationReader.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "config")),
            Throws.TypeOf<ConfigurationRefusal>().With.Message.EqualTo("config/inboxes.json:1:1: the file is missing"));

    [Test]
    public void A_link_that_leads_nowhere_is_no_missing_file()
    {
        using SampleFolder folder = new();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "filters.json"), "gone.json");
        Assert.That(folder.Problems(), Is.EqualTo(new[] { "config/filters.json:1:1: the file is missing" }));
    }

    [Test]
    public void A_folder_in_place_of_a_file_is_refused()
    {
        using SampleFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "filters.json"));
        Assert.That(folder.Problems(), Is.EqualTo(new[] { "config/filters.json:1:1: the file cannot be read" }));
    }

    [Test]
    public void A_file_that_is_too_long_is_refused_unread()
    {
        using SampleFolder folder = new();
        folder.Write("team.json", new byte[(4 * 1024 * 1024) + 1]);
        Assert.That(folder.Problems(), Is.EqualTo(new[] { "config/team.json:1:1: the file is longer than 4 MB" }));
    }

    [TestCase("views.json", "config/views.json:1:1: views.json is not supported yet")]
    [TestCase("filter.json", "config/filter.json:1:1: unknown file, did you mean \"filters.json\"?")]
    public void A_file_that_would_have_no_effect_is_refused(string name, string problem)
    {
        using SampleFolder folder = new();
        Assert.That(folder.Write(name, "{}").Problems(), Is.EqualTo(new[] { problem }));
    }

    [Test]
    public void Snippets_are_refused_until_they_are_supported()
    {
        using SampleFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "snippets"));
        Assert.That(folder.Problems(), Is.EqualTo(new[] { "config/snippets:1:1: snippets is not supported yet" }));
    }

    [Test]
    public void Thousands_of_mistakes_are_told_up_to_a_limit()
    {
        using SampleFolder folder = new();
        folder.Write("filters.json", $"{{ \"allow\": [{string.Join(',', Enumerable.Repeat("1", 5000))}] }}");
        Assert.That(folder.Problems(), Has.Count.EqualTo(ConfigurationFile.MaximumProblems));
    }
}
