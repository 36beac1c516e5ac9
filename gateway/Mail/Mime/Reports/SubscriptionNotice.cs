using System.Text;
using System.Text.Json;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Reports;

/// <summary>Reads the JSON that a sending service writes to subscribers about a mail: bounce, complaint or delivery.</summary>
internal static class SubscriptionNotice
{
    /// <summary>Characters of a document that is read.</summary>
    private const int MostText = 256 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 20, AllowTrailingCommas = true };

    /// <remarks>Long lines were folded on the way, also inside words.</remarks>
    public static MailReport? Read(ReportParts parts)
    {
        string text = parts.Text.TrimStart();
        if (!text.StartsWith('{') || text.Length > MostText || !text.Contains("notificationType", StringComparison.Ordinal))
            return null;
        using var outer = Parse(text.ReplaceLineEndings(""));
        if (outer == null)
            return null;
        using var inner = Word(outer.RootElement, "Message") is { Length: > 0 } message ? Parse(message) : null;
        return Report((inner ?? outer).RootElement) is { Recipients.Count: > 0 } report ? report : null;
    }

    /// <summary>The first document of a text; what the service says about itself stands behind it.</summary>
    private static JsonDocument? Parse(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Options);
            return JsonDocument.TryParseValue(ref reader, out var document) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MailReport? Report(JsonElement notice)
    {
        string kind = Word(notice, "notificationType").ToLowerInvariant();
        string id = OriginalIdOf(notice);
        return kind switch
        {
            "bounce" => Bounce(Child(notice, "bounce"), id),
            "complaint" => Complaint(Child(notice, "complaint"), id),
            "delivery" => Delivery(Child(notice, "delivery"), id),
            _ => null,
        };
    }

    private static MailReport Bounce(JsonElement bounce, string id)
    {
        var recipients = Items(bounce, "bouncedRecipients").Select(r => DeliveryVerdict.Judge(
            NoticeWords.Address(Word(r, "emailAddress")),
            new(Word(r, "action"), Word(r, "status"), NoticeWords.BehindType(Word(r, "diagnosticCode")), [], Word(bounce, "bounceSubType"), Word(bounce, "bounceType") == "Transient")));
        return new MailReport(ReportKind.Delivery, [.. recipients], id);
    }

    private static MailReport Complaint(JsonElement complaint, string id)
    {
        string type = Word(complaint, "complaintFeedbackType") is { Length: > 0 } named ? named : "abuse";
        var reason = type == "abuse" ? ReportReason.Spam : ReportReason.Other;
        var addresses = Items(complaint, "complainedRecipients").Select(r => NoticeWords.Address(Word(r, "emailAddress")));
        var recipients = addresses.Select(a => new ReportedRecipient(a, NoticeWords.Line(type), "", "", false, reason));
        return new MailReport(ReportKind.Feedback, [.. recipients], id);
    }

    private static MailReport Delivery(JsonElement delivery, string id)
    {
        var recipients = Items(delivery, "recipients").Where(r => r.ValueKind == JsonValueKind.String)
            .Select(r => DeliveryVerdict.Judge(NoticeWords.Address(r.GetString()!), new("delivered", "", Word(delivery, "smtpResponse"), [], "", false)));
        return new MailReport(ReportKind.Delivery, [.. recipients], id);
    }

    private static string OriginalIdOf(JsonElement notice)
    {
        var mail = Child(notice, "mail");
        string common = MessageIds.First(Word(Child(mail, "commonHeaders"), "messageId"));
        if (common.Length > 0)
            return common;
        var named = Items(mail, "headers").Where(h => Word(h, "name").Equals("Message-ID", StringComparison.OrdinalIgnoreCase));
        return MessageIds.First(named.Select(h => Word(h, "value")).FirstOrDefault(""));
    }

    private static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray().Take(MailReport.MostRecipients) : [];

    private static string Word(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } word ? word.GetString()! : "";
}
