using MailInbox.Mail.Mime.Headers;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>Mailboxes and local parts that a mail provider calls valid or invalid; what is commented out there is right after RFC 5322 too and is read as well.</summary>
public sealed class FlankerAddressesTests
{
    [Test]
    public void Every_valid_mailbox_is_read_exactly()
    {
        int count = 0;
        Assert.Multiple(() =>
        {
            foreach (string line in Lines("mailbox_valid.txt"))
            {
                count++;
                var read = AddressList.Parse(line);
                Assert.That(read, Has.Count.EqualTo(1), line);
                Assert.That(read[0].Address, Is.EqualTo(AddressOf(line)), line);
                Assert.That(AddressList.Parse($"Name <{read[0].Address}>, next@example.org").Select(m => m.Address), Is.EqualTo([read[0].Address, "next@example.org"]), line);
            }
        });
        Assert.That(count, Is.EqualTo(151));
    }

    [Test]
    public void Every_valid_local_part_is_read_exactly()
    {
        int count = 0;
        Assert.Multiple(() =>
        {
            foreach (string line in Lines("abridged_localpart_valid.txt"))
            {
                count++;
                Assert.That(AddressList.Parse($"{line}@example.org").Single(), Is.EqualTo(new MailAddress("", $"{line}@example.org")), line);
                Assert.That(AddressList.Parse($"A B <{line}@example.org>").Single(), Is.EqualTo(new MailAddress("A B", $"{line}@example.org")), line);
            }
        });
        Assert.That(count, Is.EqualTo(96));
    }

    /// <summary>Obsolete local parts, comments and literals, which the provider refuses and RFC 5322 does not: one mailbox with neither comment nor blank.</summary>
    [Test]
    public void What_the_provider_refuses_but_the_standard_allows_is_read()
    {
        int count = 0;
        Assert.Multiple(() =>
        {
            foreach (string line in File.ReadLines(Path.Combine(Corpus.Require("mime/addresses-flanker"), "mailbox_valid.txt")))
            {
                int note = line.IndexOf("     #", StringComparison.Ordinal);
                if (!line.StartsWith("# ", StringComparison.Ordinal) || note < 0)
                    continue;
                count++;
                string mailbox = line[2..note].Trim();
                string expected = Comments.Remove(mailbox).Replace(" ", "", StringComparison.Ordinal);
                Assert.That(AddressList.Parse(mailbox).Select(m => m.Address), Is.EqualTo([expected]), mailbox);
            }
        });
        Assert.That(count, Is.EqualTo(55));
    }

    /// <summary>
    /// A reader refuses nothing: what stands there is kept as an address or as words, so that a person sees it. Decisions: dots in the wrong place and
    /// several at signs stay in the address; commas and semicolons part; blanks part a name from an address; unpaired quotes and brackets are dropped or stay.
    /// </summary>
    [Test]
    public void Invalid_mailboxes_lose_nothing_a_person_wrote()
    {
        int count = 0, withAddress = 0;
        Assert.Multiple(() =>
        {
            foreach (string line in Lines("mailbox_invalid.txt").Concat(Lines("abridged_localpart_invalid.txt")))
            {
                count++;
                var read = AddressList.Parse(line);
                withAddress += read.Any(m => m.Address.Length > 0) ? 1 : 0;
                Assert.That(read.Count > 0 || !line.Any(char.IsLetterOrDigit), Is.True, line);
                Assert.That(read.All(m => !m.Address.Any(char.IsControl) && !m.Name.Any(char.IsControl)), Is.True, line);
                string shown = string.Concat(AddressList.Groups(line).SelectMany(g => g.Mailboxes.Select(m => m.Name + m.Address).Append(g.Name)));
                Assert.That(line.Where(char.IsAsciiLetterOrDigit).Except(shown), Is.Empty, line);
                Assert.That(AddressList.Parse($"{line}\n, next@example.org").Sum(m => m.Address.Length), Is.GreaterThan(0), line);
            }
        });
        TestContext.Out.WriteLine($"{withAddress} of {count} invalid mailboxes give an address");
        Assert.That(withAddress, Is.GreaterThanOrEqualTo(110));
    }

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(Corpus.Require("mime/addresses-flanker"), file))
            .Where(l => !l.StartsWith('#') && l.Trim().Length > 0 && !l.TrimStart().StartsWith("# ", StringComparison.Ordinal))
            .Select(l => l.Contains("     #", StringComparison.Ordinal) ? l[..l.IndexOf("     #", StringComparison.Ordinal)].TrimEnd() : l);

    /// <summary>What stands in the brackets, else the line without its comments.</summary>
    private static string AddressOf(string line)
    {
        int open = line.LastIndexOf('<');
        return open > 0 && line.EndsWith('>') ? line[(open + 1)..^1] : Comments.Remove(line).Trim();
    }
}
