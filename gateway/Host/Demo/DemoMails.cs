namespace MailInbox.Host.Demo;

/// <summary>All that <c>mailinbox demo</c> sends.</summary>
internal static class DemoMails
{
    /// <summary>In the order of their dates; the twin of a mail comes right behind it.</summary>
    public static IReadOnlyList<DemoMail> All(DemoPost post)
    {
        IEnumerable<DemoMail> mails =
        [
            .. DemoOrders.All(post),
            .. DemoLanguages.All(post),
            .. DemoCharsets.All(post),
            .. DemoThreads.All(post),
            .. DemoPages.All(post),
            .. DemoMachines.All(post),
            .. DemoOddities.All(post),
        ];
        return [.. mails.OrderBy(mail => mail.Date)];
    }
}
