using MailInbox.Admin.Inbox;
using MailInbox.Inbox.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace MailInbox.Admin.Live;

/// <summary>Renders a row outside of a page with the very component that the page uses.</summary>
internal sealed class RowRenderer(IServiceProvider services, ILoggerFactory logs) : IAsyncDisposable
{
    public Task<string> Render(ConversationRow row, long agentId) => _html.Dispatcher.InvokeAsync(async () =>
    {
        IReadOnlyList<string> views = ViewQuery.ViewsOf(row, agentId);
        string view = views is [{ } first, ..] ? first : View.Open.Key;
        ParameterView parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Row.Shown)] = row,
            [nameof(Row.Views)] = views,
            [nameof(Row.Address)] = $"/inboxes/{row.Inbox}/{view}/{row.Id}",
        });
        return (await _html.RenderComponentAsync<Row>(parameters)).ToHtmlString();
    });

    public ValueTask DisposeAsync() => _html.DisposeAsync();

    private readonly HtmlRenderer _html = new(services, logs);
}
