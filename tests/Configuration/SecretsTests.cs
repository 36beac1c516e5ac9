using MailInbox.Inbox.Configuration;

namespace MailInbox.Tests.Configuration;

public sealed class SecretsTests
{
    private const string Secret = "tr0ub4dor-and-3";

    [Test]
    public void A_secret_comes_from_the_environment()
    {
        using SampleFolder folder = WithPassword("\"env:OTHER_PASSWORD\"");
        folder.Environment["OTHER_PASSWORD"] = Secret;
        Assert.That(folder.Read().Inboxes.Submission["main"].Password, Is.EqualTo(Secret));
    }

    [Test]
    public void A_secret_comes_from_a_file_beside_without_its_line_end()
    {
        using SampleFolder folder = WithPassword("\"file:smtp.secret\"");
        folder.Write("smtp.secret", $"{Secret}\r\n");
        Assert.That(folder.Read().Inboxes.Submission["main"].Password, Is.EqualTo(Secret));
    }

    [Test]
    public void Options_do_not_print_their_secrets()
    {
        using SampleFolder folder = new();
        folder.Environment["SMTP_PASSWORD"] = Secret;
        GatewayOptions options = folder.Read();
        Assert.That($"{options} {options.Inboxes} {options.Inboxes.Submission["main"]} {options.Inboxes.Submission.First()}", Does.Not.Contain(Secret).And.Contain("smtp.example.com"));
    }

    [TestCase("\"tr0ub4dor-and-3\"", "a secret never stands in a file, write env:NAME or file:PATH")]
    [TestCase("\"env:tr0ub4dor-and-3\"", "a secret never stands in a file, write env:NAME or file:PATH")]
    [TestCase("\"env:\"", "a secret never stands in a file, write env:NAME or file:PATH")]
    [TestCase("\"file:\"", "a secret never stands in a file, write env:NAME or file:PATH")]
    [TestCase("\"env:NOT_SET\"", "the environment variable NOT_SET is not set")]
    [TestCase("\"file:none.secret\"", "the secret file \"none.secret\" does not exist")]
    [TestCase("\"file:empty.secret\"", "the secret file \"empty.secret\" is empty")]
    [TestCase("\"file:long.secret\"", "the secret file \"long.secret\" is too long")]
    [TestCase("\"file:.\"", "the secret file \".\" cannot be read")]
    [TestCase("tr0ub4dor-and-3", "not a JSON value: texts stand in quotes")]
    [TestCase("{ \"tr0ub4dor-and-3\"", null)]
    [TestCase("'tr0ub4dor-and-3'", null)]
    [TestCase("12tr0ub4dor-and-3", null)]
    [TestCase("[\"tr0ub4dor-and-3\"]", "\"password\" must be a text, not a list")]
    [TestCase("\"tr0ub4dor-and-3\", \"password\": \"tr0ub4dor-and-3\"", null)]
    public void No_message_repeats_a_secret(string written, string? reason)
    {
        using SampleFolder folder = WithPassword(written);
        folder.Write("empty.secret", "\n").Write("long.secret", new byte[20_000]);
        string problems = string.Join('\n', folder.Problems());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problems, Does.StartWith("config/inboxes.json:3:"));
            Assert.That(problems.Replace($"{{ \"{Secret}\"", "", StringComparison.Ordinal), Does.Not.Contain(Secret).And.Not.Contain("tr0ub"));
            Assert.That(problems, reason is null ? Is.Not.Empty : Does.EndWith($": {reason}"));
        }
    }

    private static SampleFolder WithPassword(string written) => new SampleFolder().Write("inboxes.json", $$"""
        {
          "inboxes": { "support": { "addresses": ["support@example.com"] } },
          "submission": { "main": { "host": "smtp.example.com", "user": "gateway", "password": {{written}} } }
        }
        """);
}
