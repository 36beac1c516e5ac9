using System.Text;
using MailInbox.Mail.Imap;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

/// <summary>Broken sessions: nothing is thrown but the two, nothing hangs, and memory is bounded.</summary>
public class ImapFuzzTests
{
    [Test]
    public async Task A_session_that_is_not_broken_goes_well()
    {
        Assert.That(await Run(Encoding.Latin1.GetBytes(Session)), Is.EqualTo("20 of 20"));
    }

    [Test]
    public async Task The_client_bears_any_session()
    {
        Dictionary<string, int> outcomes = [];
        for (int seed = 0; seed < 2500; seed++)
        {
            byte[] session = Mutate(Encoding.Latin1.GetBytes(Session), new Random(seed));
            long before = GC.GetTotalAllocatedBytes();
            Task<string> run = Run(session);
            Assert.That(await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(30))), Is.SameAs(run), $"{seed} hangs");
            string outcome = await run;
            Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(30 << 20), $"{seed}");
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }
        TestContext.Out.WriteLine(string.Join(", ", outcomes.Select(outcome => $"{outcome.Key}: {outcome.Value}")));
        Assert.That(outcomes.GetValueOrDefault("20 of 20"), Is.InRange(50, 2400), "some must still go well, and many not");
    }

    private const string Session =
        "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN LITERAL+] hello\r\n"
        + "A1 OK [CAPABILITY IMAP4rev1 IDLE LIST-EXTENDED SPECIAL-USE MOVE UIDPLUS ID ENABLE LITERAL+ UTF8=ACCEPT] in\r\n"
        + "* ID (\"name\" \"x\" \"os\" NIL)\r\nA2 OK\r\n"
        + "* ENABLED UTF8=ACCEPT\r\nA3 OK\r\n"
        + "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\Sent) \"/\" {4}\r\nSent\r\n* LIST (\\Noselect) NIL a b c\r\nA4 OK done\r\n"
        + "* FLAGS (\\Seen \\Deleted)\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 99] x\r\n* OK [UIDNEXT 8] x\r\nA5 OK [READ-WRITE] done\r\n"
        + "* SEARCH 3 5 7\r\nA6 OK done\r\n"
        + "* 1 FETCH (UID 3 RFC822.SIZE 20 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" FLAGS (\\Seen))\r\n* 2 FETCH (UID 5 RFC822.SIZE 9.3e+06 FLAGS NIL INTERNALDATE NIL)\r\n* 4 EXISTS\r\nA7 OK done\r\n"
        + "* 1 FETCH (UID 3 RFC822.SIZE 6 BODY[] {6}\r\na: b\r\n)\r\nA8 OK\r\n* 2 FETCH (BODY[] \"a: b\" UID 5)\r\nA9 OK\r\nA10 NO [EXPUNGEISSUED] gone\r\n"
        + "* 1 FETCH (UID 3 BODY[HEADER] ~{8}\r\na: b\r\n\r\n FLAGS ())\r\nA11 OK\r\n"
        + "* 1 FETCH (UID 3 BODY[]<0> {8}\r\na: b\r\n\r\n)\r\nA12 OK\r\n* 1 FETCH (UID 3 BODY[]<8> {0}\r\n)\r\nA13 OK\r\n"
        + "* SEARCH 3\r\nA14 OK\r\n* SEARCH 7 9\r\nA15 OK\r\n"
        + "A16 OK\r\nA17 OK\r\n* 1 EXPUNGE\r\nA18 OK [COPYUID 1 2 3] x\r\nA19 OK\r\nA20 OK [APPENDUID 1 2] x\r\n"
        + "+ idling\r\n* OK Still here\r\n* 5 EXISTS\r\nA21 OK\r\nA22 OK\r\nA23 OK\r\nA24 OK\r\n* BYE\r\nA25 OK\r\n";

    private static readonly string[] Words =
    [
        "\r\n", "\r", "\n", "\0", " ", "(", ")", "((((((((((((((((((((", "\"", "\\", "{", "}", "{5}\r\n", "{0}\r\n", "{99999999}\r\n", "{99999999999999999999}\r\n", "~{3}\r\n", "NIL", "[", "]", "* ", "+ ", "+\r\n", "* BYE x\r\n",
        "* 1 FETCH (UID 3 BODY[] {2}\r\nab)\r\n", "BODY[]", "BODY[HEADER] ", "UID 3 ", "* OK [CAPABILITY] x\r\n", "A9 OK\r\n", "A5 NO\r\n", "* SEARCH 1 2 3\r\n", "-1", "4294967296", "\u00ff\u00fe", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ];

    /// <summary>How many of the commands went well.</summary>
    private static async Task<string> Run(byte[] session)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say(Encoding.Latin1.GetString(session));
            peer.EndSaying();
            while (await peer.Hear() is not null)
            {
            }
        });
        int good = 0;
        try
        {
            await using ImapClient client = await ImapPeer.Dial(peer);
            good++;
            foreach (Func<ImapClient, Task> command in Commands())
            {
                try
                {
                    await command(client);
                    good++;
                }
                catch (ImapRefusal)
                {
                    // The server said no.
                }
            }
        }
        catch (Exception borne) when (borne is ImapRefusal or ImapBroken)
        {
            Assert.That(borne.Message.Any(char.IsControl), Is.False);
        }
        return $"{good} of {Commands().Count() + 1}";
    }

    private static IEnumerable<Func<ImapClient, Task>> Commands()
    {
        CancellationToken none = CancellationToken.None;
        yield return client => client.List(none);
        yield return client => client.Select("Größe", false, none);
        yield return client => client.Search("ALL", none);
        yield return client => client.Fetch([3, 5], none);
        yield return client => client.FetchBodies([3, 5, 7], new Collected(), none);
        yield return client => client.FetchBody(3, ImapSection.Header, null, new Collected(), none);
        yield return client => client.FetchBody(3, ImapSection.All, 20 << 20, new Collected(), none);
        yield return client => client.SearchMessageId("a@b", none);
        yield return client => client.SearchFrom(7, none);
        yield return client => client.Store([3], "\\Seen", true, none);
        yield return client => client.Copy([3], "Sent", none);
        yield return client => client.Move([3], "Sent", none);
        yield return client => client.Expunge([3], none);
        yield return client => client.Append("Sent", [], null, "a: b\r\n\r\n"u8.ToArray(), none);
        yield return client => client.Idle(TimeSpan.FromMinutes(1), none);
        yield return client => client.Noop(none);
        yield return client => client.Create("x", none);
        yield return client => client.Noop(none);
        yield return client => client.Logout(none);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when bytes.Count > length + 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(1, 6000)));
                    break;
                case 4 when random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.Add((byte)'\n');
                    break;
                default:
                    bytes.InsertRange(at, Encoding.Latin1.GetBytes(Words[random.Next(Words.Length)]));
                    break;
            }
        }
        return [.. bytes];
    }
}
