namespace MailInbox.Tests.Configuration;

internal static class WrongSources
{
    private const string Login = "\"imap\": \"h\", \"user\": \"u\", \"password\": \"env:SMTP_PASSWORD\"";
    private const string Names = "\"imap\": \"h\", \"user\": \"u\"";

    public static IEnumerable<TestCaseData> Cases => Server().Concat(Proof()).Concat(Taking()).Concat(OAuth()).Concat(Endpoints());

    private static IEnumerable<TestCaseData> Server()
    {
        yield return Inbox("\"sources\": ¦{}", "\"sources\" must be a list, not an object");
        yield return Inbox("\"sources\": [¦\"imap.example.com\"]", "an object must stand here, not a text");
        yield return Of("¦\"\": 1, " + Login, "unknown key \"\"");
        yield return Of(Login + ", ¦\"folder\": \"INBOX\"", "unknown key \"folder\", did you mean \"folders\"?");
        yield return Of(Login + ", ¦\"host\": \"h\"", "unknown key \"host\"");
        yield return Inbox("\"sources\": [¦{ \"user\": \"u\", \"password\": \"env:SMTP_PASSWORD\" }]", "a source needs \"imap\", the host");
        yield return Inbox("\"sources\": [¦{ \"imap\": \"h\", \"password\": \"env:SMTP_PASSWORD\" }]", "a source needs \"user\"");
        yield return Of("\"imap\": ¦\"imaps://u:secret@h\", \"user\": \"u\", \"password\": \"env:SMTP_PASSWORD\"", "this is no host name, write imap.example.com or an IP address");
        yield return Of("\"imap\": \"h\", \"user\": ¦\" \", \"password\": \"env:SMTP_PASSWORD\"", "\"user\" is empty");
        yield return Of("\"imap\": \"h\", \"user\": ¦\"u\\r\\nA1 LOGOUT\", \"password\": \"env:SMTP_PASSWORD\"", "\"user\" holds a control character");
        yield return Of(Login + ", \"port\": ¦0", "\"port\" must be a whole number from 1 to 65535");
        yield return Of(Login + ", \"security\": ¦\"tsl\"", "unknown security \"tsl\", did you mean \"tls\"?");
        yield return Inbox($"\"sources\": [{{ {Login} }}, ¦{{ \"imap\": \"H\", \"port\": 143, \"user\": \"U\", \"password\": \"env:SMTP_PASSWORD\" }}]", "this mailbox stands here twice, name all its folders in one source");
        yield return Of(Login + ", \"trust\": ¦\"none.pem\"", "the file \"none.pem\" does not exist");
        yield return Of(Login + ", \"trust\": ¦\".\"", "the file \".\" cannot be read");
        yield return Of(Login + ", \"trust\": ¦\"a\\u0000b\"", "the file \"a\uFFFDb\" cannot be read");
        yield return Of(Login + ", \"trust\": ¦\"team.json\"", "no certificate stands in the file \"team.json\", write the path of a PEM file (-----BEGIN CERTIFICATE-----)");
        yield return Of("\"imap\": \"localhost\", \"user\": \"u\", \"password\": \"env:SMTP_PASSWORD\", \"security\": \"none\", ¦\"trust\": \"team.json\"", "\"trust\" has no effect without TLS");
    }

    private static IEnumerable<TestCaseData> Proof()
    {
        yield return Inbox("\"sources\": [¦{ " + Names + " }]", "a source needs \"password\" or \"oauth\"");
        yield return Of(Names + ", \"password\": ¦\"correct horse\"", "a secret never stands in a file, write env:NAME or file:PATH");
        yield return Of(Names + ", \"password\": ¦\"env:NOT_SET\"", "the environment variable NOT_SET is not set");
        yield return Of(Login + ", \"security\": \"none\"", "a password is not sent without TLS, set \"security\" to \"starttls\" or \"tls\"", "\"password\"");
        yield return Of(Names + $", \"security\": \"none\", ¦\"oauth\": {Other()}", "an access token is not sent without TLS, set \"security\" to \"starttls\" or \"tls\"");
        yield return Of(Login + $", ¦\"oauth\": {Other()}", "only one of \"password\" and \"oauth\" may stand here");
    }

    private static IEnumerable<TestCaseData> Taking()
    {
        yield return Of(Login + ", ¦\"folders\": []", "\"folders\" must name 1 to 100 folders");
        yield return Of(Login + $", ¦\"folders\": [{string.Join(',', Enumerable.Range(1, 101).Select(n => $"\"{n}\""))}]", "\"folders\" must name 1 to 100 folders");
        yield return Of(Login + ", \"folders\": ¦\"INBOX\"", "\"folders\" must be a list of texts, not a text");
        yield return Of(Login + ", \"folders\": [\"INBOX\", ¦\"Inbox\"]", "\"Inbox\" stands here twice");
        yield return Of(Login + ", \"folders\": [\"Archive\", \"archive\", ¦\"Archive\"]", "\"Archive\" stands here twice");
        yield return Of(Login + ", \"folders\": [¦\"a\\nb\"]", "\"a\uFFFDb\" holds a control character");
        yield return Of(Login + $", \"folders\": [¦\"{new string('a', 501)}\"]", "a folder's name has at most 500 characters");
        yield return Of(Login + ", \"start\": ¦\"yesterday\"", "unknown start \"yesterday\", write now, all or a day such as 2026-01-31");
        yield return Of(Login + ", \"start\": ¦\"2026-02-30\"", "unknown start \"2026-02-30\", write now, all or a day such as 2026-01-31");
        yield return Of(Login + ", \"start\": ¦true", "\"start\" must be a text, not true");
        yield return Of(Login + ", \"afterwards\": ¦\"move\"", "unknown act \"move\", write leave, seen, delete or move:FOLDER");
        yield return Of(Login + ", \"afterwards\": ¦\"move: \"", "unknown act \"move: \", write leave, seen, delete or move:FOLDER");
        yield return Of(Login + ", \"afterwards\": ¦\"move:a\\tb\"", "\"a\uFFFDb\" holds a control character");
        yield return Of(Login + ", \"afterwards\": ¦\"move:inbox\"", "\"INBOX\" is polled: what is moved there would be taken again");
        yield return Of(Login + ", \"every\": ¦\"9s\"", "\"every\" must be from 10s to 1d");
        yield return Of(Login + ", \"every\": ¦\"2d\"", "\"every\" must be from 10s to 1d");
        yield return Of(Login + ", \"maxSize\": ¦\"99kb\"", "\"maxSize\" must be from 100kb to 256mb");
        yield return Of(Login + ", \"maxSize\": ¦\"257mb\"", "\"maxSize\" must be from 100kb to 256mb");
        yield return Of(Login + ", \"maxSize\": ¦\"much\"", "\"much\" is no size, write 500kb or 25mb");
        yield return Of(Login + ", \"maxSize\": ¦50", "\"maxSize\" must be a size such as \"25mb\", not a number");
        yield return Of(Login + ", \"sent\": ¦\"\"", "\"sent\" is empty");
        yield return Of(Login + ", \"folders\": [\"INBOX\", \"Sent\"], \"sent\": ¦\"Sent\"", "\"Sent\" is polled: our own answers would be taken as new mail");
    }

    private static IEnumerable<TestCaseData> OAuth()
    {
        yield return Of(Names + ", \"oauth\": ¦\"microsoft\"", "\"oauth\" must be an object, not a text");
        yield return Of(Names + ", \"oauth\": ¦{}", "\"oauth\" needs \"provider\", write microsoft, google or other");
        yield return Token("\"provider\": ¦\"mircosoft\", \"client\": \"c\"", "unknown provider \"mircosoft\", did you mean \"microsoft\"?");
        yield return Token("\"provider\": \"microsoft\", \"tenant\": \"t\", \"client\": \"c\", ¦\"tenat\": \"t\", \"secret\": \"env:SMTP_PASSWORD\"", "unknown key \"tenat\", did you mean \"tenant\"?");
        yield return Whole("\"provider\": \"microsoft\", \"tenant\": \"t\", \"client\": \"c\"", "provider \"microsoft\" needs \"secret\" or \"refreshToken\"");
        yield return Whole("\"provider\": \"microsoft\", \"tenant\": \"t\", \"secret\": \"env:SMTP_PASSWORD\"", "provider \"microsoft\" needs \"client\"");
        yield return Whole("\"provider\": \"microsoft\", \"client\": \"c\", \"secret\": \"env:SMTP_PASSWORD\"", "provider \"microsoft\" needs \"tenant\"");
        yield return Whole("\"provider\": \"google\", \"client\": \"c\", \"secret\": \"env:SMTP_PASSWORD\"", "provider \"google\" needs \"refreshToken\"");
        yield return Whole("\"provider\": \"google\", \"client\": \"c\", \"refreshToken\": \"env:SMTP_PASSWORD\"", "provider \"google\" needs \"secret\"");
        yield return Whole("\"provider\": \"other\", \"client\": \"c\", \"endpoint\": \"https://h/token\"", "provider \"other\" needs \"secret\" or \"refreshToken\"");
        yield return Whole("\"provider\": \"other\", \"client\": \"c\", \"secret\": \"env:SMTP_PASSWORD\"", "provider \"other\" needs \"endpoint\"");
        yield return Token("\"provider\": \"microsoft\", \"tenant\": ¦\"a/../b\", \"client\": \"c\", \"secret\": \"env:SMTP_PASSWORD\"", "this is no tenant, write its ID (Directory ID) or its domain");
        yield return Token("\"provider\": \"microsoft\", \"tenant\": ¦\"…\", \"client\": \"c\", \"secret\": \"env:SMTP_PASSWORD\"", "this is no tenant, write its ID (Directory ID) or its domain");
        yield return Token("\"provider\": \"google\", ¦\"tenant\": \"t\", \"client\": \"c\", \"secret\": \"env:SMTP_PASSWORD\", \"refreshToken\": \"env:SMTP_PASSWORD\"", "\"tenant\" is for microsoft only");
        yield return Token("\"provider\": \"microsoft\", \"tenant\": \"t\", \"client\": ¦\"c\\u0001\", \"secret\": \"env:SMTP_PASSWORD\"", "\"client\" holds a control character");
        yield return Token("\"provider\": \"microsoft\", \"tenant\": \"t\", \"client\": \"c\", \"secret\": ¦\"correct horse\"", "a secret never stands in a file, write env:NAME or file:PATH");
        yield return Token("\"provider\": \"microsoft\", \"tenant\": \"t\", \"client\": \"c\", \"refreshToken\": ¦\"file:none\"", "the secret file \"none\" does not exist");
    }

    private static IEnumerable<TestCaseData> Endpoints()
    {
        string[] wrong = ["login.example.com", "/token", "http://login.example.com/token", "ftp://localhost/token", "https://c:secret@login.example.com/token", "https://login.example.com/token#here"];
        return wrong.Select(endpoint => Of(Names + ", \"oauth\": " + Other("¦", endpoint), "this is no token endpoint, write an https address; http is for this machine only"));
    }

    private static string Other(string mark = "", string endpoint = "https://login.example.com/token")
        => $"{{ \"provider\": \"other\", \"client\": \"c\", \"secret\": \"env:SMTP_PASSWORD\", \"endpoint\": {mark}\"{endpoint}\" }}";

    private static TestCaseData Token(string oauth, string words) => Of(Names + $", \"oauth\": {{ {oauth} }}", words);

    private static TestCaseData Whole(string oauth, string words) => Of(Names + $", \"oauth\": ¦{{ {oauth} }}", words);

    /// <param name="at">The first place of this text is marked, where no mark stands.</param>
    private static TestCaseData Of(string source, string words, string at = "")
        => Inbox($"\"sources\": [{{ {(at.Length > 0 ? source.Insert(source.IndexOf(at, StringComparison.Ordinal), "¦") : source)} }}]", words);

    private static TestCaseData Inbox(string keys, string words)
        => new("inboxes.json", $"{{\n  \"inboxes\": {{ \"a\": {{ \"addresses\": [\"a@example.com\"],\n    {keys} }} }}\n}}", words);
}
