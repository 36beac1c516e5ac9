using System.Net;
using MailInbox.Inbox.Configuration.Files;
using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Configuration.Servers;

/// <summary>Reads what every entry about a server says: its host, and how the connection is protected.</summary>
internal sealed class ServerReader(ConfigurationFile file)
{
    public WireSecurity Security(Section section, WireSecurity otherwise)
    {
        JsonValue? value = section.Text("security");
        switch (value?.Text)
        {
            case null:
                return otherwise;
            case "starttls":
                return WireSecurity.StartTls;
            case "tls":
                return WireSecurity.Tls;
            case "none":
                return WireSecurity.None;
            default:
                file.RefuseUnknown(value, "security", value.Text, ["starttls", "tls", "none"]);
                return otherwise;
        }
    }

    /// <summary>A host name or an IP address; empty when there is none.</summary>
    /// <param name="key">Where it stands in the section.</param>
    /// <param name="missing">Where, and in which words, to say that it is missing.</param>
    /// <param name="example">A name such as may stand here.</param>
    public string Host(Section section, string key, (JsonValue At, string Words) missing, string example)
    {
        if (section.Text(key) is not { } host)
        {
            if (section.Find(key) is null && section.Value.Kind == JsonKind.Object)
            {
                file.Refuse(missing.At, missing.Words);
            }

            return "";
        }

        string name = host.Text.Trim();
        if (!IPAddress.TryParse(name, out _) && !AddressSyntax.IsDomain(name))
        {
            // Not repeated: an address such as smtp://user:password@host may stand here.
            file.Refuse(host, "this is no host name", $"write {example} or an IP address");
        }

        return name;
    }

    /// <summary>Says so if what proves who we are would cross the network in the clear.</summary>
    /// <param name="proof">"a password".</param>
    public void CheckProtected(JsonValue at, string proof, WireSecurity security, string host)
    {
        if (security == WireSecurity.None && !IsThisMachine(host))
        {
            file.Refuse(at, $"{proof} is not sent without TLS", "set \"security\" to \"starttls\" or \"tls\"");
        }
    }

    private static bool IsThisMachine(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
