using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Team;

namespace MailInbox.Tests.Admin;

public class WelcomeFormTests
{
    [Test]
    public void The_first_administrator_gives_address_name_and_a_long_password() =>
        Assert.That(new WelcomeForm("nobody", "", "short").Problems(new Invitation(null)).Keys, Is.EquivalentTo(["email", "name", "password"]));

    [Test]
    public void Somebody_invited_gives_only_a_password() =>
        Assert.That(new WelcomeForm("", "", "correct horse").Problems(new Invitation(new Agent())), Is.Empty);

    [Test]
    public void The_longest_password_that_can_be_kept_is_the_longest_that_is_taken()
    {
        Invitation invitation = new(new Agent());
        Assert.That(new WelcomeForm("", "", new string('a', Passwords.MaxLength)).Problems(invitation), Is.Empty);
        Assert.That(new WelcomeForm("", "", new string('a', Passwords.MaxLength + 1)).Problems(invitation), Contains.Key("password"));
    }

    [Test]
    public void An_endless_password_is_refused() =>
        Assert.That(new WelcomeForm("", "", new string('a', 100_000)).Problems(new Invitation(new Agent())), Contains.Key("password"));
}
