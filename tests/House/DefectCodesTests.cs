using System.Reflection;
using System.Text.RegularExpressions;
using MailInbox.Mail.Mime;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.House;

/// <summary>What is reported of mail stands in one list.</summary>
public sealed partial class DefectCodesTests
{
    private static readonly string[] Codes = [.. typeof(DefectCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!)];

    [Test]
    public void Codes_are_words_with_dashes_and_each_stands_once() =>
        Assert.That(Codes, Is.Unique.And.All.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));

    [Test]
    public void No_code_is_written_anywhere_but_in_the_list()
    {
        string folder = Path.Combine(Repository.Root, "gateway", "Mail", "Mime");
        var literal = new Regex($"\"({string.Join('|', Codes)})\"");
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "DefectCodes.cs"))
        {
            string text = File.ReadAllText(file);
            Assert.That(literal.Matches(text).Concat(Reported().Matches(text)).Select(m => m.Value), Is.Empty, Repository.Relative(file));
        }
    }

    [Test]
    public void Every_code_is_used()
    {
        string folder = Path.Combine(Repository.Root, "gateway", "Mail", "Mime");
        string all = string.Concat(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (var field in typeof(DefectCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
            Assert.That(all, Does.Contain($"DefectCodes.{field.Name}"));
    }

    /// <summary>A code given as a literal.</summary>
    [GeneratedRegex("(Report|ReportOnce|new MimeDefect|Damage\\.Add\\()\\(\"[^\"]*\"")]
    private static partial Regex Reported();
}
