using System.Text.Json;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Host.Inspecting;

/// <summary>The kinds of machine mail in words: small letters, with dashes.</summary>
internal static class MachineWords
{
    public static string Of(ReportKind kind) => Dashed(kind);

    public static string Of(ReportReason reason) => Dashed(reason);

    public static string Of(AutomaticKind kind) => Dashed(kind);

    private static string Dashed(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
