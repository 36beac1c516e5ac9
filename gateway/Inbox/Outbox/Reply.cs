using System.Security.Cryptography;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Inbox.Outbox;

/// <summary>
/// Answers, forwards and new mail. The bytes are kept in mail.db first; then the message, its recipients and its place in
/// the queue are one transaction, so that what the thread shows is what will be sent.
/// </summary>
public sealed class Reply(Database inbox, GatewayOptions options, InboxDirectory inboxes, RawMailStore raw, OutboxSender sender, TimeProvider clock)
{
    /// <summary>The draft a composer starts with: recipients, subject and ids filled in. Null when the message is gone.</summary>
    public ReplyDraft? Start(ReplyKind kind, string inboxKey, long? conversationId, long? messageId)
    {
        ReplyDraft empty = new() { Kind = kind, Inbox = inboxKey, ConversationId = conversationId, MessageId = messageId };
        if (kind == ReplyKind.Compose || messageId is null)
        {
            return kind == ReplyKind.Compose ? empty : null;
        }

        Message? message = inbox.Read(r => ThreadQuery.Find(r, messageId.Value));
        long last = inbox.Read(r => r.First<long>("SELECT last_message_id FROM conversation WHERE id = @conversationId", new { conversationId }));
        return message is null ? null : ReplyAddresses.Start(empty with { Inbox = message.Inbox, ConversationId = message.ConversationId, LastSeenId = last }, message, inboxes.Owns);
    }

    /// <summary>Sends, or says what is wrong beside each field; nothing is sent then.</summary>
    public async Task<ReplyResult> Send(ReplyDraft draft, Actor actor, CancellationToken cancel)
    {
        ReplyChecks checks = ReplyChecks.Of(draft, options, inbox);
        if (checks.Problems.Count > 0)
        {
            return new ReplyResult(draft.ConversationId ?? 0, 0, checks.Problems);
        }

        InboxOptions place = options.Inboxes.Find(draft.Inbox)!;
        Message? answered = draft.MessageId is null ? null : inbox.Read(r => ThreadQuery.Find(r, draft.MessageId.Value));
        MimeMessage? original = answered is null ? null : MimeParser.Parse(raw.Bytes(answered.RawId));
        OutgoingText text = OutgoingText.Of(draft, answered, original);
        MailDraft mail = Mail(new Writing(draft, checks, place, actor), text, answered, original);
        byte[] bytes = MessageComposer.Compose(mail);
        long rawId = await Keep(place, bytes, cancel);
        Sent sent = new(draft, checks, mail, answered, actor, rawId, bytes, text.Preview);
        ReplyResult result = await inbox.Write(t => Record(t, sent)).WaitAsync(cancel);
        if (result.Problems.Count > 0)
        {
            await raw.Erase(rawId);
        }
        else
        {
            sender.Wake();
        }

        return result;
    }

    private MailDraft Mail(Writing writing, OutgoingText text, Message? answered, MimeMessage? original)
    {
        ReplyDraft draft = writing.Draft;
        bool forward = draft.Kind == ReplyKind.Forward && original is not null;
        bool follows = answered is not null && !forward && answered.MessageId.Length > 0;
        MailDraft mail = new()
        {
            From = new MailAddress(writing.Actor.Name, writing.Place.Address),
            To = writing.Checks.To,
            Cc = writing.Checks.Cc,
            Subject = draft.Subject.Trim(),
            Date = clock.GetUtcNow(),
            MessageId = $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}@{AddressKey.DomainOf(writing.Place.Address)}",
            InReplyTo = follows ? [answered!.MessageId] : [],
            References = follows ? MessageComposer.ReferencesFor(original?.References ?? [], answered!.MessageId) : [],
            Text = text.Plain,
            Html = text.Html,
            Attachments = [.. draft.Attachments.Select(a => new MailFile(a.FileName, a.Type, a.Bytes))],
        };
        if (!forward)
        {
            return mail;
        }

        return draft.AttachOriginal ? Forwarding.Attached(mail, original!) : Forwarding.Inline(mail, original!);
    }

    private async Task<long> Keep(InboxOptions place, byte[] bytes, CancellationToken cancel)
    {
        await using RawWriter writer = new(raw);
        await writer.Write(bytes, cancel);
        await writer.Finish(new RawMessage { Source = RawSource.Outbox, State = RawState.Done, EnvelopeFrom = place.Address, ReceivedAt = clock.GetUtcNow() });
        return writer.Id;
    }

    /// <summary>The conversation, the message, its recipients and the queue: one transaction.</summary>
    private ReplyResult Record(Transaction t, Sent sent)
    {
        ReplyDraft draft = sent.Draft;
        Conversation? conversation = draft.ConversationId is null ? Open(t, sent) : ConversationStore.Find(t, draft.ConversationId.Value);
        if (ReplyChecks.ThreadProblem(t, draft, conversation) is { } problem)
        {
            return new ReplyResult(draft.ConversationId ?? 0, 0, new Dictionary<string, string> { ["thread"] = problem });
        }

        Message message = sent.Message(conversation!);
        long id = ConversationStore.Add(t, sent.Added(message, inboxes.Owns));
        OutboxStore.Enqueue(t, message with { Id = id }, options.Inboxes.Find(draft.Inbox)!.Address, sent.Checks.Recipients);
        foreach (MailAddress to in sent.Checks.To.Concat(sent.Checks.Cc).Concat(sent.Checks.Bcc).Where(a => !inboxes.Owns(a.Address)))
        {
            ContactStore.WroteTo(t, to.Address, to.Name);
        }

        Settle(t, conversation!, sent);
        return new ReplyResult(conversation!.Id, id, new Dictionary<string, string>());
    }

    private Conversation Open(Transaction t, Sent sent)
    {
        MailAddress to = sent.Checks.To.Concat(sent.Checks.Cc).Concat(sent.Checks.Bcc).First();
        return ConversationStore.Open(t, new Conversation
        {
            Inbox = sent.Draft.Inbox,
            Subject = sent.Mail.Subject,
            ContactId = ContactStore.Meet(t, to.Address, to.Name).Id,
            AssigneeId = sent.Actor.AgentId,
            LastAt = sent.Mail.Date,
            LastDirection = Direction.Out,
            Preview = sent.Preview,
            HasAttachment = sent.Mail.Attachments.Count > 0,
            Participants = sent.Outside(inboxes.Owns).Count,
            HasOutgoing = true,
        });
    }

    /// <summary>An answer takes the conversation: it is assigned to who answered when it was nobody's, waits no longer, and is open unless closed with it.</summary>
    private void Settle(Transaction t, Conversation c, Sent sent)
    {
        if (sent.Draft.Kind == ReplyKind.Forward)
        {
            History.Add(t, c.Id, sent.Actor, "forwarded", $"Forwarded to {string.Join(", ", sent.Checks.Recipients)}");
            return;
        }

        if (c.Disposition == Disposition.Filtered)
        {
            ConversationActions.ToInbox(t, c.Id);
            History.Add(t, c.Id, sent.Actor, "restored", "Moved to the inbox by an answer");
        }

        t.Execute("UPDATE conversation SET waiting_since = NULL, send_failed = 0 WHERE id = @Id", new { c.Id });
        if (c.AssigneeId is null && sent.Actor.AgentId is { } agentId && options.Routing.AssignOnReply)
        {
            ConversationActions.Assign(t, c, AgentStore.Find(t, agentId), sent.Actor, " by answering");
        }

        if (sent.Draft.Close && c.Status == ConversationStatus.Open)
        {
            ConversationActions.Close(t, c, sent.Actor);
        }
        else if (!sent.Draft.Close && c.Status == ConversationStatus.Closed)
        {
            ConversationActions.Reopen(t, c, sent.Actor, "Reopened by an answer");
        }
    }

    /// <summary>A draft that was checked: who writes it from where.</summary>
    private sealed record Writing(ReplyDraft Draft, ReplyChecks Checks, InboxOptions Place, Actor Actor);

    /// <summary>All that the transaction needs of a composed message.</summary>
    private sealed record Sent(ReplyDraft Draft, ReplyChecks Checks, MailDraft Mail, Message? Answered, Actor Actor, long RawId, byte[] Bytes, string Preview)
    {
        public Message Message(Conversation c) => new()
        {
            ConversationId = c.Id,
            Inbox = c.Inbox,
            RawId = RawId,
            Direction = Direction.Out,
            Kind = Draft.Kind == ReplyKind.Forward ? MessageKind.Forward : MessageKind.Mail,
            MessageId = Mail.MessageId,
            FromName = Mail.From.Name,
            FromAddress = Mail.From.Address,
            ToList = People.Write(Mail.To.Select(a => new Person(a.Name, a.Address))),
            CcList = People.Write(Mail.Cc.Select(a => new Person(a.Name, a.Address))),
            Subject = Mail.Subject,
            Preview = Preview,
            At = Mail.Date,
            AuthorId = Actor.AgentId,
            HasAttachment = Mail.Attachments.Count > 0,
        };

        public NewMessage Added(Message message, Func<string, bool> ours) => new(
            message,
            MessageFiles.Of(MimeParser.Parse(Bytes)),
            Mail.InReplyTo.Concat(Mail.References).Distinct().ToList(),
            Outside(ours),
            [],
            First: Draft.ConversationId is null);

        public List<string> Outside(Func<string, bool> ours) => [.. Checks.Recipients.Where(a => !ours(a)).Select(AddressKey.Of).Distinct()];
    }
}
