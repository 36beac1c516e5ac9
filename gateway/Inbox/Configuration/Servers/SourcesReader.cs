using MailInbox.Inbox.Configuration.Files;
using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Configuration.Servers;

/// <summary>Reads the mailboxes that an inbox polls.</summary>
internal sealed class SourcesReader(ConfigurationFile file, Secrets secrets)
{
    private readonly ServerReader _server = new(file);
    private readonly FoldersReader _folders = new(file);
    private readonly OAuthReader _oauth = new(file, secrets);
    private readonly CertificatesFile _certificates = new(file, secrets.Folder);

    /// <param name="inbox">Key of the inbox.</param>
    /// <param name="section">The inbox itself.</param>
    public IReadOnlyList<SourceOptions> Read(string inbox, Section section)
    {
        List<SourceOptions> sources = [];
        HashSet<string> mailboxes = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonValue entry in section.List("sources"))
        {
            SourceOptions source = ReadSource(inbox, entry);
            if (source.Host.Length > 0 && source.User.Length > 0 && !mailboxes.Add(source.Key))
            {
                file.Refuse(entry, "this mailbox stands here twice", "name all its folders in one source");
            }

            sources.Add(source);
        }

        return sources;
    }

    private SourceOptions ReadSource(string inbox, JsonValue entry)
    {
        Section section = new(file, entry, KnownKeys.Source);
        WireSecurity security = _server.Security(section, WireSecurity.Tls);
        string host = _server.Host(section, "imap", (entry, "a source needs \"imap\", the host"), "imap.example.com");
        string user = ReadUser(section);
        string? password = section.Text("password") is { } place ? secrets.Read(file, place) : null;
        OAuthOptions? oauth = _oauth.Read(section);
        CheckProof(section, security, host);
        IReadOnlyList<string> folders = _folders.ReadFolders(section);
        return new SourceOptions
        {
            Inbox = inbox,
            Host = AddressSyntax.Canonical(host),
            Port = section.Number("port", 1, 65535, security == WireSecurity.Tls ? 993 : 143),
            Security = security,
            User = user,
            Password = password,
            OAuth = oauth,
            TrustedRoots = ReadRoots(section, security),
            Folders = folders,
            Start = _folders.ReadStart(section),
            Afterwards = _folders.ReadAfterwards(section, folders),
            Every = section.Time("every", "10s", "1d", TimeSpan.FromMinutes(2)),
            MaxSize = section.Size("maxSize", "100kb", "256mb", 50L << 20),
            Sent = _folders.ReadSent(section, folders),
        };
    }

    private string ReadUser(Section section)
    {
        JsonValue? user = section.Text("user");
        if (section.Find("user") is null && section.Value.Kind == JsonKind.Object)
        {
            file.Refuse(section.Value, "a source needs \"user\"");
        }
        else if (user is not null && user.Text.Any(char.IsControl))
        {
            file.Refuse(user, "\"user\" holds a control character");
        }

        return user?.Text.Trim() ?? "";
    }

    private void CheckProof(Section section, WireSecurity security, string host)
    {
        bool password = section.Find("password") is not null;
        bool oauth = section.Find("oauth") is not null;
        if (password && oauth)
        {
            file.Refuse(section.Place("oauth"), "only one of \"password\" and \"oauth\" may stand here");
        }
        else if (password || oauth)
        {
            _server.CheckProtected(section.Place(password ? "password" : "oauth"), password ? "a password" : "an access token", security, host);
        }
        else if (section.Value.Kind == JsonKind.Object)
        {
            file.Refuse(section.Value, "a source needs \"password\" or \"oauth\"");
        }
    }

    private string? ReadRoots(Section section, WireSecurity security)
    {
        if (security == WireSecurity.None && section.Find("trust") is not null)
        {
            file.Refuse(section.Place("trust"), "\"trust\" has no effect without TLS");
            return null;
        }

        return _certificates.Find(section, "trust");
    }
}
