using System.Buffers;
using MailInbox.Inbox.Conversations;

namespace MailInbox.Inbox.Outbox;

/// <summary>Whom an answer goes to; our own addresses are never added.</summary>
internal static class ReplyAddresses
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("\"(),.:;<>@[\\]");

    public static ReplyDraft Start(ReplyDraft draft, Message message, Func<string, bool> ours)
    {
        if (draft.Kind == ReplyKind.Forward)
        {
            return draft with { Subject = SubjectLine.Forward(message.Subject) };
        }

        IReadOnlyList<Person> to = Outside(message.Direction == Direction.Out ? message.To : Answers(message), ours);
        IReadOnlyList<Person> cc = draft.Kind == ReplyKind.Reply ? [] : Others(message, to, ours);
        return draft with { Subject = SubjectLine.Reply(message.Subject), To = Typed(to), Cc = Typed(cc) };
    }

    private static IReadOnlyList<Person> Answers(Message message) =>
        message.ReplyTo.Count > 0 ? message.ReplyTo : [new Person(message.FromName, message.FromAddress)];

    private static List<Person> Others(Message message, IReadOnlyList<Person> to, Func<string, bool> ours) =>
        [.. Outside(message.To.Concat(message.Cc), ours).Where(p => !to.Any(t => t.Address.Equals(p.Address, StringComparison.OrdinalIgnoreCase)))];

    private static List<Person> Outside(IEnumerable<Person> people, Func<string, bool> ours) =>
        [.. people.Where(p => p.Address.Contains('@', StringComparison.Ordinal) && !ours(p.Address)).DistinctBy(p => p.Address.ToUpperInvariant())];

    private static string Typed(IEnumerable<Person> people) => string.Join(", ", people.Select(Typed));

    // A name with characters of the address grammar is quoted, or what is shown could not be read back.
    private static string Typed(Person p)
    {
        if (p.Name.Length == 0 || p.Name == p.Address)
        {
            return p.Address;
        }

        bool quote = p.Name.AsSpan().IndexOfAny(Specials) >= 0;
        string name = quote ? "\"" + p.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"" : p.Name;
        return $"{name} <{p.Address}>";
    }
}
