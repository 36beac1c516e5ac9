using System.Globalization;
using System.Text;
using MailInbox.Host.Demo;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Tests.Host;

public sealed class DemoMailsTests
{
    private static readonly DateTimeOffset Now = new(2025, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<DemoMail> Sent = DemoMails.All(new DemoPost("support@example.com", Now));
    private static readonly IReadOnlyList<MimeMessage> Read = [.. Sent.Select(m => MimeParser.Parse(m.Bytes))];

    [Test]
    public void Every_mail_is_sound()
    {
        Assert.That(Read.SelectMany(m => m.Defects.Select(d => $"{m.Subject}: {d.Text}")), Is.Empty);
        Assert.That(Read.Where(m => m.From.Count != 1 || m.Date is null || m.MessageId.Length == 0), Is.Empty);
        Assert.That(Read.SelectMany(m => m.AllParts()).Where(p => p.Parts.Count == 0 && p.Text().Contains('\uFFFD', StringComparison.Ordinal) && p.Type.Media.StartsWith("text/", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_line_may_go_over_the_wire()
    {
        foreach (DemoMail mail in Sent)
        {
            string text = Encoding.Latin1.GetString(mail.Bytes);
            string[] lines = text.Split("\r\n");
            Assert.Multiple(() =>
            {
                Assert.That(lines.Where(l => l.Length > 998 || l.AsSpan().ContainsAny('\r', '\n', '\0')), Is.Empty, mail.Subject);
                Assert.That(lines.TakeWhile(l => l.Length > 0).Where(l => !l.All(char.IsAscii)), Is.Empty, mail.Subject);
                Assert.That(text, Does.EndWith("\r\n"), mail.Subject);
            });
        }
    }

    [Test]
    public void Subjects_read_as_they_were_meant()
    {
        Assert.That(Read.Select(m => m.Subject), Is.EqualTo(Sent.Select(m => m.Subject)));
    }

    [TestCase("j.weissmueller@briefkasten.example", "Jürgen Weißmüller", "sie haben 18 cm, bestellt waren 22 cm. Maße laut Prospekt: 22 cm × 15 cm.")]
    [TestCase("bohumil@schranka.example", "Bohumil Řezníček", "Žádný e-mail jsem zatím nedostal, peníze ale odešly.")]
    [TestCase("v.zhuravleva@pochtovik.example", "Василиса Журавлёва", "У торшера «Полярный» через месяц")]
    [TestCase("timofey@ruchey.example", "Тимофей Ручьёв", "двенадцать настольных ламп")]
    [TestCase("chihiro.takanashi@yubin.example", "高梨 千尋", "先週注文した読書灯（注文番号20440）の納期を")]
    [TestCase("xiaowen.ouyang@youxiang.example", "欧阳晓雯", "请问可以免费更换吗？")]
    [TestCase("peishan.wang@xinxiang.example", "汪佩珊", "請問門市星期日有營業嗎？")]
    [TestCase("layla@barid.example", "ليلى الحدّاد", "هل يمكنكم إخباري بموعد التسليم المتوقّع؟")]
    [TestCase("noam.barkai@doar.example", "נועם ברקאי", "תודה מראש")]
    [TestCase("rosa@whyte-catering.example", "Rosa Delacroix-Whyte", "content: \"€ \"")]
    public void Names_and_texts_read_as_they_were_meant(string address, string name, string text)
    {
        MimeMessage mail = Read.Single(m => m.From[0].Address == address);
        Assert.That(mail.From[0].Name, Is.EqualTo(name));
        Assert.That(mail.TextBody.Single().Text(), Does.Contain(text));
    }

    [Test]
    public void Only_the_twins_share_a_message_id()
    {
        IGrouping<string, DemoMail> twins = Sent.Zip(Read).GroupBy(p => p.Second.MessageId, p => p.First).Single(g => g.Count() > 1);
        Assert.That(twins.Count(), Is.EqualTo(2));
        Assert.That(twins.First().Bytes, Is.EqualTo(twins.Last().Bytes));
    }

    [Test]
    public void Every_run_makes_new_mails()
    {
        IEnumerable<string> again = DemoMails.All(new DemoPost("support@example.com", Now)).Select(m => MimeParser.Parse(m.Bytes).MessageId);
        Assert.That(again.Intersect(Read.Select(m => m.MessageId)), Is.Empty);
    }

    [Test]
    public void Dates_are_of_the_last_five_days()
    {
        Assert.That(Sent.Select(m => m.Date), Is.Ordered);
        Assert.That(Read.Select(m => m.Date!.Value), Has.All.InRange(Now.AddDays(-5), Now));
        Assert.That(Read.Select(m => m.Date!.Value.Offset).Distinct().Count(), Is.GreaterThan(5));
        Assert.That(Read.Select(m => m.Date!.Value), Is.EqualTo(Sent.Select(m => m.Date)));
    }

    [Test]
    public void Nobody_and_no_place_is_real()
    {
        IEnumerable<string> addresses = Read.SelectMany(m => m.From.Concat(m.To).Concat(m.Cc).Concat(m.ReplyTo).Concat(m.Sender)).Select(a => a.Address).Concat(Sent.Select(m => m.EnvelopeFrom).Where(a => a.Length > 0));
        Assert.That(addresses.Where(a => !a.EndsWith(".example", StringComparison.Ordinal)).Distinct(), Is.SubsetOf((string[])["support@example.com", "support+stage@example.com"]));
        string[] links = [.. Read.SelectMany(m => m.AllParts()).Where(p => p.Parts.Count == 0).SelectMany(p => p.Text().Split("https://").Skip(1)).Select(l => l.Split('/', '"', '>', '\n')[0])];
        Assert.That(links, Has.Length.GreaterThan(3).And.All.EndsWith(".example"));
    }

    [Test]
    public void Mails_go_to_the_inbox_and_its_sub_address()
    {
        Assert.That(Sent.Select(m => m.Recipients[0]), Has.All.EqualTo("support@example.com"));
        Assert.That(Sent.Single(m => m.Recipients.Count > 1).Recipients, Is.EqualTo((string[])["support@example.com", "support+stage@example.com"]));
        Assert.That(DemoMails.All(new DemoPost("help+us@desk.example", Now)).SelectMany(m => m.Recipients), Has.All.EqualTo("help+us@desk.example"));
    }

    [Test]
    public void Answers_follow_what_they_answer()
    {
        MimeMessage last = Read.Single(m => m.References.Count == 4);
        MimeMessage[] thread = [.. last.References.Select(id => Read.Single(m => m.MessageId == id)), last];
        Assert.Multiple(() =>
        {
            Assert.That(thread.Select(m => m.From[0].Address).Distinct().Count(), Is.EqualTo(2));
            Assert.That(thread.Select(m => m.Cc.Count), Has.All.EqualTo(1));
            Assert.That(thread.Skip(1).Select(m => m.InReplyTo.Single()), Is.EqualTo(thread.SkipLast(1).Select(m => m.MessageId)));
            Assert.That(QuotedText.Split(last.TextBody[0].Text()).Visible, Does.Contain("Any news from your side?").And.Not.Contain("opening a showroom"));
            Assert.That(Read.Count(m => m.InReplyTo.Count > 0), Is.EqualTo(10));
            Assert.That(Read.SkipWhile(m => m.Subject != "Re: Spare glass for lamp no. 88").Skip(1).Count(m => m.Subject == "Spare glass for lamp no. 88"), Is.EqualTo(1), "an answer that comes first");
        });
    }

    [Test]
    public void Charsets_and_encodings_vary()
    {
        MimePart[] texts = [.. Read.SelectMany(m => m.AllParts()).Where(p => p.Type.Media is "text/plain" or "text/html")];
        string[] charsets = [.. texts.Select(p => p.Type.Charset.ToLowerInvariant()).Where(c => c.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        Assert.That(charsets, Is.EqualTo((string[])["big5", "gb18030", "iso-2022-jp", "iso-8859-1", "iso-8859-2", "koi8-r", "us-ascii", "utf-8", "windows-1251"]));
        Assert.That(texts.Select(p => p.Encoding).Distinct(), Is.SupersetOf((string[])["7bit", "8bit", "quoted-printable", "base64"]));
        Assert.That(texts.Count(p => p.Headers.Text("Content-Type").Contains("format=flowed", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(texts.Where(p => p.Encoding == "7bit").All(p => p.RawBody.Span.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0), Is.True);
        string[] words = ["=?iso-8859-1?Q?", "=?iso-8859-2?Q?", "=?windows-1251?B?", "=?koi8-r?B?", "=?iso-2022-jp?B?", "=?gb18030?B?", "=?big5?B?", "=?utf-8?B?", "=?utf-8?Q?"];
        Assert.That(words.Where(w => !Read.Any(m => Encoding.Latin1.GetString(m.Headers.RawOf("Subject").Span).Contains(w, StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Structures_vary()
    {
        string[] media = [.. Read.SelectMany(m => m.AllParts()).Select(p => p.Type.Media).Distinct().Order(StringComparer.Ordinal)];
        Assert.That(media, Is.EqualTo((string[])
        [
            "application/pdf", "image/png", "message/delivery-status", "message/rfc822", "multipart/alternative", "multipart/mixed", "multipart/related",
            "multipart/report", "text/calendar", "text/csv", "text/html", "text/plain", "text/rfc822-headers",
        ]));
        Assert.That(Read.SelectMany(m => m.AllParts()).Select(p => p.FileName).Where(n => n.Length > 0), Is.EquivalentTo((string[])
        [
            "invoice-7731.pdf", "rooms.csv", "CV Nadia Lindqvist.pdf", "Référence – École des métiers.pdf", "IMG_2041.png",
            "foot.png", "Damage report for parcel SP-118-204.eml", "見積書（十一月）.txt",
        ]));
        MimePart image = Read.SelectMany(m => m.AllParts()).Single(p => p.ContentId.Length > 0);
        Assert.That(Read.Count(m => m.HtmlBody.Count > 0 && m.HtmlBody[0].Text().Contains($"cid:{image.ContentId}", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(Read.Count(m => m.HtmlBody.Count > 0 && m.HtmlBody[0].Text().Contains("<img src=\"https://", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(Read.SelectMany(m => m.Attachments).Single(a => a.Message is not null).Message!.From[0].Address, Is.EqualTo("desk@swiftparcel.example"));
    }

    [Test]
    public void Bodies_and_subjects_vary_in_length()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Sent.Count(m => m.Subject.Length == 0), Is.EqualTo(1));
            Assert.That(Sent.Count(m => m.Subject.Length > 200), Is.EqualTo(1));
            Assert.That(Read.Count(m => m.RawBody.Length == 0), Is.EqualTo(1));
            Assert.That(Read.Max(m => m.RawBody.Length), Is.GreaterThan(30_000));
            Assert.That(Sent, Has.Count.InRange(55, 70));
        });
    }

    [Test]
    public void Machines_and_lists_say_what_they_are()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Read.Count(m => ListFields.Of(m.Headers).Id.Length > 0), Is.EqualTo(2));
            Assert.That(Read.Count(m => Precedence.Keyword(m.Headers) == "bulk"), Is.EqualTo(2));
            Assert.That(Read.Count(m => AutoSubmitted.Keyword(m.Headers) == "auto-replied"), Is.EqualTo(2));
            Assert.That(Sent.Count(m => m.EnvelopeFrom.Length == 0), Is.EqualTo(1));
            Assert.That(Read.Select(m => m.From[0].Address.Split('@')[0]), Is.SupersetOf((string[])["marketing", "no-reply", "newsletter", "sales"]));
            Assert.That(Read.Count(m => m.ReplyTo.Count > 0), Is.EqualTo(1));
            Assert.That(Read.Count(m => m.Sender.Count > 0 && m.Sender[0].Address != m.From[0].Address && m.References.Count == 0 && !m.Headers.Has("List-Id")), Is.EqualTo(1));
            Assert.That(Read.Max(m => m.To.Count + m.Cc.Count), Is.EqualTo(5));
        });
    }

    [Test]
    public void Attached_files_are_what_they_seem()
    {
        byte[] pdf = Read.SelectMany(m => m.Attachments).Single(a => a.FileName == "invoice-7731.pdf").Decode();
        string text = Encoding.ASCII.GetString(pdf);
        int table = int.Parse(text.Split("startxref\n")[1].Split('\n')[0], CultureInfo.InvariantCulture);
        Assert.That(text[table..], Does.StartWith("xref\n0 6\n0000000000 65535 f \n0000000009 00000 n \n"));
        byte[] png = Read.SelectMany(m => m.Attachments).Single(a => a.FileName == "IMG_2041.png").Decode();
        Assert.That(Convert.ToHexString(png[..24]), Is.EqualTo("89504E470D0A1A0A0000000D4948445200000140000000F0"));
        Assert.That(Convert.ToHexString(png[^12..]), Is.EqualTo("0000000049454E44AE426082"), "the sum of the empty chunk is known from the standard");
    }
}
