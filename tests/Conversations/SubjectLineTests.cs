using MailInbox.Inbox.Conversations;

namespace MailInbox.Tests.Conversations;

public sealed class SubjectLineTests
{
    [TestCase("Lamp", "Fwd: Lamp")]
    [TestCase("FW: Lamp", "Fwd: Lamp")]
    [TestCase("Re: WG: Lampe", "Fwd: Lampe")]
    [TestCase("转发：灯", "Fwd: 灯")]
    [TestCase("", "Fwd:")]
    public void A_forward_says_so_once(string subject, string expected) => Assert.That(SubjectLine.Forward(subject), Is.EqualTo(expected));
}
