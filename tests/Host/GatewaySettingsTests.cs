using MailInbox.Host;
using Microsoft.Extensions.Configuration;

namespace MailInbox.Tests.Host;

public sealed class GatewaySettingsTests
{
    [TestCase("Smtp:HostName", "my gateway")]
    [TestCase("Smtp:HostName", "größe.example")]
    [TestCase("Smtp:Listen", "2525")]
    [TestCase("Smtp:MaxSize", "50 apples")]
    [TestCase("Smtp:LeastFree", "-1")]
    [TestCase("Web:Url", "ftp://127.0.0.1")]
    public void What_cannot_work_is_refused_with_its_key(string key, string value)
    {
        SettingsRefusal? refusal = Assert.Throws<SettingsRefusal>(() => Read(key, value));
        Assert.That(refusal!.Message, Does.StartWith($"{key}: “{value}” is no "));
    }

    [TestCase("mail.example.com")]
    [TestCase("gateway")]
    public void A_host_name_is_taken_as_it_is(string name) => Assert.That(Read("Smtp:HostName", name).HostName, Is.EqualTo(name));

    private static GatewaySettings Read(string key, string value) => GatewaySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = value }).Build(),
        new StartOptions(null, null, null, null));
}
