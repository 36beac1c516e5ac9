using System.Net;
using System.Net.Sockets;

namespace MailInbox.Admin.SignIn;

/// <summary>
/// Counts failed sign-ins and says when it is enough for a while. Few are free on one account from one network, so that a
/// stranger elsewhere does not lock its owner out; more on the account from everywhere, and from one network on all accounts.
/// An attempt counts before its password is looked at: many at once are still as many.
/// </summary>
internal sealed class SignInLimit(TimeProvider clock)
{
    private const int PerAccountAndNetwork = 10;
    private const int PerAccount = 100;
    private const int PerNetwork = 50;

    /// <summary>Keys that are remembered at most; beyond it the oldest windows go first.</summary>
    private const int MaxKeys = 20_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Counts an attempt from there on this account; false when there may be none now.</summary>
    public bool Begin(string email, IPAddress? from)
    {
        lock (_windows)
        {
            if (Count(Both(email, from)) >= PerAccountAndNetwork || Count(Account(email)) >= PerAccount || Count(Network(from)) >= PerNetwork)
                return false;
            Prune();
            Add(Both(email, from));
            Add(Account(email));
            Add(Network(from));
            return true;
        }
    }

    /// <summary>A good password clears the account's count; of the network's it takes back its own attempt alone.</summary>
    public void Succeeded(string email, IPAddress? from)
    {
        lock (_windows)
        {
            _windows.Remove(Both(email, from));
            _windows.Remove(Account(email));
            if (Count(Network(from)) is > 0 and int failures)
                _windows[Network(from)] = (_windows[Network(from)].Since, failures - 1);
        }
    }

    private readonly Dictionary<string, (DateTimeOffset Since, int Failures)> _windows = [];

    private int Count(string key) =>
        _windows.TryGetValue(key, out (DateTimeOffset Since, int Failures) window) && clock.GetUtcNow() - window.Since < Window ? window.Failures : 0;

    private void Add(string key)
    {
        int failures = Count(key);
        _windows[key] = failures == 0 ? (clock.GetUtcNow(), 1) : (_windows[key].Since, failures + 1);
    }

    private void Prune()
    {
        if (_windows.Count < MaxKeys)
            return;
        foreach (string key in _windows.OrderBy(w => w.Value.Since).Take(MaxKeys / 4).Select(w => w.Key).ToList())
            _windows.Remove(key);
    }

    private static string Both(string email, IPAddress? from) => $"{Account(email)} {Network(from)}";

    private static string Account(string email) => "@" + email.Trim().ToLowerInvariant();

    /// <summary>An IPv6 customer has a /64, so that is what counts.</summary>
    private static string Network(IPAddress? from)
    {
        if (from is null)
            return "?";
        IPAddress address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
