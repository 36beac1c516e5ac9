namespace MailInbox.Tests.Configuration;

internal static class WrongFilters
{
    public static IEnumerable<TestCaseData> Cases => Senders().Concat(Switches()).Concat(PerInbox());

    private static IEnumerable<TestCaseData> Senders()
    {
        yield return Case("{ ¦\"alow\": [] }", "unknown key \"alow\", did you mean \"allow\"?");
        yield return Case("{ ¦\"spam\": {} }", "\"spam\" is not supported yet");
        yield return Case("{ \"allow\": ¦\"@a.example\" }", "\"allow\" must be a list of texts, not a text");
        yield return Case("{ \"allow\": [\n  \"@a.example\",\n  ¦7 ] }", "\"allow\" must be a list of texts, not of a number");
        yield return Case("{ \"allow\": [¦\"\"] }", "an entry of \"allow\" is empty");
        yield return Case("{ \"allow\": [¦\"partner.example\"] }", "\"partner.example\" is a query, which is not supported yet here, did you mean \"@partner.example\"?");
        yield return Case("{ \"allow\": [¦\"@\"] }", "\"@\" is no address, @domain or pattern with *");
        yield return Case("{ \"allow\": [¦\"a@b@c.example\"] }", "\"a@b@c.example\" is no address, @domain or pattern with *");
        yield return Case("{ \"block\": ¦true }", "\"block\" must be a list of texts, not true");
        yield return Case("{ \"block\": [\"@bad.example\", ¦\"from:@ads.example subject:offer\"] }", "\"from:@ads.example subject:offer\" is a query, which is not supported yet here, write an address, @domain or a pattern with *");
        yield return Case("{ \"block\": [¦\"offer\"] }", "\"offer\" is a query, which is not supported yet here, write an address, @domain or a pattern with *");
        yield return Case("{ \"block\": [¦\"a@b.example c@d.example\"] }", "\"a@b.example c@d.example\" is a query, which is not supported yet here, write an address, @domain or a pattern with *");
        yield return Case("{ \"block\": [¦\"\\ud800@a.example\"] }", "this text holds half a character (an unpaired \\u escape)");
    }

    private static IEnumerable<TestCaseData> Switches()
    {
        yield return Case("{ \"roleAddresses\": ¦[] }", "\"roleAddresses\" must be an object, not a list");
        yield return Case("{ \"roleAddresses\": { ¦\"filters\": true } }", "unknown key \"filters\", did you mean \"filter\"?");
        yield return Case("{ \"roleAddresses\": { \"filter\": ¦\"true\" } }", "\"filter\" must be true or false, not a text");
        yield return Case("{ \"roleAddresses\": { \"localParts\": ¦\"sales\" } }", "\"localParts\" must be a list of texts, not a text");
        yield return Case("{ \"roleAddresses\": { \"localParts\": [¦\"sales@\"] } }", "\"sales@\" is no local part (what stands before the @), did you mean \"sales\"?");
        yield return Case("{ \"roleAddresses\": { \"localParts\": [¦\"sales@a.example\"] } }", "\"sales@a.example\" is no local part (what stands before the @)");
        yield return Case("{ \"roleAddresses\": { \"localParts\": [\"news\", ¦\"news*\"] } }", "\"news*\" is no local part (what stands before the @)");
        yield return Case("{ \"roleAddresses\": { \"localParts\": [¦\"Postmaster\"] } }", "\"postmaster\" is never a role address: delivery reports come from it");
        yield return Case("{ \"roleAddresses\": { \"localParts\": [¦\"mailer-daemon\"] } }", "\"mailer-daemon\" is never a role address: delivery reports come from it");
        yield return Case("{ \"roleAddresses\": { \"except\": ¦5 } }", "\"except\" must be a list of texts, not a number");
        yield return Case("{ \"roleAddresses\": { \"except\": [¦\"sales\"] } }", "\"sales\" is a query, which is not supported yet here, write an address, @domain or a pattern with *");
        yield return Case("{ \"bulk\": ¦false }", "\"bulk\" must be an object, not false");
        yield return Case("{ \"bulk\": { ¦\"filterList\": true } }", "unknown key \"filterList\", did you mean \"filterLists\"?");
        yield return Case("{ \"bulk\": { \"filterLists\": ¦1 } }", "\"filterLists\" must be true or false, not a number");
        yield return Case("{ \"bulk\": { \"filterPromotions\": ¦null } }", "\"filterPromotions\" must be true or false, not null, leave the key out");
        yield return Case("{ \"bulk\": { \"filterAutomatic\": ¦{} } }", "\"filterAutomatic\" must be true or false, not an object");
        yield return Case("{ \"bulk\": { \"filterLists\": true, ¦\"filterLists\": false } }", "\"filterLists\" stands here twice");
    }

    private static IEnumerable<TestCaseData> PerInbox()
    {
        yield return Case("{ \"inboxes\": ¦[] }", "\"inboxes\" must be an object, not a list");
        yield return Case("{ \"inboxes\": { ¦\"suport\": {} } }", "unknown inbox \"suport\", did you mean \"support\"?");
        yield return Case("{ \"inboxes\": { \"sales\": ¦[] } }", "an object must stand here, not a list");
        yield return Case("{ \"inboxes\": { \"sales\": { ¦\"spam\": {} } } }", "\"spam\" is not supported yet");
        yield return Case("{ \"inboxes\": { \"sales\": { ¦\"rolAddresses\": {} } } }", "unknown key \"rolAddresses\", did you mean \"roleAddresses\"?");
        yield return Case("{ \"inboxes\": { \"sales\": { \"roleAddresses\": { \"filter\": ¦0 } } } }", "\"filter\" must be true or false, not a number");
        yield return Case("{ \"inboxes\": { \"sales\": { \"block\": [¦\"bad\"] } } }", "\"bad\" is a query, which is not supported yet here, write an address, @domain or a pattern with *");
        yield return Case("{ \"inboxes\": { \"sales\": { \"bulk\": { \"filterLists\": ¦\"no\" } } } }", "\"filterLists\" must be true or false, not a text");
    }

    private static TestCaseData Case(string text, string words) => new("filters.json", text, words);
}
