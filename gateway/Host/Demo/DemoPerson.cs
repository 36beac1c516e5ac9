using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Host.Demo;

/// <summary>Somebody who never lived.</summary>
/// <param name="Zone">Hours ahead of UTC.</param>
internal sealed record DemoPerson(string Name, string Address, double Zone = 0)
{
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    public MailAddress Mailbox => new(Name, Address);
}
