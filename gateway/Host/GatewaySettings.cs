using System.Net;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.RawMail;

namespace MailInbox.Host;

/// <summary>What appsettings.json, the environment and the command line say, checked.</summary>
internal sealed record GatewaySettings(string Data, string Config, IPEndPoint Smtp, Uri Web, Uri PublicUrl, string HostName, long MaxSize)
{
    /// <summary>Free bytes on the disk of the data below which no new mail is taken.</summary>
    public long LeastFree { get; init; } = 1L << 30;

    /// <summary>Throws <see cref="SettingsRefusal"/> with the key and what is wrong.</summary>
    public static GatewaySettings Read(IConfiguration configuration, StartOptions options)
    {
        Uri web = Address("Web:Url", options.Web ?? configuration["Web:Url"] ?? "http://127.0.0.1:8025");
        string? publicUrl = configuration["Web:PublicUrl"];
        string? host = configuration["Smtp:HostName"];
        return new GatewaySettings(
            options.Data ?? Places.Data(configuration["Data"] ?? "data"),
            options.Config ?? Places.Config(configuration["Config"] ?? "config"),
            EndPoint("Smtp:Listen", options.Smtp ?? configuration["Smtp:Listen"] ?? "127.0.0.1:2525"),
            web,
            string.IsNullOrEmpty(publicUrl) || options.Web is not null ? web : Address("Web:PublicUrl", publicUrl),
            string.IsNullOrEmpty(host) ? Dns.GetHostName() : Name("Smtp:HostName", host),
            Size("Smtp:MaxSize", configuration["Smtp:MaxSize"] ?? "50mb", 1, RawMailStore.MaxSize))
        {
            LeastFree = Size("Smtp:LeastFree", configuration["Smtp:LeastFree"] ?? "1gb", 0, MostFree),
        };
    }

    /// <summary>No disk that keeps more than this free is worth a setting.</summary>
    private const long MostFree = 1L << 40;

    private static IPEndPoint EndPoint(string key, string value) =>
        IPEndPoint.TryParse(value.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), out IPEndPoint? point) && value.Contains(':', StringComparison.Ordinal)
            ? point
            : throw new SettingsRefusal(key, $"“{value}” is no ADDRESS:PORT", "for instance 127.0.0.1:2525, or 0.0.0.0:25 for all addresses");

    // What EHLO can say (RFC 5321 §4.1.2); a wrong name would only show when the first answer leaves.
    private static string Name(string key, string value) =>
        value.Length <= 255 && Uri.CheckHostName(value) != UriHostNameType.Unknown && value.All(char.IsAscii)
            ? value
            : throw new SettingsRefusal(key, $"“{value}” is no host name", "for instance mail.example.com");

    private static Uri Address(string key, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new SettingsRefusal(key, $"“{value}” is no http address", "for instance http://127.0.0.1:8025");

    private static long Size(string key, string value, long least, long most)
    {
        long? size = Sizes.Parse(value);
        return size >= least && size <= most ? size.Value : throw new SettingsRefusal(key, $"“{value}” is no size from {least} bytes to {most >> 20}mb", "for instance 50mb");
    }
}

/// <summary>What the command line gave; null where it said nothing.</summary>
internal sealed record StartOptions(string? Data, string? Config, string? Smtp, string? Web);

/// <summary>A mistake in appsettings.json, the environment or the command line.</summary>
internal sealed class SettingsRefusal(string key, string reason, string hint) : Exception($"{key}: {reason} ({hint})");
