using MailInbox.Inbox.Configuration;

namespace MailInbox.Tests.Configuration;

/// <summary>A configuration folder named "config" on disk, valid unless told otherwise.</summary>
internal sealed class SampleFolder : IDisposable
{
    public const string Inboxes = """
        {
          "inboxes": {
            "support": { "name": "Support", "addresses": ["support@example.com", "help@example.com"], "sendThrough": "main" },
            "sales": { "addresses": ["orders@example.com"], "domains": ["sales.example.com"] },
          },
          "submission": { "main": { "host": "smtp.example.com", "user": "gateway", "password": "env:SMTP_PASSWORD" } },
        }
        """;

    public const string Team = """{ "teams": { "warehouse": { "primary": ["mina@example.com"] } } }""";

    private readonly string _root = Directory.CreateTempSubdirectory("mailinbox-config-").FullName;

    public SampleFolder()
    {
        Directory.CreateDirectory(Path);
        Write("inboxes.json", Inboxes).Write("team.json", Team);
        Environment["SMTP_PASSWORD"] = "correct horse";
    }

    /// <summary>The folder config/ that is shipped.</summary>
    public static string Shipped
    {
        get
        {
            DirectoryInfo? here = new(TestContext.CurrentContext.TestDirectory);
            while (here is not null && !File.Exists(System.IO.Path.Combine(here.FullName, "MailInbox.sln")))
            {
                here = here.Parent;
            }

            return System.IO.Path.Combine(here?.FullName ?? throw new DirectoryNotFoundException("MailInbox.sln"), "config");
        }
    }

    public string Path => System.IO.Path.Combine(_root, "config");

    public Dictionary<string, string> Environment { get; } = [];

    public SampleFolder Write(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        return this;
    }

    public SampleFolder Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes);
        return this;
    }

    public GatewayOptions Read() => ConfigurationReader.Read(Path, name => Environment.GetValueOrDefault(name));

    /// <summary>The problems as they are printed.</summary>
    public IReadOnlyList<string> Problems()
    {
        try
        {
            Read();
            return [];
        }
        catch (ConfigurationRefusal refusal)
        {
            return [.. refusal.Problems.Select(p => p.ToString())];
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
