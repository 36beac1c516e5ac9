namespace MailInbox.Host.Demo;

/// <summary>A mail ready to be sent.</summary>
/// <param name="EnvelopeFrom">Empty for a delivery report.</param>
/// <param name="Recipients">Of the envelope: addresses of ours alone.</param>
/// <param name="Subject">As people should read it.</param>
/// <param name="Date">As its Date field says.</param>
internal sealed record DemoMail(string EnvelopeFrom, IReadOnlyList<string> Recipients, string Subject, DateTimeOffset Date, byte[] Bytes);
