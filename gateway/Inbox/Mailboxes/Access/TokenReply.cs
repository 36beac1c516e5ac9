using System.Globalization;
using System.Net;
using System.Text.Json;

namespace MailInbox.Inbox.Mailboxes.Access;

/// <summary>What a token endpoint said (RFC 6749 §5). Nothing that is made of it repeats a secret, even if the server does.</summary>
/// <param name="place">The server, for people.</param>
/// <param name="body">Null when it was too long.</param>
/// <param name="secrets">What was sent and must not come back in words.</param>
internal sealed class TokenReply(string place, int status, byte[]? body, IReadOnlyList<string> secrets)
{
    private const int MaximumWords = 300;
    private const string WrongEndpoint = "Look whether \"endpoint\" is the token endpoint of the provider.";

    private static readonly TimeSpan MaximumLife = TimeSpan.FromDays(1);

    // Some servers do not say how long a token lives (§5.1); longer than this none is trusted then.
    private static readonly TimeSpan UnknownLife = TimeSpan.FromMinutes(10);

    private bool Busy => status is 429 or >= 500;

    /// <exception cref="TokenRefusal">It holds no token that can be used.</exception>
    public TokenAnswer Answer()
    {
        if (body is null)
        {
            throw new TokenRefusal($"The answer of {place} is longer than {TokenEndpoint.MaximumAnswer / 1024} KB", WrongEndpoint, Busy);
        }

        using JsonDocument? json = Parse(body);
        RefuseError(json);

        // What is sent on to a mail server is one word of visible characters (§A.12).
        string token = Text(json, "access_token"), kind = Text(json, "token_type");
        if (token.Length == 0 || token.Any(c => c is <= ' ' or > '~') || (kind.Length > 0 && !kind.Equals("Bearer", StringComparison.OrdinalIgnoreCase)))
        {
            string what = json is null ? "is no JSON" : token.Length == 0 ? "has no access_token" : "has a token of a kind that is not known";
            throw new TokenRefusal($"The answer of {place} {what}", WrongEndpoint, temporary: false);
        }

        return new TokenAnswer(token, Life(json!), Text(json, "refresh_token") is { Length: > 0 } rotated ? rotated : null);
    }

    private void RefuseError(JsonDocument? json)
    {
        string error = Clean(Text(json, "error")), description = Clean(Text(json, "error_description"));
        if (error.Length > 0)
        {
            string words = description.Length > 0 ? $"{error}: {description}" : error;
            throw new TokenRefusal($"{place} gives no access token: {words}", TokenRefusal.HintFor(error, description), Busy || error is "temporarily_unavailable" or "server_error");
        }

        if (status is < 200 or >= 300)
        {
            throw new TokenRefusal($"{place} {(status is >= 300 and < 400 ? "sends elsewhere" : "refuses")} with status {status}", Busy ? TokenEndpoint.Again : WrongEndpoint, Busy);
        }
    }

    /// <summary>Null for anything but an object.</summary>
    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Empty when it is missing, or no text.</summary>
    private static string Text(JsonDocument? json, string key)
    {
        try
        {
            return json is not null && json.RootElement.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as \uD800.
            return "";
        }
    }

    // Some servers write the number as a text.
    private static TimeSpan Life(JsonDocument json)
    {
        bool number = json.RootElement.TryGetProperty("expires_in", out JsonElement value) && value.ValueKind == JsonValueKind.Number;
        return double.TryParse(number ? value.GetRawText() : Text(json, "expires_in"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && double.IsFinite(seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, MaximumLife.TotalSeconds))
            : UnknownLife;
    }

    /// <summary>The server's words on one line, cut, and without the secrets.</summary>
    private string Clean(string text)
    {
        foreach (string secret in secrets.Where(s => s.Length > 0))
        {
            foreach (string spelling in (string[])[secret, WebUtility.UrlEncode(secret), Uri.EscapeDataString(secret)])
            {
                text = text.Replace(spelling, "…", StringComparison.OrdinalIgnoreCase);
            }
        }

        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Visible).Where(word => word.Length > 0));
        return line.Length <= MaximumWords ? line : line[..(char.IsHighSurrogate(line[MaximumWords - 1]) ? MaximumWords - 1 : MaximumWords)] + "…";
    }

    private static string Visible(string word) => string.Concat(word.Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format)));
}

/// <param name="Life">From when it was asked for.</param>
/// <param name="RefreshToken">One that takes the place of the one it was got with; null when that stays.</param>
internal sealed record TokenAnswer(string AccessToken, TimeSpan Life, string? RefreshToken)
{
    /// <summary>Without secrets.</summary>
    public override string ToString() => $"a token for {Life}";
}
