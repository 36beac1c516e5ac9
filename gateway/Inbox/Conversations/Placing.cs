using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>Where a mail was put.</summary>
/// <param name="New">It opened the conversation.</param>
public sealed record Placement(long ConversationId, long MessageId, bool New);

/// <summary>Puts a judged mail into its conversation, or opens one.</summary>
internal static class Placing
{
    /// <summary>Outside people that one mail brings into a conversation.</summary>
    private const int MostOutside = 200;

    /// <summary>Mail that is older than the last word by more than this says nothing new: it was fetched late. Clocks of servers differ by less.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);

    public static Placement Place(Transaction t, IncomingMail mail, ThreadingResult found, Decision decision)
    {
        Conversation? joined = found.Conversation;
        long? linked = found.LinkedId;
        if (joined is not null && !MayJoin(joined, mail, decision))
        {
            linked = joined.Id;
            joined = null;
        }

        Contact contact = ContactStore.Meet(t, mail.From.Address, mail.From.Name);
        Conversation conversation = joined ?? Open(t, mail, contact, decision, linked);
        long messageId = ConversationStore.Add(t, Message(mail, conversation, found, decision) with { First = joined is null });
        bool old = joined is not null && joined.LastAt - mail.ReceivedAt > Old;
        if (joined is not null && !decision.Filtered && !mail.Quiet && !old)
        {
            Wake(t, joined, mail);
        }

        if (joined is not null && !mail.Automatic && !old)
        {
            t.Execute("UPDATE conversation SET waiting_since = coalesce(waiting_since, @ReceivedAt), send_failed = 0 WHERE id = @Id", new { conversation.Id, mail.ReceivedAt });
        }

        return new Placement(conversation.Id, messageId, joined is null);
    }

    /// <summary>
    /// A filtered mail only joins what is filtered already: it never changes what the team looks at. A passing one does not
    /// join a closed conversation under a new subject.
    /// </summary>
    private static bool MayJoin(Conversation c, IncomingMail mail, Decision decision) =>
        decision.Filtered ? c.Disposition == Disposition.Filtered
        : mail.Kind == MessageKind.Bounce || c.Status == ConversationStatus.Open || mail.Subject.Length == 0 || SubjectLine.Same(c.Subject, mail.Subject);

    private static Conversation Open(Transaction t, IncomingMail mail, Contact contact, Decision decision, long? linked)
    {
        Conversation opened = ConversationStore.Open(t, new Conversation
        {
            Inbox = mail.Inbox,
            Subject = mail.Subject,
            ContactId = contact.Id,
            Disposition = decision.Filtered ? Disposition.Filtered : Disposition.Inbox,
            FilterReason = decision.Filtered ? decision.Reason : "",
            LinkedId = linked,
            LastAt = mail.ReceivedAt,
            LastDirection = Direction.In,
            Preview = mail.Preview,
            HasAttachment = HasFiles(mail),
            Participants = Outside(mail).Count,
            WaitingSince = mail.Automatic ? null : mail.ReceivedAt,
            HasIncoming = true,
        });
        if (decision.Filtered)
        {
            History.Add(t, opened.Id, Actor.Gateway, "filtered", $"Filtered: {decision.Reason}");
        }

        return opened;
    }

    /// <summary>A mail that passes brings its conversation back from Filtered (unless a person said spam), from the trash, and from closed.</summary>
    private static void Wake(Transaction t, Conversation c, IncomingMail mail)
    {
        if (c.Disposition == Disposition.Filtered && !c.MarkedSpam)
        {
            ConversationActions.ToInbox(t, c.Id);
            History.Add(t, c.Id, Actor.Gateway, "restored", $"Back in the inbox: a mail from {mail.From.Address} passed the filters");
        }

        if (c.Disposition == Disposition.Trash)
        {
            ConversationActions.ToInbox(t, c.Id);
            History.Add(t, c.Id, Actor.Gateway, "restored", $"Restored from the trash by an answer from {mail.From.Address}");
        }

        if (c.Status == ConversationStatus.Closed)
        {
            ConversationActions.Reopen(t, c, Actor.Gateway, $"Reopened by an answer from {mail.From.Address}", waiting: !mail.Automatic);
        }
    }

    private static NewMessage Message(IncomingMail mail, Conversation c, ThreadingResult found, Decision decision) => new(
        new Message
        {
            ConversationId = c.Id,
            Inbox = mail.Inbox,
            RawId = mail.RawId,
            Direction = Direction.In,
            Kind = mail.Kind,
            MessageId = mail.MessageId,
            FromName = mail.From.Name,
            FromAddress = mail.From.Address,
            ToList = People.Write(mail.To),
            CcList = People.Write(mail.Cc),
            ReplyToList = People.Write(mail.ReplyTo),
            Subject = mail.Subject,
            Preview = mail.Preview,
            At = mail.ReceivedAt,
            HasAttachment = HasFiles(mail),
        },
        mail.Attachments,
        mail.References,
        Outside(mail),
        [mail.Received, found.Evidence, .. decision.Trace],
        First: false);

    private static bool HasFiles(IncomingMail mail) => mail.Attachments.Any(a => !a.Inline);

    private static List<string> Outside(IncomingMail mail) =>
        [.. mail.To.Concat(mail.Cc).Prepend(mail.From).Select(p => AddressKey.Of(p.Address)).Where(a => a.Length > 0 && !mail.Ours(a)).Distinct().Take(MostOutside)];
}
