namespace MailInbox.Tests.Configuration;

/// <summary>Mistakes in team.json and retention.json.</summary>
internal static class WrongTeams
{
    public static IEnumerable<TestCaseData> Cases => Teams().Concat(Retention());

    private static IEnumerable<TestCaseData> Teams()
    {
        const string File = "team.json";
        yield return new(File, "¦5", "an object must stand here, not a number");
        yield return new(File, "{ ¦\"team\": {} }", "unknown key \"team\", did you mean \"teams\"?");
        yield return new(File, "{ ¦\"hours\": {} }", "\"hours\" is not supported yet");
        yield return new(File, "{ ¦\"targets\": [] }", "\"targets\" is not supported yet");
        yield return new(File, "{ \"teams\": ¦[] }", "\"teams\" must be an object, not a list");
        yield return new(File, "{ \"teams\": { ¦\"A\": {} } }", "team key \"A\" must be 1 to 40 of a-z, 0-9, - and _, write \"a\"");
        yield return new(File, "{ \"teams\": { \"a\": ¦[] } }", "an object must stand here, not a list");
        yield return new(File, "{ \"teams\": { \"a\": { \"name\": ¦1 } } }", "\"name\" must be a text, not a number");
        yield return new(File, "{ \"teams\": { \"a\": { \"primary\": ¦\"mina@example.com\" } } }", "\"primary\" must be a list of texts, not a text");
        yield return new(File, "{ \"teams\": { \"a\": { \"primary\": [¦\"mina\"] } } }", "\"mina\" is no address");
        yield return new(File, "{ \"teams\": { \"a\": { \"primary\": [\"m@example.com\", ¦\"M@example.com\"] } } }", "\"m@example.com\" stands here twice");
        yield return new(File, "{ \"teams\": { \"a\": { \"also\": [¦true] } } }", "\"also\" must be a list of texts, not of true");
        yield return new(File, "{ \"teams\": { \"a\": { \"primary\": [\"m@example.com\"], \"also\": [¦\"m@example.com\"] } } }", "\"m@example.com\" is a primary member already");
        yield return new(File, "{ \"teams\": { \"a\": { ¦\"hours\": \"office\" } } }", "\"hours\" is not supported yet");
        yield return new(File, "{ \"teams\": { \"a\": { ¦\"capacity\": 25 } } }", "\"capacity\" is not supported yet");
        yield return new(File, "{ \"teams\": { \"a\": { ¦\"primery\": [] } } }", "unknown key \"primery\", did you mean \"primary\"?");
        yield return new(File, "{ \"teams\": { \"a\": { \"primary\": [\"m@example.com\" ¦\"t@example.com\"] } } }", "'\"' is invalid after a value. Expected either ',', '}', or ']'");
        yield return new(File, "{ \"teams\": {} } ¦{}", "'{' is invalid after a single JSON value. Expected end of data");
    }

    private static IEnumerable<TestCaseData> Retention()
    {
        const string File = "retention.json";
        yield return new(File, "{ ¦\"trsh\": \"30d\" }", "unknown key \"trsh\", did you mean \"trash\"?");
        yield return new(File, "{ \"trash\": ¦30 }", "\"trash\" must be a time such as \"30s\", not a number");
        yield return new(File, "{ \"trash\": ¦\"30 days\" }", "\"30 days\" is no time, write 30s, 15m, 4h, 30d or 2y");
        yield return new(File, "{ \"trash\": ¦\"999999999y\" }", "\"999999999y\" is no time, write 30s, 15m, 4h, 30d or 2y");
        yield return new(File, "{ \"trash\": ¦\"23h\" }", "\"trash\" must be from 1d to 100y");
        yield return new(File, "{ \"trash\": ¦\"101y\" }", "\"trash\" must be from 1d to 100y");
        yield return new(File, "{ \"trash\": ¦null }", "\"trash\" must be a time such as \"30s\", not null, leave the key out");
        yield return new(File, "{ ¦\"filtered\": \"90d\" }", "\"filtered\" is not supported yet");
        yield return new(File, "{ ¦\"closed\": null }", "\"closed\" is not supported yet");
        yield return new(File, "{ ¦\"mailLog\": \"60d\" }", "\"mailLog\" is not supported yet");
        yield return new(File, "{ ¦\"hold\": \"tag:legal\" }", "\"hold\" is not supported yet");
        yield return new(File, "{ \"inboxes\": ¦\"support\" }", "\"inboxes\" must be an object, not a text");
        yield return new(File, "{ \"inboxes\": { ¦\"slaes\": { \"trash\": \"2d\" } } }", "unknown inbox \"slaes\", did you mean \"sales\"?");
        yield return new(File, "{ \"inboxes\": { \"sales\": { \"trash\": ¦\"0d\" } } }", "\"trash\" must be from 1d to 100y");
        yield return new(File, "{ \"inboxes\": { \"sales\": { ¦\"closed\": \"2y\" } } }", "\"closed\" is not supported yet");
        yield return new(File, "{ \"inboxes\": { \"sales\": ¦\"2y\" } }", "an object must stand here, not a text");
    }
}
