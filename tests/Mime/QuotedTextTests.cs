using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Tests.Mime;

public sealed class QuotedTextTests
{
    [TestCase("On Tue, 1 Mar 2011 at 18:02, Mina <a@b.example> wrote:")]
    [TestCase("On Tue, 1 Mar 2011 at 18:02, Mina Example\n<a@b.example> wrote:")]
    [TestCase("On 1 March 2011\nat 18:02,\nMina <a@b.example>\nwrote:")]
    [TestCase("‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Thursday, November 3, 2016 9:00 AM, Mina <a@b.example> wrote:")]
    [TestCase("El dia 3 de novembre de 2016 9:00, Mina <a@b.example> ha escrit:")]
    [TestCase("Þann fim., 3. nóv. 2016 kl. 09:00 skrifaði Mina <a@b.example>:")]
    [TestCase("2016年11月3日(木) 9:00、Mina さん(a@b.example)のメッセージ:")]
    [TestCase("----- Mail original -----\nDe: \"Mina\" <a@b.example>")]
    [TestCase("----- Ursprüngliche Mail -----\nVon: \"Mina\" <a@b.example>")]
    [TestCase("----- Weitergeleitet von Mina/Berg am 03.11.2016 09:00 -----")]
    [TestCase("---- Replied Message ----\nFrom | Mina<a@b.example> |")]
    [TestCase("From: Mina <a@b.example>\n\nSent: Thursday, November 3, 2016 9:00 AM\n\nTo: Jo\n\nSubject: Hello")]
    [TestCase("---\nFrom: Mina <a@b.example>\nSent: Thursday, November 3, 2016 9:00 AM\nTo: Jo\nSubject: Hello")]
    [TestCase("From: Mina\nSent: Thursday, November 3, 2016 9:00 AM\nTo: Jo\nSubject: Hello")]
    [TestCase("Reply above this line")]
    [TestCase("##- Bitte antworten Sie oberhalb dieser Zeile -##")]
    [TestCase("Am 13.12.2017 um 21:11 schrieb Mina <a@b.example>:")]
    [TestCase("Am Mi., 3. Mai 2023 um 10:00 Uhr schrieb Mina <\na@b.example>:")]
    [TestCase("Le lun. 15 nov. 2021 à 19:42, Mina <a@b.example>\na écrit :")]
    [TestCase("El mié, 3 may 2023 a las 10:00, Mina (<a@b.example>) escribió:")]
    [TestCase("Il giorno mer 3 mag 2023 alle ore 10:00 Mina <a@b.example> ha scritto:")]
    [TestCase("Op wo 3 mei 2023 om 10:00 schreef Mina <a@b.example>:")]
    [TestCase("Em qua., 3 de mai. de 2023 às 10:00, Mina <a@b.example> escreveu:")]
    [TestCase("ons. 3. mai 2023 kl. 10:00 skrev Mina <a@b.example>:")]
    [TestCase("Den ons 3 maj 2023 kl 10:00 skrev Mina <a@b.example>:")]
    [TestCase("Den ons. 3. maj 2023 kl. 10.00 skrev Mina <a@b.example>:")]
    [TestCase("śr., 3 maj 2023 o 10:00 Mina <a@b.example> napisał(a):")]
    [TestCase("ср, 3 мая 2023 г. в 10:00, Mina <a@b.example>:")]
    [TestCase("03.05.2023 10:00, Mina пишет:")]
    [TestCase("Mina <a@b.example> 于2023年5月3日周三 10:00写道：")]
    [TestCase("2023年5月3日(水) 10:00 Mina <a@b.example>:")]
    [TestCase("-----Original Message-----")]
    [TestCase("---------- Forwarded message ---------")]
    [TestCase("-----Ursprüngliche Nachricht-----")]
    [TestCase("________________________________\nFrom: Mina <a@b.example>\nSent: Wednesday, 3 May 2023 10:00\nTo: Jo\nSubject: Hello")]
    [TestCase("*Von:* Mina\n*Gesendet:* Mittwoch, 3. Mai 2023\n*An:* Jo\n*Betreff:* Hallo")]
    [TestCase("发件人： Mina <a@b.example>\n发送时间： 2023年5月3日\n收件人： Jo\n主题： 你好")]
    [TestCase("## Please reply above this line ##")]
    public void What_a_mail_program_announces_is_folded(string announcement)
    {
        foreach (string body in (string[])["\n\nquoted words\nmore", "\n> quoted words\n> more", "\n\n> quoted\n\n"])
        {
            string text = $"My answer.\n\nMina\n\n{announcement}{body}";
            (string visible, string quoted) = QuotedText.Split(text);
            Assert.That(visible.Trim(), Is.EqualTo("My answer.\n\nMina"));
            Assert.That(visible + quoted, Is.EqualTo(text));
            Assert.That(QuotedText.Split(text.ReplaceLineEndings("\r\n")).Visible.Trim(), Is.EqualTo("My answer.\r\n\r\nMina"));
        }
    }

    [TestCase("Hello\n\nOn Nov 26, 2013 you wrote:\n> a\n", "Hello")]
    [TestCase("Hello\n\nAm Donnerstag, 3. November 2016 schrieb Mina :\n> a\n", "Hello")]
    [TestCase("Hello\n\nMina Aas schrieb am 03.11.2016 um 09:00:\n> a\n", "Hello")]
    [TestCase("Hello\n\nMina Aas kirjoitti 3.11.2016 kello 9.00:\n> a\n", "Hello")]
    [TestCase("Hello\n\nO Mina έγραψε στις 3/11/2016 9:00 π.μ.:\n> a\n", "Hello")]
    [TestCase("Hello\n\n2016-11-03 9:00 skrev Mina:\n> a\n", "Hello")]
    [TestCase("Hello\n\nMina <a@b.example> (2016-11-03):\n> a\n", "Hello")]
    [TestCase("Hello\n\nQuoting Mina <a@b.example>:\n\n> a\n", "Hello")]
    [TestCase("Hello\n\nZitat von Mina Aas:\n> a\n", "Hello")]
    [TestCase("Hello\n\n-- \nMina\n\n-- \nExample Ltd", "Hello")]
    [TestCase("Hello\n\n-- \nMina\nExample Ltd", "Hello")]
    [TestCase("Hello\n--\nMina", "Hello")]
    [TestCase("Hello\n\nSent from my iPhone", "Hello")]
    [TestCase("Hallo\n\nVon meinem iPhone gesendet", "Hallo")]
    [TestCase("Hello\n\n> quoted\n> more", "Hello")]
    [TestCase("Hello\n\nGet Outlook for iOS<https://x.example>\n-----Original Message-----\nx", "Hello")]
    [TestCase("Hello\n\n_______________________________________________\nlist mailing list\nlist@x.example", "Hello")]
    [TestCase("Hello\n\nOn 1 May 2023 at 10:00 Mina wrote:\n> a\n> b\n\n-- \nJo", "Hello")]
    public void Signatures_and_tails_are_folded(string text, string visible) => Assert.That(QuotedText.Split(text).Visible.Trim(), Is.EqualTo(visible));

    [TestCase("")]
    [TestCase("Hello")]
    [TestCase("\n\n")]
    [TestCase("On the other hand: it works.\nSee page 3:\nyes")]
    [TestCase("She wrote a book in 2019.\nI wrote on page 3: nothing")]
    [TestCase("From: London\nTo: Paris\nDate: 3 May\nSeats: 2")]
    [TestCase("- one\n- two\n----\n-- three is a point\n")]
    [TestCase("Sent from my desk, is much easier than my telephone.")]
    [TestCase("List\n\n--\n\nfirst\n\n--\n\nsecond")]
    [TestCase("First verse\n--\nSecond verse\n--\nThird verse")]
    [TestCase("Please fill in:\n\n________________________________\nYour name\n\n________________________________\nYour e-mail (as in a@b.example)")]
    [TestCase("a > b\nif (x -- > 0)")]
    [TestCase("See https://x.example/on-2019-someone-wrote: and so on")]
    [TestCase("> only a quote\n> and more")]
    [TestCase("On 1 May 2023 at 10:00 Mina wrote:\n> only a quote")]
    [TestCase("-----Original Message-----\nFrom: a@b.example\n\nforwarded without a word")]
    public void A_text_without_markers_or_own_words_stays_whole(string text) => Assert.That(QuotedText.Split(text), Is.EqualTo((text, "")));

    [Test]
    public void Answers_between_quoted_lines_stay_visible()
    {
        const string Text = "On 1 May 2023 at 10:00 Mina wrote:\n> A?\n\nYes.\n\n> B?\n\nNo.\n\n> C\n> D\n";
        (string visible, string quoted) = QuotedText.Split(Text);
        Assert.That(visible.TrimEnd(), Does.EndWith("No."));
        Assert.That(quoted.Trim(), Is.EqualTo("> C\n> D"));
    }

    [Test]
    public void Nothing_is_ever_cut() => Prop.ForAll(Soup(), text =>
    {
        (string visible, string quoted) = QuotedText.Split(text);
        return visible + quoted == text && (quoted.Length == 0 || visible.Trim().Length > 0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [TestCase("On 1 May 2023 at 10:00 Mina <a@b.example> wrote:\n")]
    [TestCase("On 1 May 2023 at 10:00 Mina wrote:\n> x\n")]
    [TestCase("From: a@b.example\n")]
    [TestCase("--\n")]
    [TestCase("> ")]
    [TestCase(" \n")]
    [TestCase("On ")]
    [TestCase("x\n\n\n> y\n")]
    public void A_bomb_is_read_line_by_line(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length));
        (string visible, string quoted) = QuotedText.Split(text);
        Assert.That(visible.Length + quoted.Length, Is.EqualTo(text.Length));
    }

    private static Arbitrary<string> Soup()
    {
        string[] pieces = ["On 1 May 2023, Mina <a@b.example> wrote:", "\n", "\n\n", "\r\n", "> quoted", ">", "words", " ", "-- ", "--", "-----Original Message-----", "From: a@b.example\nTo: x\nSubject: y", "Sent from my x", "____________________", ":", "wrote:"];
        return Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
    }
}
