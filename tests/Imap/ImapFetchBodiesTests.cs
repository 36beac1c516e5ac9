using MailInbox.Mail.Imap;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

/// <summary>Whole messages, several commands on the way at once: each gets its own bytes or none.</summary>
public class ImapFetchBodiesTests
{
    [TestCase("* 1 FETCH (UID 7 RFC822.SIZE 5 FLAGS (\\Seen) BODY[] {5}\r\nhello)\r\n")]
    [TestCase("* 1 FETCH (BODY[] {5}\r\nhello UID 7 RFC822.SIZE 5 FLAGS (\\Seen))\r\n")]
    [TestCase("* 1 fetch (uid 7 rfc822.size 5 flags (\\Seen) body[] {5+}\r\nhello)\r\n")]
    [TestCase("* 0 FETCH ((UID 7 RFC822.SIZE 5)(FLAGS (\\Seen) BODY[] ~{5}\nhello))\n")]
    [TestCase("* 1 FETCH (RFC822 {5}\r\nhello UID 7 FLAGS (\\Seen) X-NEW (a {2}\r\n)( b) RFC822.SIZE 5)\r\n")]
    [TestCase("* 1 FETCH (UID 7 BODY[] \"hello\" RFC822.SIZE 5)\r\n* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n")]
    [TestCase("* 1 FETCH (UID 9 BODY[] {3}\r\nbad FLAGS ())\r\n* 1 FETCH (UID 7 RFC822.SIZE 5 FLAGS (\\Seen) BODY[] {5}\r\nhello)\r\n")]
    [TestCase("* 1 FETCH (BODY[] {3}\r\nbad UID 9)\r\n* 3 EXISTS\r\n* 1 FETCH (UID 7 RFC822.SIZE 5 FLAGS (\\Seen) BODY[] {5}\r\nhello)\r\n")]
    [TestCase("* 1 FETCH (UID 7 RFC822.SIZE 5 FLAGS (\\Seen) BODY[] {3}\r\nhel)\r\n* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n")]
    [TestCase("* 1 FETCH (UID 7 RFC822.SIZE 5 FLAGS (\\Seen) BODY[] {5}\r\nhello BODY[HEADER] {2}\r\nno)\r\n* 2 FETCH (FLAGS (\\Deleted))\r\n")]
    public async Task A_message_comes_in_whatever_form_it_is_sent(string answer)
    {
        await using ScriptedPeer peer = ImapPeer.Play(answer + "% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBodies([7], mails, CancellationToken.None);
        ImapFetched end = mails.Ends.Single();
        Assert.That((end.Uid, end.HasBody, end.Bytes, end.Refusal), Is.EqualTo((7u, true, 5L, (ImapRefusal?)null)));
        Assert.That((end.Mail!.Size, string.Join(' ', end.Mail.Flags)), Is.EqualTo((5L, "\\Seen")));
        Assert.That(mails.Texts[7], Is.EqualTo("hello"));
        Assert.That(client.Usable, Is.True);
        Assert.That(peer.Heard[^1], Is.EqualTo("A2 UID FETCH 7 (UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[])"));
    }

    [TestCase("", false)]
    [TestCase("* 1 FETCH (UID 7 RFC822.SIZE 5 BODY[] NIL)\r\n", true)]
    [TestCase("* 1 FETCH (UID 7 RFC822.SIZE 5)\r\n", true)]
    [TestCase("* 1 FETCH (UID 9 BODY[] {3}\r\nbad)\r\n", false)]
    [TestCase("* 1 FETCH (BODY[] {3}\r\nbad UID 9)\r\n", false)]
    [TestCase("* 1 FETCH (BODY[] {3}\r\nbad)\r\n", false)]
    [TestCase("* 1 FETCH (UID 7 BODY[] ({3}\r\nbad))\r\n", true)]
    [TestCase("* 1 FETCH (UID 7 BODY[TEXT] {3}\r\nbad)\r\n", true)]
    [TestCase("* 1 FETCH (UID 7 BODY[] {3}\r\nbad BODY[] NIL)\r\n", true)]
    public async Task Where_no_bytes_of_it_came_that_is_said(string answer, bool facts)
    {
        await using ScriptedPeer peer = ImapPeer.Play(answer + "% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBodies([7], mails, CancellationToken.None);
        ImapFetched end = mails.Ends.Single();
        Assert.That((end.Uid, end.HasBody, end.Bytes, end.Refusal), Is.EqualTo((7u, false, 0L, (ImapRefusal?)null)));
        Assert.That(end.Mail is not null, Is.EqualTo(facts));
    }

    [Test]
    public async Task An_empty_message_is_one()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* 1 FETCH (UID 7 BODY[] {0}\r\n)\r\n% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBodies([7], mails, CancellationToken.None);
        Assert.That((mails.Ends.Single().HasBody, mails.Texts[7]), Is.EqualTo((true, "")));
    }

    [Test]
    public async Task Eight_commands_are_on_the_way_and_each_ends_in_order()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await ImapPeer.LogIn(peer);
            for (int count = 0; count < 8; count++)
                await peer.Hear();
            for (int uid = 1; uid <= 20; uid++)
            {
                string tag = $"A{uid + 1}";
                await peer.Say(uid == 3 ? $"{tag} NO [EXPUNGEISSUED] gone\r\n" : uid == 4 ? $"{tag} BAD\r\n" : $"* {uid} FETCH (UID {uid} BODY[] {{2}}\r\n{uid:00})\r\n{tag} OK\r\n");
                if (uid <= 12)
                    await peer.Hear();
            }
            await peer.Hear();
        });
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        uint[] uids = [.. Enumerable.Range(1, 20).Select(uid => (uint)uid)];
        await client.FetchBodies(uids, mails, CancellationToken.None);
        Assert.That(mails.Ends.Select(end => end.Uid), Is.EqualTo(uids));
        Assert.That(mails.Ends.Where(end => end.Refusal is not null).Select(end => $"{end.Uid} {end.Refusal!.Status} {end.Refusal.Code}"), Is.EqualTo((string[])["3 No EXPUNGEISSUED", "4 Bad "]));
        Assert.That(mails.Texts.Keys, Is.EqualTo(uids.Except((uint[])[3, 4])));
        Assert.That(mails.Texts.All(mail => mail.Value == $"{mail.Key:00}"), Is.True);
        Assert.That(client.Usable, Is.True);
    }

    [Test]
    public async Task Answers_that_come_before_the_commands_end_keep_apart()
    {
        await using ScriptedPeer peer = ImapPeer.Play("", "", "* 1 FETCH (UID 1 BODY[] {1}\r\na)\r\n* 2 FETCH (BODY[] {1}\r\nb UID 2)\r\n* 3 FETCH (UID 3 BODY[] {1}\r\nc)\r\nA3 OK\r\nA2 OK\r\nA4 OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBodies([1, 2, 3], mails, CancellationToken.None);
        Assert.That(mails.Calls, Is.EqualTo((string[])["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"]));
        Assert.That(string.Concat(mails.Texts.OrderBy(mail => mail.Key).Select(mail => mail.Value)), Is.EqualTo("abc"));
    }

    [Test]
    public async Task An_answer_out_of_turn_is_left_out_and_never_taken_for_another()
    {
        await using ScriptedPeer peer = ImapPeer.Play("", "* 2 FETCH (UID 2 BODY[] {1}\r\nb)\r\nA3 OK\r\n* 1 FETCH (UID 1 BODY[] {1}\r\na)\r\nA2 OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        await client.FetchBodies([1, 2], mails, CancellationToken.None);
        Assert.That(mails.Ends.Select(end => (end.Uid, end.HasBody)), Is.EqualTo(((uint, bool)[])[(1, true), (2, false)]));
        Assert.That(mails.Texts[1], Is.EqualTo("a"));
    }

    [Test]
    public async Task What_the_receiver_throws_comes_out_and_ends_the_connection()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        IOException full = new("The disk is full.");
        IOException? thrown = await Assert.ThrowsAsync<IOException>(() => client.FetchBodies([7], new Collected { Failure = full }, CancellationToken.None));
        Assert.That(thrown, Is.SameAs(full));
        Assert.That(client.Usable, Is.False);
    }

    [TestCase("* BYE [LIMIT] too much\r\n")]
    [TestCase("* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n* BYE [LIMIT] too much\r\n")]
    public async Task A_goodbye_ends_all_that_are_under_way(string answer)
    {
        await using ScriptedPeer peer = ImapPeer.Play("", answer);
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        ImapRefusal? bye = await Assert.ThrowsAsync<ImapRefusal>(() => client.FetchBodies([7, 8], mails, CancellationToken.None));
        Assert.That((bye!.Status, bye.Code, client.Usable), Is.EqualTo((ImapStatus.Bye, "LIMIT", false)));
        Assert.That(mails.Ends, Is.Empty);
    }

    [TestCase("* 1 FETCH (UID 7 BODY[] {500}\r\nhel")]
    [TestCase("* 1 FETCH (UID 7 BODY[] {5}\r\nhello")]
    public async Task A_message_that_breaks_off_does_not_end(string answer)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await ImapPeer.LogIn(peer);
            await ImapPeer.Answer(peer, answer);
        });
        await using ImapClient client = await ImapPeer.Dial(peer);
        Collected mails = new();
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => client.FetchBodies([7], mails, CancellationToken.None)))!.Fault, Is.EqualTo(ImapFault.Closed));
        Assert.That((mails.Ends.Count, client.Usable), Is.EqualTo((0, false)));
    }
}
