using System.Text.RegularExpressions;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.House;

/// <summary>The rules of CONTRIBUTING.md that a machine can hold.</summary>
public sealed partial class HouseRulesTests
{
    private const int LongestFile = 400;
    private const int MostFiles = 15;

    /// <summary>Which rooms of gateway/Inbox each one may use; what is not said is forbidden.</summary>
    private static readonly Dictionary<string, string[]> InboxLaw = new()
    {
        ["Configuration"] = [],
        ["Storage"] = [],
        ["RawMail"] = ["Storage"],
        ["Team"] = ["Storage"],
        ["Contacts"] = ["Storage"],
        ["Filtering"] = ["Configuration"],
        ["Conversations"] = ["Configuration", "Contacts", "Filtering", "RawMail", "Storage", "Team"],
        ["Views"] = ["Conversations", "Storage"],
        ["Routing"] = ["Configuration", "Conversations", "Filtering", "RawMail", "Storage", "Team"],
        ["Outbox"] = ["Configuration", "Contacts", "Conversations", "RawMail", "Storage", "Team"],
        ["Intake"] = ["Configuration", "Contacts", "Conversations", "Filtering", "Outbox", "RawMail", "Routing", "Storage", "Team"],
        ["Mailboxes"] = ["Configuration", "Intake", "Outbox", "RawMail", "Storage"],
        ["Jobs"] = ["Configuration", "Conversations", "Intake", "Mailboxes", "Outbox", "Routing", "Storage", "Team"],
    };

    private static readonly Dictionary<string, string[]> MailLaw = new()
    {
        ["Mime"] = [],
        ["Wire"] = [],
        ["Smtp"] = ["Wire"],
        ["Imap"] = ["Wire"],
    };

    private static readonly string[] ForbiddenRooms = ["Common", "Core", "Shared", "Infrastructure", "Utils", "Helpers", "Extensions"];

    [Test]
    public void Each_room_uses_only_the_rooms_it_may()
    {
        List<string> broken = [.. Broken("gateway/Inbox", "MailInbox.Inbox", InboxLaw), .. Broken("gateway/Mail", "MailInbox.Mail", MailLaw)];
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Every_room_has_its_law()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Rooms("gateway/Inbox"), Is.EquivalentTo(InboxLaw.Keys));
            Assert.That(Rooms("gateway/Mail"), Is.EquivalentTo(MailLaw.Keys));
        });
    }

    [Test]
    public void The_wire_knows_nothing_of_the_product()
    {
        IEnumerable<string> found = Sources("gateway/Mail", "*.cs").Where(f => ProductWords().IsMatch(File.ReadAllText(f)));
        Assert.That(found, Is.Empty, "gateway/Mail has no SQL, no product and no clock of its own");
    }

    [Test]
    public void No_file_is_longer_than_a_person_reads()
    {
        IEnumerable<string> found = Code().Where(f => File.ReadLines(f).Count() > LongestFile).Select(f => $"{Repository.Relative(f)}: {File.ReadLines(f).Count()} lines");
        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Names_say_something()
    {
        IEnumerable<string> types = Code().Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => EmptyNames().Matches(File.ReadAllText(f)).Select(m => $"{Repository.Relative(f)}: {m.Value}"));
        Assert.That(types, Is.Empty);
    }

    [Test]
    public void Methods_have_no_async_suffix()
    {
        IEnumerable<string> found = Code().Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => AsyncNames().Matches(File.ReadAllText(f)).Select(m => $"{Repository.Relative(f)}: {m.Groups[1].Value}"))
            .Where(m => !m.EndsWith("StartAsync", StringComparison.Ordinal) && !m.EndsWith("StopAsync", StringComparison.Ordinal) && !m.EndsWith("DisposeAsync", StringComparison.Ordinal));
        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Rooms_have_names_of_the_trade()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Repository.Root, "*", SearchOption.AllDirectories)
            .Where(Repository.IsOurs).Where(d => ForbiddenRooms.Contains(Path.GetFileName(d)));
        Assert.That(folders, Is.Empty);
    }

    [Test]
    public void No_room_holds_more_than_fifteen_files()
    {
        IEnumerable<string> crowded = ((string[])["gateway", "admin"]).SelectMany(f => Sources(f, "*.cs").Concat(Sources(f, "*.razor")))
            .GroupBy(f => Path.GetDirectoryName(f)!).Where(room => room.Count() > MostFiles).Select(room => $"{Repository.Relative(room.Key)}: {room.Count()}");
        Assert.That(crowded, Is.Empty);
    }

    [Test]
    public void Nothing_is_left_for_later()
    {
        IEnumerable<string> found = Code().SelectMany(f => File.ReadLines(f).Where(l => Leftovers().IsMatch(l)).Select(l => $"{Repository.Relative(f)}: {l.Trim()}"));
        Assert.That(found, Is.Empty);
    }

    private static IEnumerable<string> Broken(string floor, string root, Dictionary<string, string[]> law)
    {
        Regex use = new($@"\b{Regex.Escape(root)}\.(\w+)");
        foreach ((string room, string[] allowed) in law)
        {
            foreach (string file in Sources($"{floor}/{room}", "*.cs"))
            {
                foreach (string used in use.Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct())
                {
                    if (used != room && law.ContainsKey(used) && !allowed.Contains(used))
                    {
                        yield return $"{Repository.Relative(file)} uses {used}";
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Rooms(string floor) => Directory.EnumerateDirectories(Path.Combine(Repository.Root, floor))
        .Where(Repository.IsOurs).Select(d => Path.GetFileName(d)!);

    private static IEnumerable<string> Sources(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories).Where(Repository.IsOurs);

    private static IEnumerable<string> Code() =>
        ((string[])["*.cs", "*.razor", "*.ts", "*.css"]).SelectMany(p => Sources("gateway", p).Concat(Sources("admin", p)).Concat(Sources("tests", p)));

    [GeneratedRegex(@"MailInbox\.Inbox|MailInbox\.Admin|\bSELECT\b.*\bFROM\b|\bINSERT INTO\b|Microsoft\.Data")]
    private static partial Regex ProductWords();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) \w*[a-z](Manager|Helper|Helpers|Service|Processor|Base|Impl|Dto|Model|Util|Utils)\b")]
    private static partial Regex EmptyNames();

    [GeneratedRegex(@"(?:Task|Task<[^\n]*>|ValueTask|ValueTask<[^\n]*>) (\w+Async)\(")]
    private static partial Regex AsyncNames();

    // Written apart, or this file would find itself.
    [GeneratedRegex(@"\bTO" + @"DO\b|FIX" + @"ME\b|\bHACK" + @"\b|NotImplemented" + "Exception|Assert\\.Pass" + @"\(")]
    private static partial Regex Leftovers();
}
