namespace MailInbox.Tests.Configuration;

internal static class WrongInboxes
{
    private const string File = "inboxes.json";

    public static IEnumerable<TestCaseData> Cases => Whole().Concat(Inbox()).Concat(Submission());

    private static IEnumerable<TestCaseData> Whole()
    {
        yield return Case("¦", "the file is empty: write at least {}");
        yield return Case("¦[]", "an object must stand here, not a list");
        yield return Case("¦{}", "at least one inbox is needed");
        yield return Case("{ ¦\"inboxes\": {} }", "at least one inbox is needed");
        yield return Case("{ \"inboxes\": ¦[] }", "\"inboxes\" must be an object, not a list");
        yield return Case("{ \"$schema\": ¦5, \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"] } } }", "\"$schema\" must be a text, not a number");
        yield return Case("{ ¦\"inbox\": {}, \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"] } } }", "unknown key \"inbox\", did you mean \"inboxes\"?");
        yield return Case("{\n  \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"] } }\n  ¦\"submission\": {}\n}", "'\"' is invalid after a value. Expected either ',', '}', or ']'");
        yield return Case("{ \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"] }, ¦\"a\": { \"addresses\": [\"b@example.com\"] } } }", "\"a\" stands here twice");
        yield return Case("{ \"inboxes\": { ¦\"Support\": { \"addresses\": [\"a@example.com\"] } } }", "inbox key \"Support\" must be 1 to 40 of a-z, 0-9, - and _, write \"support\"");
        yield return Case("{ \"inboxes\": { ¦\"a b\": { \"addresses\": [\"a@example.com\"] } } }", "inbox key \"a b\" must be 1 to 40 of a-z, 0-9, - and _");
        yield return Case("{ \"inboxes\": { ¦\"\": { \"addresses\": [\"a@example.com\"] } } }", "inbox key \"\" must be 1 to 40 of a-z, 0-9, - and _");
        yield return Case("{ \"inboxes\": { \"a\": ¦5 } }", "an object must stand here, not a number");
    }

    private static IEnumerable<TestCaseData> Inbox()
    {
        yield return Of("¦\"adresses\": [], \"addresses\": [\"a@example.com\"]", "unknown key \"adresses\", did you mean \"addresses\"?");
        yield return Of("\"addresses\": ¦\"a@example.com\"", "\"addresses\" must be a list of texts, not a text");
        yield return Of("\"addresses\": [¦5, \"a@example.com\"]", "\"addresses\" must be a list of texts, not of a number");
        yield return Of("\"addresses\": [\"a@example.com\", ¦\" \"]", "an entry of \"addresses\" is empty");
        yield return Of("¦\"addresses\": []", "inbox \"a\" needs at least one address");
        yield return Case("{ \"inboxes\": { ¦\"a\": { \"name\": \"A\" } } }", "inbox \"a\" needs at least one address");
        yield return Of("\"addresses\": [¦\"example.com\"]", "\"example.com\" is no address");
        yield return Of("\"addresses\": [¦\"a..b@example.com\"]", "\"a..b@example.com\" is no address");
        yield return Of("\"addresses\": [¦\"a@exa mple.com\"]", "\"a@exa mple.com\" is no address");
        yield return Of("\"addresses\": [¦\"a*@example.com\"]", "\"a*@example.com\" is no address");
        yield return Of("\"addresses\": [¦\"a@-example.com\"]", "\"a@-example.com\" is no address");
        yield return Of("\"addresses\": [\"a@example.com\", ¦\"A@Example.com\"]", "\"A@Example.com\" stands here twice");
        yield return Case("{ \"inboxes\": {\n\"a\": { \"addresses\": [\"a@example.com\"] },\n\"b\": { \"addresses\": [¦\"A@EXAMPLE.com\"] } } }", "\"A@EXAMPLE.com\" belongs to inbox \"a\" already");
        yield return Case("{ \"inboxes\": {\n\"a\": { \"addresses\": [\"a@bücher.example\"] },\n\"b\": { \"addresses\": [¦\"a@xn--bcher-kva.example\"] } } }", "\"a@xn--bcher-kva.example\" belongs to inbox \"a\" already");
        yield return Of("\"addresses\": [\"a@example.com\"], \"name\": ¦5", "\"name\" must be a text, not a number");
        yield return Of("\"addresses\": [\"a@example.com\"], \"name\": ¦\"\"", "\"name\" is empty");
        yield return Of("\"addresses\": [\"a@example.com\"], \"domains\": ¦{}", "\"domains\" must be a list of texts, not an object");
        yield return Of("\"addresses\": [\"a@example.com\"], \"domains\": [¦\"@example.com\"]", "\"@example.com\" is no domain, did you mean \"example.com\"?");
        yield return Of("\"addresses\": [\"a@example.com\"], \"domains\": [¦\"a_b.example\"]", "\"a_b.example\" is no domain");
        yield return Case("{ \"inboxes\": {\n\"a\": { \"addresses\": [\"a@example.com\"], \"domains\": [\"x.example\"] },\n\"b\": { \"addresses\": [\"b@example.com\"], \"domains\": [¦\"X.example\"] } } }", "\"X.example\" belongs to inbox \"a\" already");
        yield return Of("\"addresses\": [\"a@example.com\"], \"sendThrough\": ¦true", "\"sendThrough\" must be a text, not true");
        yield return Of("\"addresses\": [\"a@example.com\"], \"sendThrough\": ¦null", "\"sendThrough\" must be a text, not null, leave the key out");
        yield return Of("\"addresses\": [\"a@example.com\"], \"sendThrough\": ¦\"main\"", "unknown submission \"main\"");
        yield return Of("\"addresses\": [\"a@example.com\"], \"silenceAlarm\": ¦\"9m\"", "\"silenceAlarm\" must be from 10m to 1y");
        yield return Of("\"addresses\": [\"a@example.com\"], \"silenceAlarm\": ¦\"long\"", "\"long\" is no time, write 30s, 15m, 4h, 30d or 2y");
        yield return Of("\"addresses\": [\"a@example.com\"], \"silenceAlarm\": ¦null", "\"silenceAlarm\" must be a time such as \"30s\", not null, leave the key out");
        yield return Of("\"addresses\": [\"a@example.com\"], ¦\"signature\": \"x\"", "\"signature\" is not supported yet");
    }

    private static IEnumerable<TestCaseData> Submission()
    {
        yield return Case("{ \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"], \"sendThrough\": ¦\"mian\" } }, \"submission\": { \"main\": { \"host\": \"h\" } } }", "unknown submission \"mian\", did you mean \"main\"?");
        yield return Case("{ \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"] } }, \"submission\": ¦[] }", "\"submission\" must be an object, not a list");
        yield return Case("{ \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"] } }, \"submission\": { ¦\"M\": { \"host\": \"h\" } } }", "submission key \"M\" must be 1 to 40 of a-z, 0-9, - and _, write \"m\"");
        yield return Case("{ \"inboxes\": { \"a\": { \"addresses\": [\"a@example.com\"] } }, \"submission\": { ¦\"m\": {} } }", "submission \"m\" needs a host");
        yield return Way("\"host\": ¦5", "\"host\" must be a text, not a number");
        yield return Way("\"host\": ¦\"smtp example\"", "this is no host name, write smtp.example.com or an IP address");
        yield return Way("\"host\": ¦\"smtp://gateway:secret@example.com\"", "this is no host name, write smtp.example.com or an IP address");
        yield return Way("\"host\": \"h\", \"port\": ¦0", "\"port\" must be a whole number from 1 to 65535");
        yield return Way("\"host\": \"h\", \"port\": ¦65536", "\"port\" must be a whole number from 1 to 65535");
        yield return Way("\"host\": \"h\", \"port\": ¦25.5", "\"port\" must be a whole number from 1 to 65535");
        yield return Way("\"host\": \"h\", \"port\": ¦\"25\"", "\"port\" must be a number, not a text");
        yield return Way("\"host\": \"h\", \"security\": ¦\"start-tls\"", "unknown security \"start-tls\", did you mean \"starttls\"?");
        yield return Way("\"host\": \"h\", \"security\": ¦false", "\"security\" must be a text, not false");
        yield return Way("\"host\": \"h\", ¦\"user\": \"u\"", "\"user\" and \"password\" only stand together");
        yield return Way("\"host\": \"h\", ¦\"password\": \"env:SMTP_PASSWORD\"", "\"user\" and \"password\" only stand together");
        yield return Way("\"host\": \"h\", \"security\": \"none\", \"user\": \"u\", ¦\"password\": \"env:SMTP_PASSWORD\"", "a password is not sent without TLS, set \"security\" to \"starttls\" or \"tls\"");
        yield return Way("\"host\": \"h\", ¦\"pasword\": \"x\"", "unknown key \"pasword\", did you mean \"password\"?");
    }

    private static TestCaseData Of(string inbox, string words) => Case($"{{ \"inboxes\": {{ \"a\": {{ {inbox} }} }} }}", words);

    private static TestCaseData Way(string way, string words)
        => Case($"{{\n  \"inboxes\": {{ \"a\": {{ \"addresses\": [\"a@example.com\"] }} }},\n  \"submission\": {{ \"m\": {{ {way} }} }}\n}}", words);

    private static TestCaseData Case(string text, string words) => new(File, text, words);
}
