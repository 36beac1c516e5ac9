using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailInbox.Admin.Inbox;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using Microsoft.Extensions.Logging;

namespace MailInbox.Admin.Live;

/// <summary>What a stream looks at.</summary>
internal sealed record LiveRooms(
    ChangeLog Changes, ViewQuery Views, AgentStore Team, InboxList Inboxes, IServiceProvider Services, ILoggerFactory Logs, TimeProvider Clock);

/// <summary>One viewer's live stream. Events: <c>rows</c> (counts and the rows that changed), <c>news</c> (counts and how many changed, when they are too many), <c>reset</c> (read everything anew).</summary>
internal sealed class LiveStream(LiveRooms rooms, Agent viewer, Stream output) : IAsyncDisposable
{
    /// <summary>Rows of one batch; above it only their number is sent.</summary>
    private const int MaxRows = 50;

    /// <summary>The reader parses JSON, no HTML: escaping its marks would only make rows longer.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Four batches a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    /// <summary>Runs until cancelled, or until the viewer may no longer look.</summary>
    public async Task Run(long since, CancellationToken cancel)
    {
        await Write("retry: 2000\n\n", cancel);
        if (since > rooms.Changes.Newest)
            since = await Reset(cancel);
        long judged = rooms.Clock.GetTimestamp();
        while (true)
        {
            bool changed = await Changed(since, cancel);
            if (rooms.Clock.GetElapsedTime(judged) >= Recheck)
            {
                if (rooms.Team.Find(viewer.Id) is not { Active: true } now || now.Stamp != viewer.Stamp)
                    return;
                judged = rooms.Clock.GetTimestamp();
            }
            if (!changed)
            {
                await Write(": still here\n\n", cancel);
                continue;
            }
            since = await Send(since, cancel);
            await Task.Delay(Pause, rooms.Clock, cancel);
        }
    }

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();

    private readonly RowRenderer _renderer = new(rooms.Services, rooms.Logs);

    /// <summary>False when a heartbeat is due first.</summary>
    private async Task<bool> Changed(long since, CancellationToken cancel)
    {
        using CancellationTokenSource waits = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task change = rooms.Changes.Wait(since, waits.Token);
        Task beat = Task.Delay(Heartbeat, rooms.Clock, waits.Token);
        Task first = await Task.WhenAny(change, beat);
        await waits.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        await first;
        return first == change;
    }

    private async Task<long> Send(long since, CancellationToken cancel)
    {
        if (rooms.Changes.After(since) is not { } changes)
            return await Reset(cancel);
        if (changes.Count == 0)
            return since;
        long last = changes[^1].Id;
        long[] ids = [.. changes.Select(c => c.ConversationId).Distinct()];
        Dictionary<string, IReadOnlyDictionary<string, long>> counts = Counts(changes.Select(c => c.Inbox).Distinct());
        if (ids.Length > MaxRows)
            await Event("news", last, new { counts, number = ids.Length, inboxes = changes.Select(c => c.Inbox).Distinct() }, cancel);
        else
            await SendRows(last, ids, counts, cancel);
        return last;
    }

    private Dictionary<string, IReadOnlyDictionary<string, long>> Counts(IEnumerable<string> inboxes) =>
        inboxes.Where(i => rooms.Inboxes.Find(i) is not null).ToDictionary(i => i, i => rooms.Views.Counts(i, viewer.Id));

    private async Task<long> Reset(CancellationToken cancel)
    {
        long newest = rooms.Changes.Newest;
        await Event("reset", newest, new { counts = Counts(rooms.Inboxes.All.Select(i => i.Key)) }, cancel);
        return newest;
    }

    private async Task SendRows(long last, long[] ids, object counts, CancellationToken cancel)
    {
        IReadOnlyList<ConversationRow> found = rooms.Views.Rows(ids, viewer.Id);
        List<object> rows = [];
        foreach (ConversationRow row in found)
            rows.Add(new { id = row.Id, inbox = row.Inbox, html = await _renderer.Render(row, viewer.Id) });
        await Event("rows", last, new { counts, rows, gone = ids.Except(found.Select(r => r.Id)) }, cancel);
    }

    private Task Event(string name, long id, object data, CancellationToken cancel) =>
        Write($"id: {id}\nevent: {name}\ndata: {JsonSerializer.Serialize(data, Plain)}\n\n", cancel);

    private async Task Write(string text, CancellationToken cancel)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await output.FlushAsync(cancel);
    }
}
