using MailInbox.Inbox.Configuration.Files;

namespace MailInbox.Inbox.Configuration.Servers;

/// <summary>Reads how the access tokens of a source are got. What the two large providers want is known here, so that an administrator need not.</summary>
internal sealed class OAuthReader(ConfigurationFile file, Secrets secrets)
{
    private const string Microsoft = "microsoft";
    private const string Google = "google";
    private const string Other = "other";

    // What Exchange Online grants to an application, and to a person who let the application in.
    private const string OfApplication = "https://outlook.office365.com/.default";
    private const string OfPerson = "https://outlook.office365.com/IMAP.AccessAsUser.All offline_access";

    /// <summary>Null when the key is missing, or when no endpoint can be told.</summary>
    public OAuthOptions? Read(Section source)
    {
        if (source.Inner("oauth", KnownKeys.OAuth) is not { } section)
        {
            return null;
        }

        string? provider = ReadProvider(section);
        string? tenant = ReadTenant(section, provider);
        Uri? given = ReadEndpoint(section);
        JsonValue? client = section.Text("client");
        string? secret = ReadSecret(section, "secret");
        string? refreshToken = ReadSecret(section, "refreshToken");
        string? scope = section.Text("scope")?.Text.Trim();
        CheckNeeds(section, provider);
        if (client is not null && client.Text.Any(char.IsControl))
        {
            file.Refuse(client, "\"client\" holds a control character");
        }

        string known = provider != Microsoft ? "" : section.Find("refreshToken") is null ? OfApplication : OfPerson;
        return (given ?? Known(provider, tenant)) is { } endpoint
            ? new OAuthOptions(endpoint, client?.Text.Trim() ?? "", secret, refreshToken, scope ?? known)
            : null;
    }

    private string? ReadProvider(Section section)
    {
        JsonValue? provider = section.Text("provider");
        if (section.Find("provider") is null)
        {
            file.Refuse(section.Value, "\"oauth\" needs \"provider\"", "write microsoft, google or other");
        }
        else if (provider is not null && provider.Text is not (Microsoft or Google or Other))
        {
            file.RefuseUnknown(provider, "provider", provider.Text, [Microsoft, Google, Other]);
            return null;
        }

        return provider?.Text;
    }

    private string? ReadTenant(Section section, string? provider)
    {
        if (section.Text("tenant") is not { } tenant)
        {
            return null;
        }

        string name = tenant.Text.Trim();
        if (provider is Google or Other)
        {
            file.Refuse(section.Place("tenant"), "\"tenant\" is for microsoft only");
        }
        else if (!name.All(char.IsAscii) || !AddressSyntax.IsDomain(name))
        {
            file.Refuse(tenant, "this is no tenant", "write its ID (Directory ID) or its domain");
            return null;
        }

        return name;
    }

    private Uri? ReadEndpoint(Section section)
    {
        if (section.Text("endpoint") is not { } value)
        {
            return null;
        }

        bool sound = Uri.TryCreate(value.Text.Trim(), UriKind.Absolute, out Uri? endpoint)
            && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback))
            && endpoint.UserInfo.Length == 0 && endpoint.Fragment.Length == 0;
        if (!sound)
        {
            // Not repeated: a secret may stand in its query.
            file.Refuse(value, "this is no token endpoint", "write an https address; http is for this machine only");
        }

        return sound ? endpoint : null;
    }

    private string? ReadSecret(Section section, string key) => section.Text(key) is { } place ? secrets.Read(file, place) : null;

    private void CheckNeeds(Section section, string? provider)
    {
        string[] needed = provider switch
        {
            Microsoft when section.Find("endpoint") is null => ["tenant", "client"],
            Microsoft => ["client"],
            Google => ["client", "secret", "refreshToken"],
            Other => ["client", "endpoint"],
            _ => [],
        };
        foreach (string key in needed.Where(key => section.Find(key) is null))
        {
            file.Refuse(section.Value, $"provider \"{provider}\" needs \"{key}\"");
        }

        if (provider is Microsoft or Other && section.Find("secret") is null && section.Find("refreshToken") is null)
        {
            file.Refuse(section.Value, $"provider \"{provider}\" needs \"secret\" or \"refreshToken\"");
        }
    }

    private static Uri? Known(string? provider, string? tenant) => provider switch
    {
        Microsoft when tenant is not null => new Uri($"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"),
        Google => new Uri("https://oauth2.googleapis.com/token"),
        _ => null,
    };
}
