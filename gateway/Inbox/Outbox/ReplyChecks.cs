using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Inbox.Outbox;

/// <summary>A draft as checked: its addresses, and words for beside each field that is wrong.</summary>
internal sealed record ReplyChecks(
    IReadOnlyList<MailAddress> To,
    IReadOnlyList<MailAddress> Cc,
    IReadOnlyList<MailAddress> Bcc,
    IReadOnlyDictionary<string, string> Problems)
{
    /// <summary>Recipients of one message; more is a mailing, which a shared inbox is not for.</summary>
    public const int MostRecipients = 100;

    /// <summary>Bytes of all attachments, before encoding.</summary>
    public const long MostBytes = 25L << 20;

    /// <summary>Characters that an agent may write; far above any letter.</summary>
    public const int MostText = 1 << 20;

    /// <summary>Envelope recipients, each once.</summary>
    public IReadOnlyList<string> Recipients => [.. To.Concat(Cc).Concat(Bcc).Select(a => a.Address).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static ReplyChecks Of(ReplyDraft draft, GatewayOptions options, Database inbox)
    {
        Dictionary<string, string> problems = [];
        ReplyChecks checks = new(Addresses("to", draft.To, problems), Addresses("cc", draft.Cc, problems), Addresses("bcc", draft.Bcc, problems), problems);
        if (problems.Count == 0 && checks.Recipients.Count == 0)
        {
            problems["to"] = "Say whom it goes to.";
        }

        if (checks.Recipients.Count > MostRecipients)
        {
            problems["to"] = $"At most {MostRecipients} recipients; these are {checks.Recipients.Count}.";
        }

        CheckContent(draft, problems);
        if (options.Inboxes.Find(draft.Inbox) is null)
        {
            problems["thread"] = "This inbox is no longer configured.";
        }
        else if (draft.ConversationId is { } id && inbox.Read(r => ThreadProblem(r, draft, ConversationStore.Find(r, id))) is { } problem)
        {
            problems["thread"] = problem;
        }

        return checks;
    }

    /// <summary>Why the thread takes no message now, or null. Looked at again in the transaction.</summary>
    public static string? ThreadProblem(Snapshot reader, ReplyDraft draft, Conversation? conversation)
    {
        if (conversation is null || conversation.Inbox != draft.Inbox)
        {
            return "This conversation is gone.";
        }

        if (conversation.Disposition == Disposition.Trash)
        {
            return "This conversation is in the trash. Restore it first.";
        }

        if (draft.MessageId is { } answered && ThreadQuery.Find(reader, answered)?.ConversationId != conversation.Id)
        {
            return "The message you answer is no longer in this conversation.";
        }

        long newer = draft.LastSeenId is null ? 0 : reader.First<long>("SELECT count(*) FROM message WHERE conversation_id = @Id AND id > @LastSeenId", new { conversation.Id, draft.LastSeenId });
        return newer == 0 ? null : $"{newer} new message{(newer == 1 ? "" : "s")} came while you wrote. Look at the thread, then send again.";
    }

    private static IReadOnlyList<MailAddress> Addresses(string field, string typed, Dictionary<string, string> problems)
    {
        IReadOnlyList<MailAddress> addresses = MailAddressText.Parse(typed, out string? error);
        if (error is not null)
        {
            problems[field] = error;
        }

        return addresses;
    }

    private static void CheckContent(ReplyDraft draft, Dictionary<string, string> problems)
    {
        if (draft.Subject.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 || draft.Subject.Length > 500)
        {
            problems["subject"] = "A subject is one line of at most 500 characters.";
        }

        if (draft.Kind == ReplyKind.Compose && draft.Subject.Trim().Length == 0)
        {
            problems["subject"] = "Give it a subject.";
        }

        if ((draft.Html?.Length ?? 0) > MostText || draft.Text.Length > MostText)
        {
            problems["text"] = "This text is too long to send.";
        }
        else if (draft.Kind != ReplyKind.Forward && OutgoingText.IsEmpty(draft))
        {
            problems["text"] = "Write something first.";
        }

        if (draft.Attachments.Sum(a => (long)a.Bytes.Length) > MostBytes)
        {
            problems["attachments"] = $"Attachments may have {MostBytes >> 20} MB together.";
        }
    }
}
