using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>RFC 2047 as it is written, and as it is broken.</summary>
public sealed class EncodedWordsTests
{
    // Neighbours: blanks between them go, whatever their charsets; other blanks stay.
    [TestCase("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab")]
    [TestCase("=?utf-8?Q?a?=    =?utf-8?Q?b?=", "ab")]
    [TestCase("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab")]
    [TestCase("=?utf-8?Q?a?= =?iso-8859-1?Q?=E4?=", "aä")]
    [TestCase("=?utf-8?Q?a_?= =?utf-8?Q?b?=", "a b")]
    [TestCase("x =?utf-8?Q?a?= y", "x a y")]
    [TestCase("x =?utf-8?Q?a?= y =?utf-8?Q?b?=", "x a y b")]
    [TestCase("(=?utf-8?Q?a?=)", "(a)")]
    [TestCase("M=?iso-8859-1?Q?=FC?=ller", "Müller")]
    [TestCase("[tag]=?utf-8?Q?a?=", "[tag] a")]
    [TestCase("Re:=?utf-8?Q?a?=", "Re: a")]
    [TestCase("[tag] =?utf-8?Q?a?=", "[tag] a")]
    // Bytes of one charset are joined before they become characters.
    [TestCase("=?utf-8?Q?=C3?= =?utf-8?Q?=A4?=", "ä")]
    [TestCase("=?utf-8?B?w6?= =?utf-8?B?Q=?=", "ä")]
    [TestCase("=?utf-8?B?4pyT4pw=?= =?utf-8?B?kw==?=", "✓✓")]
    [TestCase("=?utf-8?B?8J+Y?= =?utf-8?B?gA==?=", "😀")]
    [TestCase("=?utf-8?Q?=F0=9F?= =?UTF-8?Q?=98=80?=", "😀")]
    [TestCase("=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?S1wbKEI=?=", "日本")]
    [TestCase("=?gb2312?Q?=D6?= =?gb2312?Q?=D0?=", "中")]
    // Broken B: no padding, padding in the middle, blanks and folds inside, foreign characters.
    [TestCase("=?utf-8?B?w6Q?=", "ä")]
    [TestCase("=?utf-8?B?w6Q?= x", "ä x")]
    [TestCase("=?utf-8?B?YQ==Yg==?=", "ab")]
    [TestCase("=?utf-8?B?YW Jj?=", "abc")]
    [TestCase("=?utf-8?B?YW!Jj?=", "abc")]
    [TestCase("=?utf-8?B?YWJ?=", "ab")]
    [TestCase("=?utf-8?B?Y?=", "")]
    [TestCase("=?utf-8?B??= x", " x")]
    [TestCase("=?utf-8?b?YQ==?=", "a")]
    // Broken Q: lone equals signs, lower case, blanks, question marks.
    [TestCase("=?utf-8?Q?a=?=", "a=")]
    [TestCase("=?utf-8?Q?a=4?=", "a=4")]
    [TestCase("=?utf-8?Q?a=ZZb?=", "a=ZZb")]
    [TestCase("=?utf-8?Q?=c3=a4?=", "ä")]
    [TestCase("=?utf-8?Q?a b c?=", "a b c")]
    [TestCase("=?utf-8?Q?Why??=", "Why?")]
    [TestCase("=?utf-8?Q?Why?=20not?=", "Why? not")]
    [TestCase("=?utf-8?q?a_b?=", "a b")]
    [TestCase("=?utf-8?Q?a=5Fb?=", "a_b")]
    [TestCase("=?utf-8?Q??=", "")]
    [TestCase("=?utf-8?Q?a=0D=0Ab=00c=09d?=", "a  bc d")]
    // Raw characters as payload.
    [TestCase("=?UTF-8?B?Kévin?=", "=?UTF-8?B?Kévin?=")]
    [TestCase("=?UTF-8?Q?Kévin_=C3=A4?=", "Kévin ä")]
    [TestCase("=?iso-8859-1?Q?Kévin_=E4?=", "Kévin ä")]
    [TestCase("=?us-ascii?Q?日本?=", "日本")]
    // Charsets: unknown, wrong, aliases, language, blanks.
    [TestCase("=?x-unknown?Q?caf=E9?=", "café")]
    [TestCase("=?unknown-8bit?Q?caf=C3=A9?=", "café")]
    [TestCase("=?utf-8?Q?caf=E9?=", "café")]
    [TestCase("=?us-ascii?Q?caf=C3=A9?=", "café")]
    [TestCase("=?utf-8*en?Q?=C3=A4?=", "ä")]
    [TestCase("=?utf-8*en-GB?B?w6Q=?= =?utf-8*de?B?w6Q=?=", "ää")]
    [TestCase("=? utf-8 ?Q?=C3=A4?=", "ä")]
    [TestCase("=?\"utf-8\"?Q?=C3=A4?=", "ä")]
    [TestCase("=?utf8?Q?=C3=A4?=", "ä")]
    [TestCase("=?cp1252?Q?=80?=", "€")]
    [TestCase("=?iso-8859-1?Q?=80?=", "€")]
    [TestCase("=?windows-1251?B?z/Do4uXy?=", "Привет")]
    [TestCase("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [TestCase("=?iso-8859-5?B?v+DY0tXi?=", "Привет")]
    [TestCase("=?iso-8859-2?Q?=A3=F3d=BC?=", "Łódź")]
    [TestCase("=?iso-8859-7?B?w+Xp4Q==?=", "Γεια")]
    [TestCase("=?windows-1255?B?+ezl7Q==?=", "שלום")]
    [TestCase("=?iso-8859-8-i?B?+ezl7Q==?=", "שלום")]
    [TestCase("=?windows-1256?B?5djPxw==?=", "هطدا")]
    [TestCase("=?iso-8859-9?Q?=DDstanbul?=", "İstanbul")]
    [TestCase("=?iso-8859-15?Q?=A4?=", "€")]
    [TestCase("=?tis-620?B?ys3K1A==?=", "สอสิ")]
    [TestCase("=?gb2312?B?1tDOxA==?=", "中文")]
    [TestCase("=?gbk?B?1tDOxA==?=", "中文")]
    [TestCase("=?gb18030?B?1tDOxA==?=", "中文")]
    [TestCase("=?hz-gb-2312?Q?~{VPND~}?=", "中文")]
    [TestCase("=?big5?B?pKSk5Q==?=", "中文")]
    [TestCase("=?shift_jis?B?k/qWew==?=", "日本")]
    [TestCase("=?euc-jp?B?xvzL3A==?=", "日本")]
    [TestCase("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本")]
    [TestCase("=?euc-kr?B?x9GxuQ==?=", "한국")]
    [TestCase("=?ks_c_5601-1987?B?x9GxuQ==?=", "한국")]
    [TestCase("=?utf-7?Q?+AOQ-?=", "ä")]
    [TestCase("=?utf-16?B?/v8A5A==?=", "ä")]
    // What is no word.
    [TestCase("=?=?=?=?", "=?=?=?=?")]
    [TestCase("=?utf-8?X?a?=", "=?utf-8?X?a?=")]
    [TestCase("=?utf-8?Q?", "=?utf-8?Q?")]
    [TestCase("=?utf-8?Q?a", "=?utf-8?Q?a")]
    [TestCase("=??Q?a?=", "a")]
    [TestCase("=?utf-8?=", "=?utf-8?=")]
    [TestCase("=?utf-8?Q?a?", "=?utf-8?Q?a?")]
    [TestCase("=?=?utf-8?Q?a?=", "=?a")]
    [TestCase("1 =? 2 ?= 3", "1 =? 2 ?= 3")]
    [TestCase("?==?utf-8?Q?a?=", "?=a")]
    [TestCase("\"=?utf-8?Q?a?=\"", "\"a\"")]
    public void Words_are_read(string value, string expected) => Assert.That(EncodedWords.Decode(value), Is.EqualTo(expected));

    [TestCase("=?utf-8?B?w6Q=?=\r\n =?utf-8?B?w6Q=?=", "ää")]
    [TestCase("a\r\n =?utf-8?Q?b?=\r\n c", "a b c")]
    [TestCase("=?utf-8?Q?a\r\n b?=", "ab")]
    [TestCase("=?utf-8?B?YW\r\n Jj?=", "abc")]
    [TestCase("=?utf-8?Q?a?=\r\n\t=?utf-8?Q?_b?=", "a b")]
    [TestCase("r\u00E9sum\u00E9 =?utf-8?B?w6Q=?=", "résumé ä")]
    public void Folded_fields_are_read(string value, string expected)
    {
        var headers = Mails.Parse($"Subject: {value}\r\n\r\n").Headers;
        Assert.That(headers.Text("Subject"), Is.EqualTo(expected));
        Assert.That(Encoding.UTF8.GetString(headers.First("Subject")!.RawValue.Span), Is.EqualTo($" {value}\r\n"), "the raw bytes stay");
    }

    [Test]
    public void Any_text_cut_anywhere_is_read_back() =>
        Prop.ForAll<NonNull<string>, PositiveInt, bool>((text, cut, quoted) =>
        {
            string clean = string.Concat(text.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
            var words = Encoding.UTF8.GetBytes(clean).Chunk((cut.Get % 9) + 1)
                .Select(bytes => quoted ? $"=?utf-8?Q?{string.Concat(bytes.Select(b => $"={b:X2}"))}?=" : $"=?utf-8?B?{Convert.ToBase64String(bytes)}?=");
            return EncodedWords.Decode(string.Join(' ', words)) == clean;
        }).QuickCheckThrowOnFailure();
}
