using MailInbox.Admin.Layout;

namespace MailInbox.Tests.Admin;

public class PlaceTests
{
    [TestCase("/inboxes/support/open?after=1")]
    [TestCase("/")]
    public void An_address_of_ours_is_followed(string address) => Assert.That(Place.Local(address), Is.EqualTo(address));

    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/")]
    [TestCase("/\\evil.example/")]
    [TestCase("/a\r\nLocation: https://evil.example/")]
    [TestCase("javascript:alert(1)")]
    [TestCase("/inboxes/é")]
    [TestCase("/a b")]
    [TestCase("")]
    [TestCase(null)]
    public void Any_other_address_leads_to_the_front_door(string? address) => Assert.That(Place.Local(address), Is.EqualTo("/"));
}
