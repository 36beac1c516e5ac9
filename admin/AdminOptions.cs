using MailInbox.Inbox.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MailInbox.Admin;

/// <summary>What the screen needs from its host.</summary>
public sealed record AdminOptions
{
    /// <summary>Folder that keeps the keys of cookies and form tokens (in <c>keys/</c> below it).</summary>
    public required string DataFolder { get; init; }

    /// <summary>Address under which people reach the gateway, for links that leave the page; null takes that of the request.</summary>
    public Uri? Web { get; init; }

    /// <summary>Where the inboxes in force are found; asked anew for each request, since the files change while the gateway runs.</summary>
    public Func<IServiceProvider, InboxesOptions> Inboxes { get; init; } = services => services.GetRequiredService<GatewayOptions>().Inboxes;
}
