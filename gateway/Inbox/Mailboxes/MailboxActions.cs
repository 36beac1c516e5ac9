using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Outbox;
using MailInbox.Mail.Imap;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>
/// Does on the server what was ordered: marks, moves or deletes mail that was filed, and puts copies of sent mail into the
/// Sent folder. Each may be done twice without harm, and none is done in a folder that was numbered anew.
/// </summary>
internal sealed class MailboxActions(SourceOptions source, ImapClient client, MailboxRooms rooms)
{
    /// <summary>Messages in one command.</summary>
    private const int Batch = 200;

    private static readonly string[] SentNames = ["Sent", "Sent Items", "Sent Messages", "INBOX.Sent", "INBOX/Sent"];

    private string? _sentFolder;

    /// <summary>True: another folder may be selected now.</summary>
    public async Task<bool> Run(CancellationToken cancel)
    {
        bool moved = false;
        while (rooms.Actions.Due(source.Key, rooms.Clock.GetUtcNow(), Batch) is { Count: > 0 } due)
        {
            moved = true;
            await Act(due, cancel);
        }

        while (source.Sent is not null && rooms.Copies.Due(source.Key, rooms.Clock.GetUtcNow(), 1) is [var copy])
        {
            moved = true;
            await Append(copy, cancel);
        }

        return moved;
    }

    private async Task Act(IReadOnlyList<ServerAction> due, CancellationToken cancel)
    {
        Dictionary<long, ServerAction> actions = due.ToDictionary(a => a.RawId);
        IReadOnlyList<SeenMessage> places = rooms.Ledger.OfRaw([.. actions.Keys]);
        Dictionary<long, FolderRow> folders = rooms.Ledger.Folders(source.Key).ToDictionary(f => f.Id);

        // What stands nowhere has left the server, or is yet to be met under its new number.
        List<long> missing = [.. actions.Keys.Except(places.Select(p => p.RawId!.Value))];
        bool comparing = folders.Values.Any(f => f.CompareTo > 0 && (f.HighUid < f.CompareTo || rooms.Ledger.CountWaiting(f) > 0));
        await (comparing ? PutOff(missing, actions, "the folder is being compared") : rooms.Actions.Done(missing));

        // What the server refuses is refused one by one, lest one message keep all others waiting.
        foreach (IGrouping<long, SeenMessage> group in places.GroupBy(p => p.FolderId))
        {
            IReadOnlyList<SeenMessage> messages = [.. group];
            if (!await Try(folders[group.Key], messages, actions, messages.Count == 1, cancel) && messages.Count > 1)
            {
                foreach (SeenMessage one in messages)
                {
                    await Try(folders[group.Key], [one], actions, last: true, cancel);
                }
            }
        }
    }

    /// <param name="last">What is refused now is put off.</param>
    private async Task<bool> Try(FolderRow folder, IReadOnlyList<SeenMessage> messages, Dictionary<long, ServerAction> actions, bool last, CancellationToken cancel)
    {
        List<long> ids = [.. messages.Select(p => p.RawId!.Value).Distinct()];
        try
        {
            await Act(folder, messages, actions, cancel);
            await rooms.Actions.Done(ids);
            return true;
        }
        catch (ImapRefusal refusal) when (refusal.Status != ImapStatus.Bye)
        {
            if (last)
            {
                rooms.Logger.LogWarning("A message of {Mailbox} could not be dealt with on the server: {Refusal}", source.Key, refusal.Message);
                await PutOff(ids, actions, refusal.Message);
            }

            return false;
        }
        catch (Exception broken) when (broken is ImapBroken or ImapRefusal)
        {
            // It may be this command at which the server breaks: the next connection begins with other things.
            await PutOff(ids, actions, broken.Message);
            throw;
        }
    }

    private async Task Act(FolderRow folder, IReadOnlyList<SeenMessage> messages, Dictionary<long, ServerAction> actions, CancellationToken cancel)
    {
        ImapFolderState state = await client.Select(folder.Name, readOnly: false, cancel);
        if (state.UidValidity != folder.Uidvalidity)
        {
            throw new ImapRefusal("SELECT", ImapStatus.No, "", "the folder was numbered anew and is compared first");
        }

        // Of a stub the only whole copy is there.
        uint[] uids = [.. messages.Where(m => source.Afterwards.Act != AfterwardsAct.Delete || m.State != SeenState.Stub).Select(m => m.Number)];
        if (uids.Length == 0)
        {
            return;
        }

        switch (source.Afterwards.Act)
        {
            case AfterwardsAct.Seen:
                await client.Store(uids, "\\Seen", on: true, cancel);
                break;
            case AfterwardsAct.Delete when Has("UIDPLUS"):
                await Remove(uids, cancel);
                break;
            case AfterwardsAct.Move when Has("MOVE"):
                await Making(() => client.Move(uids, source.Afterwards.Folder, cancel), cancel);
                break;
            case AfterwardsAct.Move when Has("UIDPLUS"):
                SeenMessage[] uncopied = [.. messages.Where(m => !actions[m.RawId!.Value].Copied)];
                await Making(() => client.Copy([.. uncopied.Select(m => m.Number)], source.Afterwards.Folder, cancel), cancel);
                await rooms.Actions.Copied([.. uncopied.Select(m => m.RawId!.Value)]);
                await Remove(uids, cancel);
                break;
            default:
                // A server that can only expunge everything would take what others have marked: the mail is left.
                break;
        }
    }

    private async Task Remove(uint[] uids, CancellationToken cancel)
    {
        await client.Store(uids, "\\Deleted", on: true, cancel);
        await client.Expunge(uids, cancel);
    }

    /// <summary>Makes the folder when it is missing (RFC 9051 §7.1: TRYCREATE).</summary>
    private async Task Making(Func<Task> act, CancellationToken cancel)
    {
        try
        {
            await act();
        }
        catch (ImapRefusal refusal) when (refusal.Code is "TRYCREATE" or "NONEXISTENT")
        {
            await client.Create(source.Afterwards.Folder, cancel);
            await act();
        }
    }

    private async Task PutOff(List<long> ids, Dictionary<long, ServerAction> actions, string reason)
    {
        if (ids.Count > 0)
        {
            await rooms.Actions.PutOff(ids, rooms.Clock.GetUtcNow() + Pauses.Action(ids.Max(id => actions[id].Tries)), reason);
        }
    }

    private async Task Append(SentCopy copy, CancellationToken cancel)
    {
        try
        {
            byte[] bytes = rooms.Raw.Bytes(copy.RawId);
            if (bytes.Length > 0)
            {
                _sentFolder ??= await SentFolder(cancel);
                await client.Select(_sentFolder, readOnly: true, cancel);

                // The server may file what goes through it by itself, or we did before we were interrupted.
                if ((await client.SearchMessageId(copy.MessageId, cancel)).Count == 0)
                {
                    await client.Append(_sentFolder, ["\\Seen"], copy.SentAt, bytes, cancel);
                }
            }

            await rooms.Copies.Done(copy.RawId);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            rooms.Logger.LogWarning("A copy of a sent mail could not be put into {Mailbox}: {Failure}", source.Key, failure.Message);
            await rooms.Copies.PutOff(copy, rooms.Clock.GetUtcNow() + Pauses.Action(copy.Tries));
            if (failure is not ImapRefusal { Status: not ImapStatus.Bye })
            {
                throw;
            }
        }
    }

    private async Task<string> SentFolder(CancellationToken cancel)
    {
        IReadOnlyList<ImapFolder> all = await client.List(cancel);
        string? name = source.Sent == SourceOptions.SentByServer
            ? (all.FirstOrDefault(f => f.Has("\\Sent") && f.Selectable) ?? all.FirstOrDefault(f => SentNames.Contains(f.Name, StringComparer.OrdinalIgnoreCase)))?.Name
            : source.Sent;
        name ??= SentNames[0];
        if (!all.Any(f => f.Name == name))
        {
            await client.Create(name, cancel);
        }

        return name;
    }

    private bool Has(string capability) => client.Capabilities.Contains(capability);
}
