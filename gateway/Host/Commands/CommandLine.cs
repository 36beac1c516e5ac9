using System.CommandLine;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Storage;
using Microsoft.Data.Sqlite;

namespace MailInbox.Host.Commands;

/// <summary>The verbs of <c>mailinbox</c>; without one the gateway runs.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Data = new("--data") { Description = "Folder with the mail and the inbox", HelpName = "DIR", Recursive = true };
    private static readonly Option<string?> Config = new("--config") { Description = "Folder with inboxes.json and the other files", HelpName = "DIR", Recursive = true };
    private static readonly Option<string?> Smtp = new("--smtp") { Description = "Where mail comes in", HelpName = "ADDRESS:PORT", Recursive = true };
    private static readonly Option<string?> Web = new("--web") { Description = "Where agents work", HelpName = "URL", Recursive = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };
    private static readonly Option<string?> RawParts = new("--raw-parts") { Description = "Write each decoded part into this folder", HelpName = "DIR" };
    private static readonly Argument<string> InboxKey = new("INBOX") { Description = "Key of the inbox in inboxes.json" };
    private static readonly Option<DateOnly> Since = new("--since") { Description = "First day, such as 2026-01-31", HelpName = "DATE", Required = true };
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Files, folders, or @list for a file with a path on each line", Arity = ArgumentArity.OneOrMore };

    /// <summary>Runs the command line; 0 when it did what was asked, 1 when it could not.</summary>
    public static Task<int> Run(string[] args)
    {
        RootCommand root = new("MailInbox: a team's e-mail as a shared inbox. Without a command it runs the gateway.") { Data, Config, Smtp, Web };
        root.SetAction((parsed, _) => Guard(() => RunCommand.Run(Settings(parsed))));
        root.Subcommands.Add(Verb("status", "Count what was received, filed and sent", [Json], (parsed, _) => StatusCommand.Run(Settings(parsed), parsed.GetValue(Json))));
        root.Subcommands.Add(Verb("ledger", "A line for each mail received, with what became of it", [Json], (parsed, _) => LedgerCommand.Run(Settings(parsed), parsed.GetValue(Json))));
        root.Subcommands.Add(Verb("demo", "Send varied mails in many languages to the gateway", [], (parsed, cancel) => DemoCommand.Run(Settings(parsed), cancel)));
        root.Subcommands.Add(Verb("backfill", "Fetch older mail from the mailboxes of an inbox", [InboxKey, Since], (parsed, cancel) =>
            BackfillCommand.Run(Settings(parsed), parsed.GetValue(InboxKey)!, parsed.GetValue(Since), cancel)));
        root.Subcommands.Add(Verb("reconcile", "Compare mail servers, ledger and inboxes, and fetch what is missing", [Json], (parsed, cancel) =>
            ReconcileCommand.Run(Settings(parsed), parsed.GetValue(Json), cancel)));
        root.Subcommands.Add(Verb("inspect", "Show how mail files (.eml) are read: people, parts, defects", [Files, Json, RawParts], (parsed, cancel) =>
            Task.FromResult(InspectCommand.Run(parsed.GetValue(Files)!, parsed.GetValue(Json), parsed.GetValue(RawParts), cancel))));
        root.Subcommands.Add(Verb("sanitize", "Show what is left of HTML files when they are shown", [Files, Json], (parsed, cancel) =>
            Task.FromResult(SanitizeCommand.Run(parsed.GetValue(Files)!, parsed.GetValue(Json), cancel))));
        // A list of files is read by the verb itself: the library's own way cuts paths at blanks.
        ParserConfiguration plain = new() { ResponseFileTokenReplacer = null };
        // The gateway ends by itself on SIGTERM, in its own time; the command line must not cut it short after two seconds.
        return root.Parse(args, plain).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static Command Verb(string name, string words, Symbol[] symbols, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        Command command = new(name, words);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
        }

        command.SetAction((parsed, cancel) => Guard(() => run(parsed, cancel)));
        return command;
    }

    private static GatewaySettings Settings(ParseResult parsed)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Places.Home, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
        return GatewaySettings.Read(configuration, new StartOptions(Full(parsed.GetValue(Data)), Full(parsed.GetValue(Config)), parsed.GetValue(Smtp), parsed.GetValue(Web)));
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    /// <summary>Mistakes of an administrator are lines, not stack traces.</summary>
    private static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception mistake) when (mistake is SettingsRefusal or ConfigurationRefusal or DatabaseRefusal or DataFolderTaken or UnauthorizedAccessException or IOException or SqliteException)
        {
            await Console.Error.WriteLineAsync(mistake.Message);
            return 1;
        }
    }
}
