using MailInbox.Inbox.Configuration;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Mailboxes.Access;

/// <summary>The access tokens of polled mailboxes (OAuth 2.0, RFC 6749): got when needed, kept while they are good, asked for once at a time.</summary>
/// <param name="folder">Where refresh tokens are kept that servers hand out; made when needed.</param>
public sealed class AccessTokens(string folder, TimeProvider clock, ILogger<AccessTokens> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly TokenEndpoint _endpoint = new(clock);
    private readonly RefreshTokenStore _store = new(folder, logger);
    private bool _disposed;

    /// <summary>A token that is good for some minutes at least, as far as the server said.</summary>
    /// <exception cref="TokenRefusal">There is none.</exception>
    public async Task<string> Get(SourceOptions source, CancellationToken cancel)
    {
        OAuthOptions oauth = source.OAuth ?? throw new ArgumentException("The source logs in with a password", nameof(source));
        cancel.ThrowIfCancellationRequested();
        Task<string> request;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_slots.TryGetValue(source.Key, out Slot? slot) || slot.OAuth != oauth)
            {
                _slots[source.Key] = slot = new Slot(oauth);
            }

            if (slot.Token is not null && clock.GetUtcNow() < slot.Until)
            {
                return slot.Token;
            }

            request = slot.Request ??= Task.Run(() => Fetch(source, slot), CancellationToken.None);
        }

        // Who waits may leave; the request goes on, since a new refresh token in its answer must be kept.
        return await request.WaitAsync(cancel);
    }

    /// <summary>The server refused the token: the next one is asked for anew.</summary>
    public void Forget(SourceOptions source)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(source.Key, out Slot? slot))
            {
                slot.Token = null;
            }
        }
    }

    /// <summary>Lets requests end that are under way.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<string>[] requests;
        lock (_lock)
        {
            _disposed = true;
            requests = [.. _slots.Values.Select(s => s.Request).OfType<Task<string>>()];
        }

        // How they end is told to those who wait for them.
        await ((Task)Task.WhenAll(requests)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _endpoint.Dispose();
    }

    private async Task<string> Fetch(SourceOptions source, Slot slot)
    {
        try
        {
            _store.WriteWaiting(source);
            DateTimeOffset asked = clock.GetUtcNow();
            string? configured = slot.OAuth.RefreshToken;
            string? refreshToken = configured is null ? null : _store.Current(source, configured);
            TokenAnswer answer = await _endpoint.Ask(slot.OAuth, refreshToken);

            // Before the token is used: what is lost here is lost for ever.
            if (configured is not null && answer.RefreshToken is { } rotated && rotated != refreshToken)
            {
                _store.Save(source, configured, rotated);
            }

            lock (_lock)
            {
                slot.Token = answer.AccessToken;
                slot.Until = asked + answer.Life - (answer.Life < Margin * 2 ? answer.Life / 2 : Margin);
            }

            return answer.AccessToken;
        }
        finally
        {
            lock (_lock)
            {
                slot.Request = null;
            }
        }
    }

    /// <summary>A class, no record: it must not print itself.</summary>
    private sealed class Slot(OAuthOptions oauth)
    {
        public OAuthOptions OAuth => oauth;

        public string? Token { get; set; }

        public DateTimeOffset Until { get; set; }

        public Task<string>? Request { get; set; }
    }
}
