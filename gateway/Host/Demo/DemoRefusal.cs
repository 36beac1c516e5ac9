namespace MailInbox.Host.Demo;

/// <summary>The demo mails could not be brought in; the message says why and what to do.</summary>
internal sealed class DemoRefusal(string message) : Exception(message);
