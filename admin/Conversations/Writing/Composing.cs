using MailInbox.Admin.Inbox;
using MailInbox.Inbox.Outbox;

namespace MailInbox.Admin.Conversations.Writing;

/// <summary>An open composer: what stands in it, and what is wrong with it.</summary>
/// <param name="Problems">Words by field; empty at the start.</param>
public sealed record Composing(ReplyDraft Draft, IReadOnlyDictionary<string, string> Problems)
{
    public bool Forward => Draft.Kind == ReplyKind.Forward;

    public string Word => Draft.Kind switch
    {
        ReplyKind.Reply => "reply",
        ReplyKind.ReplyAll => "reply-all",
        ReplyKind.Forward => "forward",
        _ => "compose",
    };

    /// <summary>The composer an address asks for, or null when it asks for none or may not.</summary>
    public static Composing? Start(Reply reply, InboxScreen screen, string? kind, long? message)
    {
        if (!screen.MayAct || Kind(kind) is not { } found || screen.Thread is not { Messages.Count: > 0 } thread)
            return null;
        long answered = message ?? thread.Messages[^1].Message.Id;
        ReplyDraft? draft = reply.Start(found, thread.Conversation.Inbox, thread.Conversation.Id, answered);
        return draft is null ? null : new Composing(draft with { LastSeenId = thread.Messages.Max(m => m.Message.Id) }, NoProblems);
    }

    public static ReplyKind? Kind(string? word) => word switch
    {
        "reply" => ReplyKind.Reply,
        "reply-all" => ReplyKind.ReplyAll,
        "forward" => ReplyKind.Forward,
        "compose" => ReplyKind.Compose,
        _ => null,
    };

    public static IReadOnlyDictionary<string, string> NoProblems { get; } = new Dictionary<string, string>();

}
