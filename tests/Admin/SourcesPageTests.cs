using System.Net;
using MailInbox.Admin.Mailboxes;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Admin;

public sealed class SourcesPageTests
{
    [Test]
    public async Task A_source_that_fails_says_why_what_to_do_and_when_it_tries_again()
    {
        string page = await Page(MadeUpSources.Failing);
        Assert.That(page, Does.Contain("Failing").And.Contain("[AUTHENTICATIONFAILED] Invalid credentials"));
        Assert.That(page, Does.Contain("Check user and password").And.Contain("Next try"));
        Assert.That(page, Does.Contain("41 waiting"));
    }

    [Test]
    public async Task A_fault_that_is_over_is_told_as_over()
    {
        string page = await Page(MadeUpSources.Silent);
        Assert.That(page, Does.Contain("fault over").And.Contain("It is over."));
        Assert.That(page, Does.Not.Contain("Next try"));
    }

    [TestCase(true, "usually never longer than 9 h.")]
    [TestCase(false, "the alarm is set to 9 h.")]
    public async Task Silence_is_told_with_its_measure(bool learned, string words)
    {
        string page = await Page(MadeUpSources.Silent with { Silent = MadeUpSources.Silent.Silent! with { Learned = learned } });
        Assert.That(page, Does.Contain("No mail since").And.Contain(words));
    }

    [Test]
    public async Task A_mailbox_can_be_asked_and_tested_a_listener_cannot()
    {
        Assert.That(await Page(MadeUpSources.Well), Does.Contain("Check now").And.Contain("Test connection").And.Contain("12,048 taken").And.Contain("lag 820 ms").And.Contain("last success"));
        string listener = await Page(MadeUpSources.Listener);
        Assert.That(listener, Does.Contain("Listening").And.Contain("40,112 taken"));
        Assert.That(listener, Does.Not.Contain("Check now").And.Not.Contain("Test connection"));
    }

    [Test]
    public async Task What_a_server_says_is_text()
    {
        string page = await Page(MadeUpSources.Failing with { Fault = new SourceFault("<script>alert(1)</script>", "", TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow()) });
        Assert.That(page, Does.Contain("&lt;script&gt;alert(1)").And.Not.Contain("<script>alert"));
    }

    [Test]
    public async Task A_held_message_can_be_seen_tried_again_and_dismissed()
    {
        await using TestGateway gateway = await TestGateway.Start();
        string page = WebUtility.HtmlDecode(await Rendered.Html<SourceRows>(gateway, new { State = MadeUpSources.Page }));
        Assert.That(page, Does.Contain("4294967295").And.Contain("48.1 MB").And.Contain("[SERVERBUG]"));
        Assert.That(page, Does.Contain("/sources/held/7/raw").And.Contain("/sources/held/7/retry").And.Contain("/sources/held/7/dismiss"));
    }

    [Test]
    public async Task A_test_without_script_is_shown_beside_its_source()
    {
        await using TestGateway gateway = await TestGateway.Start();
        SourcesState state = MadeUpSources.Page with { Tested = MadeUpSources.Failing.Key, Test = MadeUpSources.BadTest };
        string page = await Rendered.Html<SourceRows>(gateway, new { State = state });
        int at = page.IndexOf("The connection does not work yet.", StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThan(page.IndexOf("Test connection: shared@example.com", StringComparison.Ordinal)));
        Assert.That(at, Is.LessThan(page.IndexOf("orders@example.net", StringComparison.Ordinal)));
    }

    private static async Task<string> Page(SourceStatus source)
    {
        await using TestGateway gateway = await TestGateway.Start();
        return await Rendered.Html<SourceRows>(gateway, new { State = new SourcesState([source], []) });
    }
}
