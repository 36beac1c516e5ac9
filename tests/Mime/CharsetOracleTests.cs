using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.CodePages;
using MailInbox.Mail.Mime.Decoding;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>Every character of every charset, encoded by Python's codecs, comes out of ours.</summary>
public sealed class CharsetOracleTests
{
    private const string Script = """
        import sys
        codec = sys.argv[1]
        out = sys.stdout
        for cp in range(0x20, 0x30000):
            if 0xD800 <= cp < 0xE000: continue
            if codec == 'gb18030' and cp > 0x9FFF and cp % 7: continue
            c = chr(cp)
            try: b = c.encode(codec); t = b.decode(codec)
            except Exception: continue
            print(b.hex(), t.encode('utf-16-be').hex())
        """;

    /// <summary>Label, Python's codec, and the encoded characters for which we follow the Encoding Standard or Microsoft's superset instead.</summary>
    private static IEnumerable<TestCaseData> Codecs()
    {
        const string JisSigns = "wave dash, minus, double bar, cent, pound and not sign as Windows has them";
        (string Label, string Codec, int Differences, string Why)[] all =
        [
            ("windows-1250", "cp1250", 0, ""), ("windows-1251", "cp1251", 0, ""), ("iso-8859-1", "cp1252", 0, ""), ("windows-1253", "cp1253", 0, ""), ("iso-8859-9", "cp1254", 0, ""),
            ("windows-1255", "cp1255", 0, ""), ("windows-1256", "cp1256", 0, ""), ("windows-1257", "cp1257", 0, ""), ("windows-1258", "cp1258", 0, ""), ("iso-8859-11", "cp874", 0, ""),
            ("latin2", "iso8859-2", 0, ""), ("latin3", "iso8859-3", 0, ""), ("latin4", "iso8859-4", 0, ""), ("iso-8859-5", "iso8859-5", 0, ""), ("iso-8859-6", "iso8859-6", 0, ""),
            ("greek", "iso8859-7", 0, ""), ("iso-8859-8-i", "iso8859-8", 0, ""), ("iso-8859-10", "iso8859-10", 0, ""), ("iso-8859-13", "iso8859-13", 0, ""), ("iso-8859-14", "iso8859-14", 0, ""),
            ("iso-8859-15", "iso8859-15", 0, ""), ("iso-8859-16", "iso8859-16", 0, ""), ("koi8-r", "koi8-r", 0, ""), ("koi8-u", "koi8-u", 2, "Belarusian letters of KOI8-RU"),
            ("cp437", "cp437", 0, ""), ("cp-850", "cp850", 0, ""), ("ibm852", "cp852", 0, ""), ("cp855", "cp855", 0, ""), ("cp866", "cp866", 0, ""), ("cp858", "cp858", 0, ""), ("cp037", "cp037", 0, ""), ("cp500", "cp500", 0, ""),
            ("macintosh", "mac_roman", 1, "private sign of a company"), ("x-mac-cyrillic", "mac_cyrillic", 0, ""), ("x-mac-ce", "mac_latin2", 0, ""),
            ("shift_jis", "cp932", 5, "free single bytes"), ("euc-jp", "euc_jp", 6, JisSigns), ("iso-2022-jp", "iso2022_jp", 6, JisSigns), ("iso-2022-jp", "iso2022_jp_1", 6, JisSigns), ("iso-2022-jp-2", "iso2022_jp_2", 6, JisSigns),
            ("iso-2022-jp", "iso2022_jp_ext", 6, JisSigns), ("iso-2022-kr", "iso2022_kr", 0, ""), ("ks_c_5601-1987", "cp949", 0, ""), ("johab", "johab", 94, "single jamo as letters for joining"),
            ("gb2312", "gbk", 0, ""), ("gb18030", "gb18030", 0, ""), ("hz-gb-2312", "hz", 2, "dash and dot as in GBK"), ("big5", "big5hkscs", 12, "signs as Windows has them"),
            ("utf-7", "utf-7", 0, ""), ("utf-32", "utf-32-le", 0, ""), ("utf-8", "utf-8", 0, ""),
        ];
        return all.Select(c => new TestCaseData(c.Label, c.Codec, c.Differences).SetArgDisplayNames(c.Label, c.Codec));
    }

    [TestCaseSource(nameof(Codecs))]
    public void Every_character_is_read_as_Python_wrote_it(string label, string codec, int differences)
    {
        var wrong = new List<string>();
        int read = 0;
        foreach (string line in Python(codec))
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            byte[] bytes = Convert.FromHexString(line.AsSpan(0, blank));
            string expected = Encoding.BigEndianUnicode.GetString(Convert.FromHexString(line.AsSpan(blank + 1)));
            if (Decoded(bytes, label) != expected)
                wrong.Add(line);
            read++;
        }
        Assert.Multiple(() =>
        {
            Assert.That(read, Is.GreaterThan(100));
            Assert.That(wrong, Has.Count.LessThanOrEqualTo(differences), string.Join(", ", wrong.Take(20)));
        });
    }

    [TestCase("csISO2022JP", "1b24422546253925481b2842", "テスト")]
    [TestCase("iso-2022-jp", "1b284933333f391b2842", "ｳｳｿｹ")]
    [TestCase("iso-2022-jp", "1b244230211b2442302141", "亜亜�")]
    [TestCase("iso-2022-jp", "1b24423021\n41", "亜\nA")]
    [TestCase("iso-2022-jp", "e697a5e69cac", "日本")]
    [TestCase("iso-2022-kr", "0e47510f41", "한A")]
    [TestCase("iso-2022-cn", "1b2429410e56500f", "中")]
    [TestCase("us-ascii", "1b2442467c1b2842", "日")]
    [TestCase("gb2312", "7e7b56507e7d", "中")]
    [TestCase("hz", "7e7b5650\n41", "中\nA")]
    [TestCase("hz", "417e7e7e0a42", "A~B")]
    [TestCase("euc-jp", "8fb0a18eb1c6fc", "丂ｱ日")]
    [TestCase("gb2312", "d6d081308130", "中\u0080")]
    [TestCase("big5", "8862886f", "Ê̄è")]
    [TestCase("gb2312", "e4b8ade69687e5ad97", "中文字")]
    [TestCase("utf-16", "feff0041", "\uFEFFA")]
    [TestCase("utf-16", "41004200", "AB")]
    [TestCase("utf-16", "4100420043", "AB")]
    [TestCase("utf-7", "2b414f512d2b2d", "ä+")]
    [TestCase("windows-1252", "e2809c6869e2809d", "“hi”")]
    [TestCase("mac_roman", "8a", "ä")]
    [TestCase("iso-8859-1*en", "e4", "ä")]
    [TestCase("charset=utf-8", "c3a4", "ä")]
    [TestCase("utf-8; format=flowed", "c3a4", "ä")]
    public void Hard_cases_are_read(string label, string hex, string expected) =>
        Assert.That(Charsets.Decode(Convert.FromHexString(hex.Replace("\n", "0a", StringComparison.Ordinal)), label), Is.EqualTo(expected));

    [Test]
    public void Any_bytes_decode_under_any_label() => Prop.ForAll<byte[], NonNegativeInt>((bytes, number) =>
    {
        int[] pages = [65001, 1252, 1255, 932, 936, 949, 950, 1361, 51932, 50220, 50225, 52936, 54936, 65000, 1200, 1201, 12000, 12001, 28606, 37, 20000, 57002];
        int page = pages[number.Get % pages.Length];
        var decoder = CharsetDecoder.Of(page);
        string text = decoder.Text(bytes);
        string checkedText = Charsets.Text(bytes, $"cp{page}", 50);
        return text.Length <= decoder.MaxChars(bytes.Length) && checkedText.Length <= 50 && !checkedText.AsSpan().ContainsAny('\r', '\0');
    }).QuickCheckThrowOnFailure();

    private static string Decoded(byte[] bytes, string label)
    {
        try
        {
            return Charsets.Decode(bytes, label);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.Message;
        }
    }

    private static List<string> Python(string codec)
    {
        var start = new ProcessStartInfo(Tools.Require("python3")) { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.ArgumentList.Add(codec);
        using var python = Process.Start(start)!;
        var lines = new List<string>();
        while (python.StandardOutput.ReadLine() is { } line)
            lines.Add(line);
        python.WaitForExit();
        Assert.That(python.ExitCode, Is.Zero);
        return lines;
    }
}
