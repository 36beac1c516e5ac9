using System.Text.RegularExpressions;

namespace MailInbox.Inbox.Mailboxes.Access;

/// <summary>There is no access token. The message is for people and holds no secret.</summary>
/// <param name="hint">What to do about it.</param>
/// <param name="temporary">Says something about the moment (the network, a busy server): the same may work later.</param>
public sealed partial class TokenRefusal(string words, string hint, bool temporary) : Exception(words)
{
    private const string Compare = "Compare \"client\" with the Application (client) ID, and \"tenant\" with the Directory (tenant) ID, of the app registration.";
    private const string SignInAgain = "The refresh token was revoked or has expired: sign in again, and put the new one in place.";

    /// <summary>What to do about it.</summary>
    public string Hint { get; } = hint;

    /// <summary>The same may work later.</summary>
    public bool Temporary { get; } = temporary;

    /// <summary>What to do about an error of a token endpoint (RFC 6749 §5.2). Microsoft says more by the number in its description.</summary>
    internal static string HintFor(string error, string description) => MicrosoftCode().Match(description).Groups[1].Value switch
    {
        "7000222" => "The client secret has expired: make a new one in the app registration (Certificates & secrets), and put its value in place.",
        "7000215" => "The client secret is wrong: what counts is its value, not its ID.",
        "700016" => $"The tenant knows no such client. {Compare}",
        "90002" => $"There is no such tenant. {Compare}",
        "65001" => "Nobody has consented yet: an administrator of the tenant must grant the permission to the app registration.",
        "50173" or "700082" or "70043" => SignInAgain,
        _ => error switch
        {
            "invalid_client" => "The client secret is wrong or has expired, or there is no such client.",
            "invalid_grant" => SignInAgain,
            "invalid_scope" => "The server does not know the scope, or does not grant it to this client: correct \"scope\", or leave it out.",
            "unauthorized_client" => "The client may not get tokens in this way: allow it where the client is registered.",
            "unsupported_grant_type" => "The server gives no tokens in this way: with \"refreshToken\" a person signs in once, without it the client logs in for itself.",
            "temporarily_unavailable" or "server_error" => "It is tried again by itself.",
            _ => "Compare \"oauth\" with what the provider says about the client.",
        },
    };

    [GeneratedRegex(@"\bAADSTS(\d+)\b")]
    private static partial Regex MicrosoftCode();
}
