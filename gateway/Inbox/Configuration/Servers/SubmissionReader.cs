using MailInbox.Inbox.Configuration.Files;
using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Configuration.Servers;

/// <summary>Reads a smart host.</summary>
internal sealed class SubmissionReader(ConfigurationFile file, Secrets secrets)
{
    private readonly ServerReader _server = new(file);

    public SubmissionOptions Read(JsonMember entry)
    {
        Section section = new(file, entry.Value, KnownKeys.Submission);
        WireSecurity security = _server.Security(section, WireSecurity.StartTls);
        string host = _server.Host(section, "host", (entry.Name, $"submission \"{entry.Key}\" needs a host"), "smtp.example.com");
        int port = section.Number("port", 1, 65535, security switch { WireSecurity.Tls => 465, WireSecurity.StartTls => 587, _ => 25 });
        JsonValue? user = section.Text("user");
        JsonValue? password = section.Text("password");
        string? secret = password is null ? null : secrets.Read(file, password);
        if (section.Find("user") is null != section.Find("password") is null)
        {
            file.Refuse(section.Find("user") is null ? section.Place("password") : section.Place("user"), "\"user\" and \"password\" only stand together");
        }
        else if (password is not null)
        {
            _server.CheckProtected(section.Place("password"), "a password", security, host);
        }

        return new SubmissionOptions(entry.Key, host, port, security, user?.Text.Trim(), secret);
    }
}
