using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Wire;
using Microsoft.Data.Sqlite;

namespace MailInbox.Tests.Mailboxes;

public sealed class FaultsTests
{
    private const string Own = "mail.example.com";
    private const string Gmail = "imap.gmail.com";
    private const string Office = "outlook.office365.com";

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return Refusal("LOGIN", "AUTHENTICATIONFAILED", "Authentication failed.", Own, "The password or the user is wrong, or IMAP is switched off");
        yield return Refusal("LOGIN", "", "Login failed", Own, "The password or the user is wrong, or IMAP is switched off");
        yield return Refusal("AUTHENTICATE", "AUTHENTICATIONFAILED", "Invalid credentials (Failure)", Gmail, "make an app password");
        yield return Refusal("LOGIN", "ALERT", "Application-specific password required", Gmail, "make an app password");
        yield return Refusal("LOGIN", "", "LOGIN failed.", Office, "use \"oauth\" with provider \"microsoft\"");
        yield return Refusal("LOGIN", "AUTHENTICATIONFAILED", "Invalid credentials", "imap.mail.yahoo.com", "this provider wants an app password");
        yield return Refusal("LOGIN", "AUTHENTICATIONFAILED", "Invalid credentials", "notgmail.com", "The password or the user is wrong, or IMAP is switched off");
        yield return Refusal("LOGIN", "EXPIRED", "That password is old", Own, "The password has expired");
        yield return Refusal("LOGIN", "AUTHENTICATIONFAILED", "Your password has expired", Own, "The password has expired");
        yield return Refusal("LOGIN", "PRIVACYREQUIRED", "Encrypt first", Own, "The server takes no password without TLS");
        yield return Refusal("LOGIN", "ALERT", "Plaintext authentication disallowed", Own, "The server takes no password without TLS");
        yield return Refusal("LOGIN", "LIMIT", "Maximum number of connections from user+IP exceeded", Own, "Too many connections");
        yield return Refusal("AUTHENTICATE", "ALERT", "Too many simultaneous connections. (Failure)", Gmail, "Too many connections");
        yield return Refusal("LOGIN", "UNAVAILABLE", "User lookup failed", Own, "The server says that it cannot just now");
        yield return Refusal("SELECT", "NONEXISTENT", "Unknown Mailbox: Done", Own, "The folder does not exist");
        yield return Refusal("COPY", "TRYCREATE", "Mailbox doesn't exist", Own, "The folder does not exist");
        yield return Refusal("EXAMINE", "", "No such mailbox", Own, "The folder cannot be opened");
        yield return Refusal("STORE", "NOPERM", "Permission denied", Own, "The user may not do this there");
        yield return Refusal("APPEND", "OVERQUOTA", "Quota exceeded", Own, "The mailbox is full");
        yield return Refusal("SELECT", "", "User is authenticated but not connected.", Office, "the right to the mailbox (Add-MailboxPermission)");
        yield return Refusal("FETCH", "", "What?", Own, "It is tried again by itself");
    }

    private static IEnumerable<TestCaseData> TokenLogins()
    {
        yield return Refusal("AUTHENTICATE", "", "AUTHENTICATE failed.", Office, "IMAP.AccessAsApp");
        yield return Refusal("AUTHENTICATE", "AUTHENTICATIONFAILED", "Token expired", Own, "\"user\" must be the mailbox that it was given for");
        yield return Refusal("AUTHENTICATE", "", "User is authenticated but not connected.", Own, "Add-MailboxPermission");
    }

    private static IEnumerable<TestCaseData> Breaks()
    {
        yield return Break(ImapFault.UnknownHost, "no such host", "The name mail.example.com is not known", "Is the host written right?");
        yield return Break(ImapFault.Unreachable, "connection refused", "Nothing answers at mail.example.com:993", "Is the port right (tls: 993)? Does a firewall");
        yield return Break(ImapFault.Tls, "the certificate is not trusted: PartialChain", "The connection to mail.example.com:993 cannot be protected", "name its certificate in \"trust\"");
        yield return Break(ImapFault.Tls, "the certificate is not good: RemoteCertificateNameMismatch", "The connection to mail.example.com:993 cannot be protected", "The certificate bears another name");
        yield return Break(ImapFault.Tls, "STARTTLS is not offered", "mail.example.com:993 does not offer STARTTLS", "Use port 993 with \"security\": \"tls\"");
        yield return Break(ImapFault.Login, "LOGINDISABLED", "mail.example.com:993 offers no way to log in", "The server takes no passwords");
        yield return Break(ImapFault.Closed, "end of stream", "mail.example.com:993 closed the connection", "Servers do this when they restart");
        yield return Break(ImapFault.Silent, "60 s", "mail.example.com:993 does not answer in time", "The server or the network is slow");
        yield return Break(ImapFault.Unreadable, "HTTP/1.1 400", "mail.example.com:993 says what cannot be understood", "Is this an IMAP server");
    }

    [TestCaseSource(nameof(Refusals))]
    public void A_refusal_is_told_with_the_words_of_the_server_and_a_hint(object refusal, string host, string hint)
    {
        (string words, string told) = Faults.Explain((ImapRefusal)refusal, Source(host));
        Assert.That(words, Is.EqualTo($"{host} refuses: {((ImapRefusal)refusal).Message}"));
        Assert.That(told, Does.Contain(hint));
    }

    [TestCaseSource(nameof(TokenLogins))]
    public void A_refused_token_has_other_hints_than_a_refused_password(object refusal, string host, string hint)
        => Assert.That(Faults.Explain((ImapRefusal)refusal, WithToken(host)).Hint, Does.Contain(hint));

    [TestCaseSource(nameof(Breaks))]
    public void A_broken_wire_is_told_with_its_place_and_a_hint(object broken, string words, string hint)
    {
        (string told, string toldHint) = Faults.Explain((ImapBroken)broken, Source(Own));
        Assert.That(told, Does.StartWith(words).And.EndWith(((ImapBroken)broken).Message));
        Assert.That(toldHint, Does.Contain(hint));
    }

    [Test]
    public void Each_fault_of_the_wire_has_a_case()
        => Assert.That(Breaks().Select(b => ((ImapBroken)b.Arguments[0]!).Fault).Distinct(), Is.EquivalentTo(Enum.GetValues<ImapFault>()));

    [Test]
    public void Ways_to_log_in_that_are_missing_depend_on_what_is_configured()
    {
        ImapBroken broken = new(ImapFault.Login, "no mechanism");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults.Explain(broken, WithToken(Own)).Hint, Does.Contain("neither XOAUTH2 nor OAUTHBEARER"));
            Assert.That(Faults.Explain(broken, Source("localhost") with { Security = WireSecurity.None }).Hint, Does.Contain("no password without TLS"));
        }
    }

    [Test]
    public void A_certificate_that_does_not_come_from_our_own_authority_names_the_file()
        => Assert.That(Faults.Explain(new ImapBroken(ImapFault.Tls, "PartialChain"), Source(Own) with { TrustedRoots = "/imap.pem" }).Hint, Does.Contain("the file of \"trust\""));

    [Test]
    public void A_refusal_of_a_token_brings_its_own_hint()
        => Assert.That(Faults.Explain(new TokenRefusal("No token", "Make one", temporary: false), WithToken(Own)), Is.EqualTo(("No token", "Make one")));

    [Test]
    public void A_full_disk_is_our_own_fault()
    {
        (string words, string hint) = Faults.Explain(new SqliteException("database or disk is full", 13), Source(Own));
        Assert.That(words, Does.StartWith("The data folder cannot be used: ").And.Contain("database or disk is full"));
        Assert.That(hint, Does.Contain("free space"));
    }

    [Test]
    public void Anything_else_is_told_as_it_is()
        => Assert.That(Faults.Explain(new InvalidOperationException("A bug"), Source(Own)).Words, Is.EqualTo("Unexpected: A bug"));

    private static TestCaseData Refusal(string command, string code, string text, string host, string hint)
        => new TestCaseData(new ImapRefusal(command, ImapStatus.No, code, text), host, hint).SetArgDisplayNames(command, code, text, host);

    private static TestCaseData Break(ImapFault fault, string message, string words, string hint)
        => new TestCaseData(new ImapBroken(fault, message), words, hint).SetArgDisplayNames(fault.ToString(), message);

    private static SourceOptions Source(string host) => new() { Inbox = "support", Host = host, Port = 993, User = "u", Password = "p" };

    private static SourceOptions WithToken(string host)
        => Source(host) with { Password = null, OAuth = new OAuthOptions(new Uri("https://login.example.com/token"), "c", "s", null, "") };
}
