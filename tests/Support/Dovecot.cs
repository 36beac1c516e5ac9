using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailInbox.Tests.Support;

/// <summary>
/// A private Dovecot (2.3) on loopback: a real IMAP server with Maildirs in a folder of its own. Its users are those of <see cref="SetPassword"/>,
/// at first <see cref="User"/> alone. What happens to a mailbox behind the server's back is told by <see cref="Maildir"/>.
/// </summary>
internal sealed class Dovecot : IAsyncDisposable
{
    public const string User = "support";
    public const string Password = "a secret";

    /// <summary>Owner of the Maildirs. A number is enough: the machine need not know him.</summary>
    private const string Owner = "5999:5999";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _passwords = new() { [User] = Password };
    private readonly string _program;
    private Process? _process;

    private Dovecot(string program)
    {
        _program = program;
        Certificate = new TestCertificate(_folder.Path);
        (Port, TlsPort) = (FreePort(), FreePort());
        foreach (string folder in (string[])["mail", "run", "state"])
        {
            Directory.CreateDirectory(_folder.File(folder));
        }

        // Its processes run as other users.
        Tools.Allow(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        WriteUsers();
        File.WriteAllText(_folder.File("dovecot.conf"), Configuration());
    }

    /// <summary>IMAP in the clear, with STARTTLS on offer.</summary>
    public int Port { get; }

    /// <summary>IMAP with TLS from the first byte.</summary>
    public int TlsPort { get; }

    public TestCertificate Certificate { get; }

    /// <summary>What it has written to its log.</summary>
    public string Log => File.Exists(_folder.File("log")) ? File.ReadAllText(_folder.File("log")) : "";

    /// <summary>Without Dovecot, or without the rights that it takes to run it, the test is ignored, and fails where <c>CI</c> is <c>true</c>.</summary>
    public static async Task<Dovecot> Run()
    {
        string program = Tools.Require("dovecot");
        Tools.RequireRoot("Dovecot");
        Dovecot server = new(program);
        try
        {
            await Give(server._folder.File("mail"));
            await server.Start();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task Start()
    {
        // In the foreground, so that it is a child of ours and ends with its process.
        _process = Process.Start(_program, ["-F", "-c", _folder.File("dovecot.conf")]);
        long began = Stopwatch.GetTimestamp();
        while (!await Greets())
        {
            Assert.That(_process.HasExited || Stopwatch.GetElapsedTime(began) > StartLimit, Is.False, $"Dovecot did not start: {Log}");
            await Task.Delay(10);
        }
    }

    /// <summary>Ends it and every session.</summary>
    public async Task Stop()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        using (process)
        using (CancellationTokenSource limit = new(StopLimit))
        {
            using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync();
            }

            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
    }

    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    /// <summary>Lets a user in with this password, and with no other, from the next login on.</summary>
    public void SetPassword(string user, string password)
    {
        _passwords[user] = password;
        WriteUsers();
    }

    /// <summary>The files of a user's folder; a folder below another one as <c>Above.Below</c>.</summary>
    public Maildir Maildir(string folder = "INBOX", string user = User)
    {
        string home = Path.Combine(_folder.File("mail"), user);
        return new Maildir(home, folder == "INBOX" ? home : Path.Combine(home, "." + folder), Give);
    }

    /// <summary>Another client of the user's mailbox.</summary>
    public Task<ImapWire> Connect(string user = User) => ImapWire.Connect(Port, user, _passwords[user]);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Give(string path)
    {
        using Process own = Process.Start("chown", ["-hR", Owner, path]);
        await own.WaitForExitAsync();
    }

    private async Task<bool> Greets()
    {
        try
        {
            using ImapWire wire = await Connect(_passwords.Keys.First());
            return true;
        }
        catch (Exception notYet) when (notYet is SocketException or IOException)
        {
            return false;
        }
    }

    private void WriteUsers()
    {
        string file = _folder.File("users");
        File.WriteAllLines(file + ".new", _passwords.Select(u => $"{u.Key}:{{plain}}{u.Value}::::::"));
        Tools.Allow(file + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.Move(file + ".new", file, overwrite: true);
    }

    private string Configuration() =>
        $$"""
        base_dir = {{_folder.File("run")}}
        state_dir = {{_folder.File("state")}}
        log_path = {{_folder.File("log")}}
        instance_name = mailinbox-test
        protocols = imap
        listen = 127.0.0.1
        ssl = yes
        ssl_cert = <{{Certificate.Pem}}
        ssl_key = <{{Certificate.Key}}
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        auth_failure_delay = 0
        mail_max_userip_connections = 50
        first_valid_uid = 1
        mail_location = maildir:{{_folder.File("mail")}}/%u
        passdb {
          driver = passwd-file
          args = scheme=plain {{_folder.File("users")}}
        }
        userdb {
          driver = static
          args = uid={{Owner.Split(':')[0]}} gid={{Owner.Split(':')[1]}} home={{_folder.File("mail")}}/%u
        }
        namespace inbox {
          inbox = yes
          mailbox Sent {
            special_use = \Sent
            auto = create
          }
        }
        service imap-login {
          inet_listener imap {
            port = {{Port}}
          }
          inet_listener imaps {
            port = {{TlsPort}}
            ssl = yes
          }
          service_count = 0
        }

        """;
}
