namespace MailInbox.Admin.Inbox;

internal static class Subjects
{
    /// <summary>A subject that can be seen and clicked.</summary>
    public static string Shown(string subject) => string.IsNullOrWhiteSpace(subject) ? "(no subject)" : subject;
}
