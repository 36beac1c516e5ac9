using MailInbox.Admin.Conversations.Writing;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using Thread = MailInbox.Inbox.Conversations.Thread;

namespace MailInbox.Admin.Inbox;

/// <summary>What one address of the inbox shows, and to whom.</summary>
public sealed record InboxScreen(Agent Viewer, InboxOptions Inbox, View View)
{
    /// <summary>Cursor of the list's page; null for its beginning.</summary>
    public string? After { get; init; }

    /// <summary>The open conversation.</summary>
    public Thread? Thread { get; init; }

    /// <summary>The open composer.</summary>
    public Composing? Composing { get; init; }

    /// <summary>What was just done.</summary>
    public Notice? Notice { get; init; }

    /// <summary>Older messages are unfolded too.</summary>
    public bool All { get; init; }

    /// <summary>The message whose remote images are wanted.</summary>
    public long? ImagesOf { get; init; }

    /// <summary>Observers look, the others act.</summary>
    public bool MayAct => Viewer.Role >= Role.Agent;

    public string ListAddress => $"/inboxes/{Inbox.Key}/{View.Key}";

    /// <summary>The conversation's address in this list; the page of the list stays.</summary>
    public string AddressOf(long id) => After is null ? $"{ListAddress}/{id}" : $"{ListAddress}/{id}?after={Uri.EscapeDataString(After)}";

    /// <summary>The same address with more in its query.</summary>
    public string AddressOf(long id, string query) => AddressOf(id) + (After is null ? '?' : '&') + query;
}
