using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Mailboxes.Access;

/// <summary>Asks a token endpoint (RFC 6749): with client credentials (§4.4), or with a refresh token (§6). Whatever goes wrong is <see cref="TokenRefusal"/>.</summary>
internal sealed class TokenEndpoint(TimeProvider clock) : IDisposable
{
    internal const int MaximumAnswer = 64 * 1024;
    internal const string Again = "It is tried again by itself. If it stays so: this machine must reach the endpoint by name, through its firewall and proxy.";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    // A redirect would carry the secret to another place.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Not to be cancelled: a server that gives a new refresh token may take back the old one at once, and the new one would be lost with the answer.</summary>
    /// <param name="refreshToken">Null for client credentials.</param>
    /// <exception cref="TokenRefusal">There is no token.</exception>
    public async Task<TokenAnswer> Ask(OAuthOptions oauth, string? refreshToken)
    {
        string place = oauth.Endpoint.Authority;
        using CancellationTokenSource deadline = new(Deadline, clock);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, oauth.Endpoint) { Content = new FormUrlEncodedContent(Form(oauth, refreshToken)) };
            request.Headers.Accept.ParseAdd("application/json");
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            byte[]? body = await Read(response, deadline.Token);
            string[] secrets = [.. new[] { oauth.Secret, refreshToken, oauth.RefreshToken }.OfType<string>()];
            return new TokenReply(place, (int)response.StatusCode, body, secrets).Answer();
        }
        catch (OperationCanceledException)
        {
            throw new TokenRefusal($"{place} did not answer within {Deadline.TotalSeconds:0} seconds", Again, temporary: true);
        }
        catch (HttpRequestException broken)
        {
            throw Unreachable(place, broken.HttpRequestError);
        }
        catch (IOException)
        {
            throw Unreachable(place, HttpRequestError.ResponseEnded);
        }
    }

    public void Dispose() => _http.Dispose();

    private static Dictionary<string, string> Form(OAuthOptions oauth, string? refreshToken)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = refreshToken is null ? "client_credentials" : "refresh_token",
            ["client_id"] = oauth.Client,
        };
        if (oauth.Secret is not null)
        {
            form["client_secret"] = oauth.Secret;
        }

        if (refreshToken is not null)
        {
            form["refresh_token"] = refreshToken;
        }

        if (oauth.Scope.Length > 0)
        {
            form["scope"] = oauth.Scope;
        }

        return form;
    }

    /// <summary>Null when it is too long.</summary>
    private static async Task<byte[]?> Read(HttpResponseMessage response, CancellationToken cancel)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancel);
        byte[] bytes = new byte[MaximumAnswer + 1];
        int length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return length > MaximumAnswer ? null : bytes[..length];
    }

    private static TokenRefusal Unreachable(string place, HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => new($"The name of {place} is not known", Again, temporary: true),
        HttpRequestError.ConnectionError => new($"Nothing answers at {place}", Again, temporary: true),
        HttpRequestError.SecureConnectionError => new($"{place} cannot be trusted: there is no TLS, or its certificate is not valid", "Look at the clock and the trusted certificates of this machine, and whether a proxy stands between.", temporary: true),
        HttpRequestError.ProxyTunnelError => new($"The proxy does not connect to {place}", "The proxy of this machine's environment must let it through.", temporary: true),
        _ => new($"The connection to {place} broke", Again, temporary: true),
    };
}
