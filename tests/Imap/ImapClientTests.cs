using System.Globalization;
using System.Text;
using MailInbox.Mail.Imap;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

/// <summary>Commands as they go out, and answers as real servers give them.</summary>
public class ImapClientTests
{
    [Test]
    public async Task A_folder_opens_with_what_the_server_tells_of_it()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* FLAGS (\\Seen [Gmail] $a+b)\r\n* 17 exists\r\n* 0 RECENT\r\n* OK [PERMANENTFLAGS (\\* l[1])] x\r\n* ok [uidvalidity 3857529045] UIDs\r\n* OK [UIDNEXT 4392]\r\n% OK [READ-ONLY] done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapFolderState state = await client.Select("INBOX", false, CancellationToken.None);
        Assert.That(state, Is.EqualTo(new ImapFolderState("INBOX", 3857529045, 4392, 17, true)));
        Assert.That(client.TakeNews(), Is.False);
        Assert.That(peer.Heard[^1], Is.EqualTo("A2 SELECT \"INBOX\""));
    }

    [Test]
    public async Task What_the_server_does_not_tell_of_a_folder_is_null()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* 3 EXISTS\r\n* OK [UIDVALIDITY -1] x\r\n% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(await client.Select("INBOX", true, CancellationToken.None), Is.EqualTo(new ImapFolderState("INBOX", null, null, 3, true)));
        Assert.That(peer.Heard[^1], Is.EqualTo("A2 EXAMINE \"INBOX\""));
    }

    [TestCase("Entw&APw-rfe", "Entwürfe", "\"Entw&APw-rfe\"")]
    [TestCase("\"a \\\"b\\\" \\\\c\"", "a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"")]
    [TestCase("{6}\r\na b&-)", "a b&)", "\"a b&-)\"")]
    [TestCase("{5+}\r\na b&-", "a b&", "\"a b&-\"")]
    [TestCase("My old Folder", "My old Folder", "\"My old Folder\"")]
    [TestCase("My (old) Folder", "My (old) Folder", "\"My (old) Folder\"")]
    [TestCase("a (\"CHILDINFO\" (\"SUBSCRIBED\"))", "a", "\"a\"")]
    [TestCase("NIL", "NIL", "\"NIL\"")]
    [TestCase("\"Entw\u00c3\u00bcrfe\"", "Entwürfe", "{9+}")]
    [TestCase("\"Entw\u00fcrfe\"", "Entwürfe", "{8+}")]
    [TestCase("\"A&B\"", "A&B", "\"A&B\"")]
    [TestCase("inbox", "INBOX", "\"INBOX\"")]
    public async Task A_folder_is_named_in_unicode_and_goes_back_as_it_came(string wire, string name, string back)
    {
        await using ScriptedPeer peer = ImapPeer.Play(new ImapOffer("LITERAL+"), $"* LIST (\\HasNoChildren) \"/\" {wire}\r\n% OK done\r\n", "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapFolder folder = (await client.List(CancellationToken.None))[^1];
        Assert.That((folder.Name, folder.Delimiter), Is.EqualTo((name, '/')));
        await client.Create(name, CancellationToken.None);
        Assert.That(peer.Heard[2], Is.EqualTo($"A3 CREATE {back}"));
    }

    [TestCase("* LIST (\\Noselect) NIL \"x\"\r\n", "x||\\Noselect|False")]
    [TestCase("* LIST NIL \"\" x\r\n", "x|||True")]
    [TestCase("* list () \"\\\\\" x\r\n", "x|\\||True")]
    [TestCase("* LIST (\\Sent \\HasChildren) \".\" x\n", "x|.|\\Sent,\\HasChildren|True")]
    public async Task Attributes_and_delimiters_are_kept(string line, string expected)
    {
        await using ScriptedPeer peer = ImapPeer.Play(line + "* LSUB () \"/\" y\r\n% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapFolder folder = (await client.List(CancellationToken.None))[^1];
        Assert.That($"{folder.Name}|{folder.Delimiter}|{string.Join(',', folder.Attributes)}|{folder.Selectable}", Is.EqualTo(expected));
    }

    [Test]
    public async Task The_inbox_is_listed_also_where_the_server_leaves_it_out()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* LIST () \".\" Sent\r\n% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That((await client.List(CancellationToken.None)).Select(folder => folder.Name), Is.EqualTo((string[])["INBOX", "Sent"]));
    }

    [Test]
    public async Task Special_uses_are_asked_for_where_they_are_offered()
    {
        await using ScriptedPeer peer = ImapPeer.Play(new ImapOffer("LIST-EXTENDED SPECIAL-USE"), "* LIST (\\Sent) \"/\" Gesendet\r\n% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That((await client.List(CancellationToken.None))[^1].Has("\\sent"), Is.True);
        Assert.That(peer.Heard[^1], Is.EqualTo("A2 LIST \"\" \"*\" RETURN (SPECIAL-USE)"));
    }

    [Test]
    public async Task Names_travel_as_UTF8_once_that_is_agreed_on()
    {
        await using ScriptedPeer peer = ImapPeer.Play(new ImapOffer("ENABLE UTF8=ACCEPT ID"), "* ID NIL\r\n% OK\r\n", "* ENABLED UTF8=ACCEPT\r\n% OK\r\n", "* LIST () \"/\" \"Entw\u00c3\u00bcrfe &-\"\r\n% OK\r\n", "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That((await client.List(CancellationToken.None))[^1].Name, Is.EqualTo("Entwürfe &-"));
        await client.Select("Größe", true, CancellationToken.None);
        Assert.That(peer.Heard[1..], Is.EqualTo((string[])["A2 ID (\"name\" \"MailInbox\")", "A3 ENABLE UTF8=ACCEPT", "A4 LIST \"\" \"*\"", "A5 EXAMINE \"Gr\u00c3\u00b6\u00c3\u009fe\""]));
    }

    [TestCase("* SEARCH 5 3 3 9\r\n", "3 5 9")]
    [TestCase("* SEARCH\r\n", "")]
    [TestCase("* search 1\n* SEARCH 2\n", "1 2")]
    [TestCase("* SEARCH 7 -1 0 4294967296 x 8 (MODSEQ 9)\r\n", "7 8")]
    [TestCase("* 8 EXISTS\r\n* 2 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* OK Still here\r\n* CAPABILITY IMAP4rev1\r\n* SEARCH 4\r\n* FOO (a {3}\r\nb) \"c\" NIL)\r\n", "4")]
    [TestCase("\r\n* SEARCH  1   2 \r\n", "1 2")]
    public async Task Searches_are_read_in_every_form(string answer, string expected)
    {
        await using ScriptedPeer peer = ImapPeer.Play(answer + "% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(string.Join(' ', await client.Search("ALL", CancellationToken.None)), Is.EqualTo(expected));
        Assert.That(client.TakeNews(), Is.EqualTo(answer.Contains("EXPUNGE", StringComparison.Ordinal)));
        Assert.That(client.TakeNews(), Is.False);
    }

    [Test]
    public async Task The_last_message_that_servers_give_for_an_open_range_is_dropped()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* SEARCH 41\r\n% OK\r\n", "* SEARCH 42 43\r\n% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(await client.SearchFrom(42, CancellationToken.None), Is.Empty);
        Assert.That(await client.SearchFrom(42, CancellationToken.None), Is.EqualTo((uint[])[42, 43]));
        Assert.That(peer.Heard[^1], Is.EqualTo("A3 UID SEARCH UID 42:*"));
    }

    [TestCase("a@b", "A2 UID SEARCH HEADER Message-ID \"<a@b>\"")]
    [TestCase("a\"\\b", "A2 UID SEARCH HEADER Message-ID \"<a\\\"\\\\b>\"")]
    [TestCase("ä@b", "A2 UID SEARCH CHARSET UTF-8 HEADER Message-ID {6}")]
    public async Task A_message_id_is_searched_whatever_stands_in_it(string id, string heard)
    {
        bool literal = heard.EndsWith('}');
        await using ScriptedPeer peer = ImapPeer.Play([.. literal ? ["+ go\r\n"] : Array.Empty<string>(), "* SEARCH 2\r\n% OK\r\n"]);
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(await client.SearchMessageId(id, CancellationToken.None), Is.EqualTo((uint[])[2]));
        Assert.That(peer.Heard, Does.Contain(heard));
    }

    [TestCase("(UID 7 RFC822.SIZE 100 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" FLAGS (\\Seen $x[1] NonJunk+))", "7|100|1996-07-17T02:44:25-07:00|\\Seen $x[1] NonJunk+")]
    [TestCase("((UID 7) (RFC822.SIZE 100))", "7|100||")]
    [TestCase("(uid 7 rfc822.size -1 flags NIL internaldate \"00-Jan-0000 00:00:00 +0000\")", "7|||")]
    [TestCase("(UID 7 RFC822.SIZE 9.37e+06 INTERNALDATE \" 1-Feb-2026 10:00:00\")", "7|9370000|2026-02-01T10:00:00+00:00|")]
    [TestCase("(UID 7 RFC822.SIZE 99999999999999999999 MODSEQ (-1) INTERNALDATE NIL)", "7|||")]
    [TestCase("(X-GM-LABELS (\"\\\\Inbox\" {2}\r\n)( \"a) (\") UID 7 BODYSTRUCTURE ((\"text\" \"plain\" NIL) \"mixed\") X NIL RFC822.SIZE \"12\")", "7|12||")]
    [TestCase("(BODY[HEADER.FIELDS (FROM TO)]<0> {3}\r\na)( UID 7 BINARY[1] ~{4}\r\n\0)(\0 RFC822.SIZE 5", "7|5||")]
    [TestCase("UID 7 RFC822.SIZE 5", "7|5||")]
    public async Task Facts_of_a_message_are_read_in_every_form(string items, string expected)
    {
        await using ScriptedPeer peer = ImapPeer.Play($"* 0 FETCH {items}\r\n* 1 FETCH (UID 8 FLAGS ())\r\n% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapMail mail = (await client.Fetch([7], CancellationToken.None)).Single();
        string date = mail.InternalDate?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture) ?? "";
        Assert.That($"{mail.Uid}|{mail.Size}|{date}|{string.Join(' ', mail.Flags)}", Is.EqualTo(expected));
        Assert.That(client.TakeNews(), Is.True, "the FETCH of another message is news");
        Assert.That(peer.Heard[^1], Is.EqualTo("A2 UID FETCH 7 (UID RFC822.SIZE INTERNALDATE FLAGS)"));
    }

    [Test]
    public async Task Facts_that_come_in_several_answers_are_put_together()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n* 1 FETCH (UID 7 RFC822.SIZE 5)\r\n* 2 FETCH (RFC822.SIZE 8)\r\n% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapMail mail = (await client.Fetch([7, 9], CancellationToken.None)).Single();
        Assert.That((mail.Size, mail.Has("\\SEEN")), Is.EqualTo((5L, true)));
    }

    [Test]
    public async Task Messages_are_changed_in_sets_and_folders_are_named_safely()
    {
        await using ScriptedPeer peer = ImapPeer.Play([.. Enumerable.Repeat("* 1 EXPUNGE\r\n% OK done\r\n", 6)]);
        await using ImapClient client = await ImapPeer.Dial(peer);
        await client.Store([3, 1, 2, 9], "\\Seen", true, CancellationToken.None);
        await client.Store([3], "$done", false, CancellationToken.None);
        await client.Copy([3], "Done & \"gone\"", CancellationToken.None);
        await client.Move([5], "Müll", CancellationToken.None);
        await client.Expunge([5], CancellationToken.None);
        await client.Noop(CancellationToken.None);
        Assert.That(peer.Heard[1..], Is.EqualTo((string[])
        [
            "A2 UID STORE 1:3,9 +FLAGS.SILENT (\\Seen)", "A3 UID STORE 3 -FLAGS.SILENT ($done)", "A4 UID COPY 3 \"Done &- \\\"gone\\\"\"",
            "A5 UID MOVE 5 \"M&APw-ll\"", "A6 UID EXPUNGE 5", "A7 NOOP",
        ]));
    }

    [TestCase("", "{14}")]
    [TestCase("LITERAL+", "{14+}")]
    [TestCase("LITERAL-", "{14+}")]
    public async Task A_message_is_put_into_a_folder(string capability, string length)
    {
        await using ScriptedPeer peer = ImapPeer.Play(new ImapOffer(capability), [.. capability.Length > 0 ? [""] : (string[])["+ go\r\n"], "", "", "", "% OK [APPENDUID 1 2] done\r\n"]);
        await using ImapClient client = await ImapPeer.Dial(peer);
        await client.Append("Sent", ["\\Seen"], new DateTimeOffset(2026, 11, 1, 2, 3, 4, TimeSpan.FromHours(-7)), "a: b\r\n\r\nB9 X\r\n"u8.ToArray(), CancellationToken.None);
        Assert.That(peer.Heard[1..], Is.EqualTo((string[])[$"A2 APPEND \"Sent\" (\\Seen) \"01-Nov-2026 02:03:04 -0700\" {length}", "a: b", "", "B9 X", ""]));
    }

    [Test]
    public async Task A_message_that_the_server_does_not_want_is_not_sent()
    {
        await using ScriptedPeer peer = ImapPeer.Play("% NO [TRYCREATE] no such folder\r\n", "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapRefusal refusal = (await Assert.ThrowsAsync<ImapRefusal>(() => client.Append("x", [], null, new byte[100], CancellationToken.None)))!;
        Assert.That((refusal.Command, refusal.Code, refusal.Status), Is.EqualTo(("APPEND", "TRYCREATE", ImapStatus.No)));
        await client.Noop(CancellationToken.None);
        Assert.That(peer.Heard[^1], Is.EqualTo("A3 NOOP"));
    }

    [Test]
    public async Task A_refusal_carries_the_servers_words_and_leaves_the_connection_usable()
    {
        await using ScriptedPeer peer = ImapPeer.Play($"% no [noperm] go\taway\u0001 {new string('x', 20_000)}\r\n", "% BAD\r\n", "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapRefusal refusal = (await Assert.ThrowsAsync<ImapRefusal>(() => client.Select("x", true, CancellationToken.None)))!;
        Assert.That((refusal.Code, refusal.Text.Length, refusal.Text[..6]), Is.EqualTo(("NOPERM", 500, "goaway")));
        Assert.That((await Assert.ThrowsAsync<ImapRefusal>(() => client.Noop(CancellationToken.None)))!.Status, Is.EqualTo(ImapStatus.Bad));
        await client.Noop(CancellationToken.None);
        Assert.That(client.Usable, Is.True);
    }

    [TestCase("* BYE [UNAVAILABLE] down\r\n* BYE again\r\n")]
    [TestCase("* 1 EXISTS\r\n* bye [unavailable] down\r\n% OK done\r\n")]
    public async Task A_goodbye_ends_the_command_under_way(string words)
    {
        await using ScriptedPeer peer = ImapPeer.Play(words);
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapRefusal refusal = (await Assert.ThrowsAsync<ImapRefusal>(() => client.Search("ALL", CancellationToken.None)))!;
        Assert.That((refusal.Status, refusal.Code, refusal.Text, refusal.Temporary), Is.EqualTo((ImapStatus.Bye, "UNAVAILABLE", "down", true)));
        Assert.That(client.Usable, Is.False);
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => client.Noop(CancellationToken.None)))!.Fault, Is.EqualTo(ImapFault.Closed));
    }

    [TestCase("* BYE bye\r\n% OK\r\n")]
    [TestCase("* BYE bye\r\n* BYE bye\r\n")]
    [TestCase("")]
    public async Task Goodbye_is_said_whether_it_is_answered_or_not(string answer)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await ImapPeer.LogIn(peer);
            await ImapPeer.Answer(peer, answer);
        });
        await using ImapClient client = await ImapPeer.Dial(peer);
        await client.Logout(CancellationToken.None);
        Assert.That(client.Usable, Is.False);
        Assert.That(peer.Heard[^1], Is.EqualTo("A2 LOGOUT"));
    }

    [TestCase("B1 OK\r\n")]
    [TestCase("A1 OK again\r\n")]
    [TestCase("A99 OK\r\n")]
    [TestCase("a2 OK\r\n")]
    [TestCase("% PERHAPS\r\n")]
    [TestCase("HTTP/1.1 400 Bad Request\r\n")]
    [TestCase("\0\u00ff\r\n")]
    [TestCase("(x\r\n")]
    public async Task Answers_to_nothing_break_the_connection(string answer)
    {
        await using ScriptedPeer peer = ImapPeer.Play(answer);
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => client.Noop(CancellationToken.None)))!.Fault, Is.EqualTo(ImapFault.Unreadable));
        Assert.That(client.Usable, Is.False);
    }

    [Test]
    public async Task What_comes_behind_the_end_of_a_command_is_heard_with_the_next()
    {
        await using ScriptedPeer peer = ImapPeer.Play("% OK\r\n* 5 EXISTS\r\n* 9 EXPUNGE\r\n", "* SEARCH 1\r\n% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        await client.Noop(CancellationToken.None);
        Assert.That(await client.Search("ALL", CancellationToken.None), Is.EqualTo((uint[])[1]));
        Assert.That(client.TakeNews(), Is.True);
    }

    [Test]
    public async Task No_caller_can_smuggle_a_command_in()
    {
        await using ScriptedPeer peer = ImapPeer.Play("% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        foreach (string bad in (string[])["a\r\nA9 LOGOUT", "a\n", "a\0", "", "a\r"])
        {
            await Refuses(() => client.Select(bad, true, CancellationToken.None));
            await Refuses(() => client.Append(bad, [], null, default, CancellationToken.None));
            await Refuses(() => client.SearchMessageId(bad, CancellationToken.None));
            await Refuses(() => client.Append("x", [bad], null, default, CancellationToken.None));
            await Refuses(() => client.Store([1], bad, true, CancellationToken.None));
        }
        foreach (string bad in (string[])["ALL\r\nA9 LOGOUT", "SUBJECT {5+}", "SUBJECT ä", "ALL\0"])
            await Refuses(() => client.Search(bad, CancellationToken.None));
        foreach (string bad in (string[])["a b", "\\", "a)", "\\Seen) (x", "ä"])
            await Refuses(() => client.Store([1], bad, true, CancellationToken.None));
        await client.Noop(CancellationToken.None);
        Assert.That(peer.Heard, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task No_line_is_longer_than_eight_thousand_bytes()
    {
        uint[] uids = [.. Enumerable.Range(0, 4000).Select(number => 4_000_000_000 + (uint)number * 3)];
        await using ScriptedPeer peer = ImapPeer.Play([.. Enumerable.Repeat("% OK\r\n", 20)]);
        await using ImapClient client = await ImapPeer.Dial(peer);
        await client.Copy(uids, new string('x', 1900), CancellationToken.None);
        string[] lines = [.. peer.Heard.Skip(1)];
        Assert.That(lines.Max(line => Encoding.UTF8.GetByteCount(line)), Is.LessThan(8000));
        Assert.That(lines.SelectMany(line => line.Split(' ')[3].Split(',')).Select(uint.Parse), Is.EqualTo(uids));
    }

    private static async Task Refuses(Func<Task> command) => await Assert.ThrowsAsync<ArgumentException>(async () => await command());
}
