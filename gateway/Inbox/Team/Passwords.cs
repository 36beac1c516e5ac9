using MailInbox.Inbox.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MailInbox.Inbox.Team;

/// <summary>Hashes and checks passwords (PBKDF2-SHA512, 210,000 rounds, about 0.1 s of a core); at most two at once.</summary>
public sealed class Passwords : IDisposable
{
    /// <summary>Shortest password taken.</summary>
    public const int MinLength = 12;

    /// <summary>Longest password taken: hashing must not be a way to burn the processor.</summary>
    public const int MaxLength = 200;

    private const int Rounds = 210_000;

    private readonly Database _inbox;
    private readonly PasswordHasher<Agent> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly SemaphoreSlim _slots = new(2);

    // Compared against when there is no such agent, so that both answers take the same time.
    private readonly Lazy<string> _nobody;

    public Passwords(Database inbox)
    {
        _inbox = inbox;
        _nobody = new Lazy<string>(() => _hasher.HashPassword(new Agent(), AgentStore.NewStamp()));
    }

    /// <summary>The agent, or null when address or password is wrong, or the agent is deactivated; takes the same time in each case.</summary>
    public async Task<Agent?> Check(string email, string password, CancellationToken cancel)
    {
        if (password.Length > MaxLength)
        {
            return null;
        }

        Agent? agent = _inbox.Read(r => AgentStore.FindByEmail(r, email));
        string hash = agent is { Active: true, PasswordHash.Length: > 0 } ? agent.PasswordHash : _nobody.Value;
        await _slots.WaitAsync(cancel);
        try
        {
            PasswordVerificationResult result = await Task.Run(() => _hasher.VerifyHashedPassword(agent ?? new Agent(), hash, password), cancel);
            return result != PasswordVerificationResult.Failed && hash == agent?.PasswordHash ? agent : null;
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    internal async Task<string> Hash(string password, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(password.Length, MinLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(password.Length, MaxLength);
        await _slots.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => _hasher.HashPassword(new Agent(), password), cancel);
        }
        finally
        {
            _slots.Release();
        }
    }
}
