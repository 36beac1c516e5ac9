using FsCheck;
using FsCheck.Fluent;
using MailInbox.Inbox.Configuration;

namespace MailInbox.Tests.Configuration;

public sealed class InboxDirectoryTests
{
    private static readonly InboxDirectory Directory = new(new InboxesOptions(
        [
            new InboxOptions { Key = "support", Name = "Support", Addresses = ["Support@example.com", "hjelp@bücher.example", "a+b@example.com"] },
            new InboxOptions { Key = "sales", Name = "Sales", Addresses = ["sales@example.com", "special@all.example"], Domains = ["all.example"] },
            new InboxOptions { Key = "vip", Name = "Vip", Addresses = ["vip@all.example"] },
        ],
        new Dictionary<string, SubmissionOptions>()));

    [TestCase("support", "example.com", "support")]
    [TestCase("SUPPORT", "Example.COM", "support")]
    [TestCase("support+order-42", "example.com", "support")]
    [TestCase("support+a+b", "example.com", "support")]
    [TestCase("a+b", "example.com", "support")]
    [TestCase("a", "example.com", null)]
    [TestCase("+support", "example.com", null)]
    [TestCase("support", "mail.example.com", null)]
    [TestCase("supportx", "example.com", null)]
    [TestCase("anybody", "all.example", "sales")]
    [TestCase("vip", "all.example", "vip")]
    [TestCase("vip+x", "all.example", "vip")]
    [TestCase("", "all.example", null)]
    [TestCase("anybody", "sub.all.example", null)]
    [TestCase("hjelp", "xn--bcher-kva.example", "support")]
    [TestCase("hjelp", "BÜCHER.example", "support")]
    [TestCase("postmaster", "", null)]
    public void A_recipient_finds_its_inbox(string local, string domain, string? inbox)
        => Assert.That(Directory.Find(local, domain)?.Key, Is.EqualTo(inbox));

    [TestCase("Support@example.com", true)]
    [TestCase("support+x@example.com", true)]
    [TestCase("whoever@all.example", true)]
    [TestCase("customer@elsewhere.example", false)]
    [TestCase("support", false)]
    [TestCase("", false)]
    [TestCase("@all.example", false)]
    public void Our_own_addresses_are_known(string address, bool ours)
        => Assert.That(Directory.Owns(address), Is.EqualTo(ours));

    [Test]
    public void Any_text_gets_an_answer()
        => Prop.ForAll<string?, string?>((local, domain) => Directory.Find(local ?? "", domain ?? "") is null || domain!.Length > 0).QuickCheckThrowOnFailure();
}
