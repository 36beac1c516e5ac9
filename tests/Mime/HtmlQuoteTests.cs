using AngleSharp.Html.Parser;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Tests.Mime;

public sealed class HtmlQuoteTests
{
    private const string Fold = "<details class=\"quoted\"><summary title=\"Show quoted text\">···</summary>";

    /// <summary>What the mail programs send: the answer, then what they put below it.</summary>
    private static readonly (string Program, string Answer, string Quoted)[] Mails =
    [
        ("Gmail", "<div dir=ltr>My answer</div><br>", "<div class=gmail_quote><div dir=ltr class=gmail_attr>On Wed, May 3, 2023 at 10:00 AM Mina &lt;<a href=mailto:mina@b.example>mina@b.example</a>&gt; wrote:<br></div><blockquote class=gmail_quote style='margin:0 0 0 .8ex;border-left:1px #ccc solid'><p>Question?</p></blockquote></div>"),
        ("Gmail in an unknown language", "<div dir=ltr>My answer</div><br>", "<div class=gmail_quote><div dir=ltr class=gmail_attr>Xu xyz:<br></div><blockquote class=gmail_quote><p>Question?</p></blockquote></div>"),
        ("Gmail with a signature", "<div dir=ltr>My answer<br clear=all><div><br></div></div>", "<span class=gmail_signature_prefix>-- </span><br><div class=gmail_signature>Jo<br>Example Ltd</div><div class=gmail_quote><blockquote class=gmail_quote>Question?</blockquote></div>"),
        ("Gmail, forwarded", "<div dir=ltr>See below</div><br>", "<div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: <b>Mina</b> &lt;mina@b.example&gt;<br>Date: Wed<br>Subject: x<br>To: Jo<br></div><p>Question?</p></div>"),
        ("Apple Mail", "<div>My answer</div>", "<div><br><blockquote type=cite><div>On 3 May 2023, at 10:00, Mina &lt;mina@b.example&gt; wrote:</div><br><div>Question?</div></blockquote></div>"),
        ("iPhone", "<div dir=ltr>My answer<br><br></div>", "<div dir=ltr>Sent from my iPhone</div><div dir=ltr><br><blockquote type=cite>On 3 May 2023, at 10:00, Mina &lt;mina@b.example&gt; wrote:<br><br></blockquote></div><blockquote type=cite><div>Question?</div></blockquote>"),
        ("Outlook for Windows", "<div class=WordSection1><p class=MsoNormal>My answer</p><p class=MsoNormal>&nbsp;</p>", "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Von:</b> Mina &lt;mina@b.example&gt; <br><b>Gesendet:</b> Mittwoch, 3. Mai 2023 10:00<br><b>An:</b> Jo<br><b>Betreff:</b> x</p></div></div><p class=MsoNormal>Question?</p></div>"),
        ("Outlook for Windows in an unknown language", "<div class=WordSection1><p class=MsoNormal>My answer</p>", "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Xu:</b> Mina &lt;mina@b.example&gt; <br><b>Yz:</b> 3.5.2023 10:00<br><b>Ab:</b> Jo<br><b>Cd:</b> x</p></div></div><p class=MsoNormal>Question?</p></div>"),
        ("Outlook on the web", "<div>My answer</div><div><br></div>", "<div id=appendonsend></div><hr style='display:inline-block;width:98%'><div id=divRplyFwdMsg dir=ltr><font><b>Xyz:</b> Mina</font><div>&nbsp;</div></div><div>Question?</div>"),
        ("Outlook, passed on", "<div>My answer</div>", "<hr><div id=x_x_divRplyFwdMsg><font><b>Xyz:</b> Mina</font></div><div>Question?</div>"),
        ("Outlook for iOS", "<div dir=ltr>My answer</div><div><br></div>", "<div id=ms-outlook-mobile-signature>Get <a href='https://aka.ms/x'>Outlook for iOS</a></div><hr><div id=divRplyFwdMsg><b>From:</b> Mina</div><div>Question?</div>"),
        ("Outlook Express", "<div>My answer</div>", "<blockquote style='border-left:#000 2px solid'><div>----- Original Message -----</div><div>From: Mina</div><p>Question?</p></blockquote>"),
        ("Old Outlook", "<p>My answer</p>", "<div class=OutlookMessageHeader dir=ltr>Xyz</div><p>Question?</p>"),
        ("Thunderbird", "<p>My answer</p>", "<div class=moz-cite-prefix>Am 03.05.2023 um 10:00 schrieb Mina:<br></div><blockquote type=cite cite=mid:x><p>Question?</p></blockquote><div class=moz-signature>-- <br>Jo</div>"),
        ("Yahoo", "<div class=yahoo-style><div>My answer</div></div>", "<div id=yahoo_quoted_1 class=yahoo_quoted><div><div>Xyz</div><div>Question?</div></div></div>"),
        ("Proton", "<div>My answer<br></div><div><br></div>", "<div class='protonmail_signature_block'><div>Sent with Proton Mail secure email.</div></div><div class=protonmail_quote>On Wednesday, May 3rd, 2023 at 10:00, Mina &lt;mina@b.example&gt; wrote:<br><br><blockquote class=protonmail_quote type=cite>Question?</blockquote></div>"),
        ("Outlook's paragraphs", "<p>My answer</p>", "<p><b>From:</b> Mina &lt;mina@b.example&gt;</p><p><b>Sent:</b> Wednesday, May 3, 2023 10:00 AM</p><p><b>To:</b> Jo</p><p><b>Subject:</b> x</p><p>Question?</p>"),
        ("Horde", "<p>My answer</p>", "<p>Zitat von Mina &lt;mina@b.example&gt;:</p><blockquote type=cite style='border-left:2px solid blue'>Question?</blockquote>"),
        ("NetEase", "<div>My answer</div>", "<div id=ntes-pcmail-quote><div>---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>Mina&lt;mina@b.example&gt;</td></tr></table><div>Question?</div></div>"),
        ("Notes", "<p>My answer</p>", "<table><tr><td>From:</td><td>Mina/ORG</td></tr><tr><td>To:</td><td>jo@z.example</td></tr><tr><td>Date:</td><td>03.05.2023 10:00</td></tr><tr><td>Subject:</td><td>x</td></tr></table><hr>Question?"),
        ("A signature of its own element", "<div><div>My answer</div><div><p>Sent via <a href=https://x.example>Superhuman</a></p></div></div><br>", "<div class=gmail_quote><p>On Wed, May 03, 2023 at 10:00 AM, Mina &lt;mina@b.example&gt; wrote:<br></p><blockquote class=gmail_quote>Question?</blockquote></div>"),
        ("A plain program", "My answer<br><br>", "On 3 May 2023 at 10:00, <b>Mina</b> &lt;<a href=x>mina@b.example</a>&gt; wrote:<br><blockquote>Question?</blockquote>"),
        ("A layout of tables", "<table><tr><td><p>My answer</p>", "<p>-----Original Message-----</p><p>From: Mina</p><p>Question?</p></td></tr></table>"),
    ];

    [TestCaseSource(nameof(Programs))]
    public void What_stands_below_the_answer_is_folded(string program)
    {
        (_, string answer, string quoted) = Mails.Single(mail => mail.Program == program);
        string html = HtmlSanitizer.Clean(answer + quoted, new SanitizeOptions { FoldQuoted = true })!.Html;
        int fold = html.IndexOf(Fold, StringComparison.Ordinal);
        Assert.That(fold, Is.Positive, html);
        Assert.That(Words(html[..fold]), Is.EqualTo(Words(answer)));
        Assert.That(Words(html).Replace("···", "", StringComparison.Ordinal), Is.EqualTo(Words(answer + quoted)));
        SafeHtml.Check(html, again => HtmlSanitizer.Clean(again, new SanitizeOptions { FoldQuoted = true })!.Html);
    }

    [TestCase("<p>Hello</p><p>Mina</p>")]
    [TestCase("<p>Hello</p><blockquote>an indented paragraph</blockquote>")]
    [TestCase("<blockquote type=cite>only a quote</blockquote>")]
    [TestCase("<blockquote type=cite>a?</blockquote><p>Yes.</p>")]
    [TestCase("<div class=gmail_quote><div class=gmail_attr>On Wed, May 3, 2023 at 10:00 AM Mina wrote:</div><blockquote class=gmail_quote>a?</blockquote><div>Yes.</div><div>No.</div></div>")]
    [TestCase("<p>Yes</p><div><blockquote type=cite>a?</blockquote></div><p>below</p>")]
    [TestCase("<p>Yes</p><blockquote type=cite>a?</blockquote><p><img src=cid:x></p>")]
    [TestCase("<p>Read this</p><hr><p>Write to shop@x.example or see https://x.example</p>")]
    [TestCase("<p>Read this</p><div style='border-top:1px solid'>Write to shop@x.example</div>")]
    [TestCase("<table><tr><td>From: Oslo</td></tr><tr><td>To: Bergen</td></tr></table>")]
    public void What_the_writer_wrote_is_not(string html) => Assert.That(HtmlSanitizer.Clean(html, new SanitizeOptions { FoldQuoted = true })!.Html, Does.Not.Contain("<details"));

    [Test]
    public void Answers_between_quotes_stay_in_sight()
    {
        const string Html = "<div class=gmail_quote><div class=gmail_attr>On Wed, May 3, 2023 at 10:00 AM Mina wrote:</div><blockquote class=gmail_quote>a?</blockquote><div>Yes.</div><blockquote class=gmail_quote>b?</blockquote></div>";
        string html = HtmlSanitizer.Clean(Html, new SanitizeOptions { FoldQuoted = true })!.Html;
        Assert.That(Words(html), Is.EqualTo("OnWed,May3,2023at10:00AMMinawrote:a?Yes.···b?"));
    }

    [Test]
    public void A_counting_pixel_after_the_quote_is_no_answer() =>
        Assert.That(HtmlSanitizer.Clean("<p>Yes</p><blockquote type=cite>a?</blockquote><img src=https://x.example/p width=1 height=1>", new SanitizeOptions { FoldQuoted = true })!.Html, Does.Contain(Fold + "<blockquote"));

    [Test]
    public void Nothing_is_folded_unasked() => Assert.That(HtmlSanitizer.Clean("<p>Yes</p><blockquote type=cite>a?</blockquote>", new SanitizeOptions())!.Html, Does.Not.Contain("<details"));

    [TestCase("<div>")]
    [TestCase("x<blockquote type=cite>y</blockquote>")]
    [TestCase("<p>On 3 May 2023 at 10:00 Mina wrote:</p>")]
    [TestCase("<br>")]
    public void Long_mail_is_folded_in_linear_time(string piece) =>
        Assert.That(HtmlSanitizer.CleanOrText("x" + string.Concat(Enumerable.Repeat(piece, HtmlSanitizer.MaxLength / piece.Length - 1)), new SanitizeOptions { FoldQuoted = true }).Html, Does.Contain("x"));

    private static IEnumerable<string> Programs() => Mails.Select(mail => mail.Program);

    private static string Words(string html) => string.Concat(new HtmlParser().ParseDocument(html).Body!.TextContent.Where(c => !char.IsWhiteSpace(c)));
}
