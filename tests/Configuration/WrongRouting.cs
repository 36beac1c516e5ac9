namespace MailInbox.Tests.Configuration;

internal static class WrongRouting
{
    private const string Fields = "rules know in:, from: and to: so far";

    public static IEnumerable<TestCaseData> Cases => Rules().Concat(Assign()).Concat(When());

    private static IEnumerable<TestCaseData> Rules()
    {
        yield return Case("{ ¦\"rule\": [] }", "unknown key \"rule\", did you mean \"rules\"?");
        yield return Case("{ \"rules\": ¦{} }", "\"rules\" must be a list, not an object");
        yield return Case("{ \"rules\": [¦5] }", "an object must stand here, not a number");
        yield return Case("{ \"assignOnReply\": ¦\"yes\" }", "\"assignOnReply\" must be true or false, not a text");
        yield return Case("{ \"assignmentTimeout\": ¦\"4h\" }", "\"assignmentTimeout\" is not supported yet, write null or leave the key out");
        yield return Case("{ \"every\": ¦30 }", "\"every\" must be a time such as \"30s\", not a number");
        yield return Case("{ \"every\": ¦\"30\" }", "\"30\" is no time, write 30s, 15m, 4h, 30d or 2y");
        yield return Case("{ \"every\": ¦\"-30s\" }", "\"-30s\" is no time, write 30s, 15m, 4h, 30d or 2y");
        yield return Case("{ \"every\": ¦\"4s\" }", "\"every\" must be from 5s to 1d");
        yield return Case("{ \"every\": ¦\"25h\" }", "\"every\" must be from 5s to 1d");
        yield return Rule("¦{ \"when\": \"\", \"assign\": { \"team\": \"warehouse\" } }", "a rule needs \"name\"");
        yield return Rule("¦{ \"name\": \"x\", \"assign\": { \"team\": \"warehouse\" } }", "a rule needs \"when\", write \"\" for everything");
        yield return Rule("¦{ \"name\": \"x\", \"when\": \"\" }", "a rule needs \"assign\"");
        yield return Rule("{ \"name\": ¦\"\", \"when\": \"\", \"assign\": { \"team\": \"warehouse\" } }", "\"name\" is empty");
        yield return Rule("{ \"name\": ¦[], \"when\": \"\", \"assign\": { \"team\": \"warehouse\" } }", "\"name\" must be a text, not a list");
        yield return Rule("{ \"name\": \"x\", \"when\": ¦true, \"assign\": { \"team\": \"warehouse\" } }", "\"when\" must be a text, not true");
        yield return Rule("{ \"name\": \"x\", \"when\": \"\", \"in\": ¦\"supprt\", \"assign\": { \"team\": \"warehouse\" } }", "unknown inbox \"supprt\", did you mean \"support\"?");
        yield return Rule("{ \"name\": \"x\", \"when\": \"\", \"in\": ¦5, \"assign\": { \"team\": \"warehouse\" } }", "\"in\" must be a text, not a number");
        yield return Rule("{ \"name\": \"x\", \"when\": \"\", ¦\"tags\": [], \"assign\": { \"team\": \"warehouse\" } }", "\"tags\" is not supported yet");
        yield return Rule("{ \"name\": \"x\", \"when\": \"\", ¦\"priority\": \"high\", \"assign\": { \"team\": \"warehouse\" } }", "\"priority\" is not supported yet");
        yield return Rule("{ \"name\": \"x\", ¦\"wehn\": \"\", \"when\": \"\", \"assign\": { \"team\": \"warehouse\" } }", "unknown key \"wehn\", did you mean \"when\"?");
    }

    private static IEnumerable<TestCaseData> Assign()
    {
        yield return To("¦\"warehouse\"", "\"assign\" must be an object, not a text");
        yield return To("¦{}", "\"assign\" needs a team or agents");
        yield return To("{ \"team\": ¦\"warehose\" }", "unknown team \"warehose\", did you mean \"warehouse\"?");
        yield return To("{ \"team\": ¦[\"warehouse\"] }", "\"team\" must be a text, not a list");
        yield return To("{ \"team\": ¦\"\" }", "\"team\" is empty");
        yield return To("{ ¦\"temm\": \"x\", \"team\": \"warehouse\" }", "unknown key \"temm\", did you mean \"team\"?");
        yield return To("{ \"team\": \"warehouse\", ¦\"otherwise\": {} }", "\"otherwise\" is not supported yet");
        yield return To("{ \"team\": \"warehouse\", ¦\"agents\": [\"a@example.com\"] }", "\"team\" and \"agents\" together are not supported yet");
        yield return To("{ ¦\"agents\": [] }", "\"assign\" needs a team or agents");
        yield return To("{ \"agents\": ¦\"a@example.com\" }", "\"agents\" must be a list of texts, not a text");
        yield return To("{ \"agents\": [¦\"mina\"] }", "\"mina\" is no address");
        yield return To("{ \"agents\": [\"a@example.com\", ¦\"A@example.com\"] }", "\"a@example.com\" stands here twice");
        yield return To("{ \"team\": \"warehouse\", \"method\": ¦\"least busy\" }", "method \"least busy\" is not supported yet, write \"round robin\"");
        yield return To("{ \"team\": \"warehouse\", \"method\": ¦\"random\" }", "method \"random\" is not supported yet, write \"round robin\"");
        yield return To("{ \"team\": \"warehouse\", \"method\": ¦\"contact owner\" }", "method \"contact owner\" is not supported yet, write \"round robin\"");
        yield return To("{ \"team\": \"warehouse\", \"method\": ¦\"round-robin\" }", "unknown method \"round-robin\", did you mean \"round robin\"?");
        yield return To("{ \"team\": \"warehouse\", \"method\": ¦1 }", "\"method\" must be a text, not a number");
    }

    private static IEnumerable<TestCaseData> When()
    {
        yield return Query("to:a@b.example form:c@d.example", "unknown field \"form\" at 16, did you mean \"from\"?");
        yield return Query("-xyzzy:1", "unknown field \"xyzzy\" at 2");
        yield return Query("subject:order", $"field \"subject\" at 1 is not supported yet, {Fields}");
        yield return Query("to:a@b.example contact.owner:any", $"field \"contact.owner\" at 16 is not supported yet, {Fields}");
        yield return Query("header.X-Mailer:*bulk*", $"field \"header.x-mailer\" at 1 is not supported yet, {Fields}");
        yield return Query("to:a@b.example OR to:c@d.example", $"\"OR\" at 16 is not supported yet, {Fields}");
        yield return Query("(to:a@b.example)", $"a parenthesis at 1 is not supported yet, {Fields}");
        yield return Query("-(to:a@b.example)", $"a parenthesis at 2 is not supported yet, {Fields}");
        yield return Query("order", $"the word \"order\" at 1 is not supported yet, {Fields}");
        yield return Query("\\\"an order\\\"", $"a phrase at 1 is not supported yet, {Fields}");
        yield return Query("from:(a@b.example OR c@d.example)", "the value \"(a@b.example\" at 6 is not supported yet, write an address, @domain or a pattern with *");
        yield return Query("from:/mina/i", "the value \"/mina/i\" at 6 is not supported yet, write an address, @domain or a pattern with *");
        yield return Query("from:\\\"mina\\\"", "the value \"\"mina\"\" at 6 is not supported yet, write an address, @domain or a pattern with *");
        yield return Query("from:mina", "\"mina\" at 6 is no address, @domain or pattern with *");
        yield return Query("from:example.com", "\"example.com\" at 6 is no address, @domain or pattern with *, did you mean \"@example.com\"?");
        yield return Query("to: a@b.example", "\"to:\" has no value at 4, write it without a space behind the colon");
        yield return Query("to:a@b.example - in:support", "nothing stands behind the \"-\" at 16");
        yield return Query("in:suport", "unknown inbox \"suport\", did you mean \"support\"?");
        yield return Query(string.Join(' ', Enumerable.Repeat("to:a@b", 51)), "a rule has at most 50 conditions");
        yield return Query(new string('x', 2001), "a query has at most 2000 characters");
    }

    private static TestCaseData Query(string when, string words) => Rule($"{{ \"name\": \"x\",\n \"when\": ¦\"{when}\", \"assign\": {{ \"team\": \"warehouse\" }} }}", words);

    private static TestCaseData To(string assign, string words) => Rule($"{{ \"name\": \"x\", \"when\": \"\", \"assign\": {assign} }}", words);

    private static TestCaseData Rule(string rule, string words) => Case($"{{\n  \"rules\": [\n    {rule}\n  ]\n}}", words);

    private static TestCaseData Case(string text, string words) => new("routing.json", text, words);
}
