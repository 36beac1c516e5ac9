using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Tests.Mime;

/// <summary>The same rules in the languages that mail programs speak, and what people write that only resembles a quote.</summary>
public sealed class QuotedTextLanguagesTests
{
    private static readonly string[] Attributions =
    [
        "On Wed, May 3, 2023 at 10:00 AM Mina Aas <mina@b.example> wrote:",
        "On 3 May 2023, at 10:00, Mina Aas <mina@b.example> wrote:",
        "On 5/3/23 10:00, Mina Aas wrote:",
        "On Wednesday, May 3rd, 2023 at 10:00, Mina <mina@b.example> wrote:",
        "On Wed, Dec 9, Mina Aas\n<mina@b.example>\nwrote:",
        "Am Mi., 3. Mai 2023 um 10:00 Uhr schrieb Mina Aas <mina@b.example>:",
        "Am 03.05.2023 um 10:00 schrieb Mina Aas:",
        "Mina Aas <mina@b.example> schrieb am Mi., 3. Mai 2023, 10:00:",
        "Le mer. 3 mai 2023 à 10:00, Mina Aas <mina@b.example> a écrit :",
        "Le 3 mai 2023 à 10:00, Mina Aas a écrit\u00A0:",
        "El mié, 3 may 2023 a las 10:00, Mina Aas (<mina@b.example>) escribió:",
        "El 3/5/23 a las 10:00, Mina Aas escribió:",
        "Il giorno mer 3 mag 2023 alle ore 10:00 Mina Aas <mina@b.example> ha scritto:",
        "Il 03/05/2023 10:00, Mina Aas ha scritto:",
        "Em qua., 3 de mai. de 2023 às 10:00, Mina Aas <mina@b.example> escreveu:",
        "A quarta, 3/05/2023, 10:00, Mina Aas <mina@b.example> escreveu:",
        "Op wo 3 mei 2023 om 10:00 schreef Mina Aas <mina@b.example>:",
        "Op 03-05-2023 om 10:00 schreef Mina Aas:",
        "śr., 3 maj 2023 o 10:00 Mina Aas <mina@b.example> napisał(a):",
        "W dniu 3.05.2023 o 10:00, Mina Aas pisze:",
        "Wiadomość napisana przez Mina Aas <mina@b.example> w dniu 3 maj 2023, o godz. 10:00:",
        "ср, 3 мая 2023 г. в 10:00, Mina Aas <mina@b.example>:",
        "3 мая 2023 г., в 10:00, Mina Aas <mina@b.example> написал(а):",
        "03.05.2023 10:00, Mina Aas пишет:",
        "ср, 3 трав. 2023 р. о 10:00 Mina Aas <mina@b.example> пише:",
        "03.05.23 10:00, Mina Aas пише:",
        "st 3. 5. 2023 v 10:00 odesílatel Mina Aas <mina@b.example> napsal:",
        "Dne 3. 5. 2023 v 10:00 Mina Aas napsal(a):",
        "st 3. 5. 2023 o 10:00 Mina Aas <mina@b.example> napísal(a):",
        "Den ons 3 maj 2023 kl 10:00 skrev Mina Aas <mina@b.example>:",
        "3 maj 2023 kl. 10:00 skrev Mina Aas <mina@b.example>:",
        "Den ons. 3. maj 2023 kl. 10.00 skrev Mina Aas <mina@b.example>:",
        "Den 03-05-2023 kl. 10:00 skrev Mina Aas:",
        "ons. 3. mai 2023 kl. 10:00 skrev Mina Aas <mina@b.example>:",
        "ke 3. toukok. 2023 klo 10.00 Mina Aas (mina@b.example) kirjoitti:",
        "Mina Aas <mina@b.example>, 3 May 2023 Çar, 10:00 tarihinde şunu yazdı:",
        "3.05.2023 10:00 tarihinde Mina Aas yazdı:",
        "Mina Aas <mina@b.example> ezt írta (időpont: 2023. máj. 3., Sze, 10:00):",
        "2023. 05. 03. 10:00 keltezéssel, Mina Aas írta:",
        "În mie., 3 mai 2023 la 10:00, Mina Aas <mina@b.example> a scris:",
        "Στις Τετ 3 Μαΐ 2023 στις 10:00 π.μ., ο/η Mina Aas <mina@b.example> έγραψε:",
        "На ср, 3.05.2023 г. в 10:00 Mina Aas <mina@b.example> написа:",
        "sri, 3. svi 2023. u 10:00 Mina Aas <mina@b.example> napisao je:",
        "El dc., 3 de maig 2023, 10:00, Mina Aas <mina@b.example> va escriure:",
        "Kuupäev: K, 3. mai 2023 kell 10:00 kirjutas Mina Aas <mina@b.example>:",
        "2023年5月3日(水) 10:00 Mina Aas <mina@b.example>:",
        "2023/05/03 10:00、Mina Aas <mina@b.example>のメール:",
        "Mina Aas <mina@b.example> 于2023年5月3日周三 10:00写道：",
        "在 2023年5月3日，10:00，Mina Aas <mina@b.example> 写道：",
        "Mina Aas <mina@b.example> 於 2023年5月3日 週三 上午10:00寫道：",
        "2023년 5월 3일 (수) 오전 10:00, Mina Aas <mina@b.example>님이 작성:",
        "Vào Th 4, 3 thg 5, 2023 vào lúc 10:00 Mina Aas <mina@b.example> đã viết:",
        "Pada tanggal Rab, 3 Mei 2023 pukul 10.00 Mina Aas <mina@b.example> menulis:",
        "\u202Bבתאריך יום ד׳, 3 במאי 2023 ב-10:00 מאת \u202AMina Aas\u202C\u200F <\u202Amina@b.example\u202C\u200F>:\u202C",
        "\u202Bב-3 במאי 2023, בשעה 10:00, \u200F\u200EMina Aas \u200E<mina@b.example> כתב/ה:\u200F",
        "في الأربعاء، 3 مايو 2023 في 10:00 ص تمت كتابة ما يلي بواسطة \u202AMina Aas\u202C\u200F <\u202Amina@b.example\u202C\u200F>:",
        "ในวันที่ พ. 3 พ.ค. 2023 เวลา 10:00 Mina Aas <mina@b.example> เขียนว่า:",
        "Mina Aas <mina@b.example> wrote:",
    ];

    private static readonly string[] Separators =
    [
        "-----Original Message-----", "----- Original Message -----", "-----Ursprüngliche Nachricht-----", "-----Message d'origine-----", "-----Mensaje original-----", "-----Messaggio originale-----",
        "-----Mensagem original-----", "-----Oorspronkelijk bericht-----", "-----Wiadomość oryginalna-----", "-----Исходное сообщение-----", "-----Původní zpráva-----", "-----Pôvodná správa-----",
        "-----Ursprungligt meddelande-----", "-----Oprindelig meddelelse-----", "-----Opprinnelig melding-----", "-----Alkuperäinen viesti-----", "-----Orijinal Mesaj-----", "-----Eredeti üzenet-----",
        "-----Αρχικό μήνυμα-----", "-----Mesaj original-----", "-----元のメッセージ-----", "-----邮件原件-----", "-----原始郵件-----", "-----원본 메시지-----", "-----Thư gốc-----", "-----Pesan Asli-----",
        "-----الرسالة الأصلية-----", "-----הודעה מקורית-----", "---------- Forwarded message ---------", "---------- Weitergeleitete Nachricht ---------", "---------- Пересылаемое сообщение --------",
        "Begin forwarded message:", "Anfang der weitergeleiteten Nachricht:", "Début du message réexpédié :", "Inizio messaggio inoltrato:", "________ Original Message ________",
    ];

    private static readonly string[] Headers =
    [
        "From:|Sent:|To:|Subject:", "Von:|Gesendet:|An:|Betreff:", "De :|Envoyé :|À :|Objet :", "De:|Enviado:|Para:|Asunto:", "Da:|Inviato:|A:|Oggetto:", "De:|Enviada em:|Para:|Assunto:",
        "Van:|Verzonden:|Aan:|Onderwerp:", "Od:|Wysłane:|Do:|Temat:", "От:|Отправлено:|Кому:|Тема:", "Від:|Надіслано:|Кому:|Тема:", "Od:|Odesláno:|Komu:|Předmět:", "Od:|Odoslané:|Komu:|Predmet:",
        "Från:|Skickat:|Till:|Ämne:", "Fra:|Sendt:|Til:|Emne:", "Lähettäjä:|Lähetetty:|Vastaanottaja:|Aihe:", "Kimden:|Gönderildi:|Kime:|Konu:", "Feladó:|Küldve:|Címzett:|Tárgy:",
        "Από:|Στάλθηκε:|Προς:|Θέμα:", "De la:|Trimis:|Către:|Subiect:", "差出人:|送信日時:|宛先:|件名:", "发件人:|发送时间:|收件人:|主题:", "寄件者:|寄件日期:|收件者:|主旨:", "보낸 사람:|보낸 날짜:|받는 사람:|제목:",
        "Từ:|Đã gửi:|Đến:|Chủ đề:", "Dari:|Dikirim:|Kepada:|Subjek:", "من:|تاريخ:|إلى:|الموضوع:", "מאת:|נשלח:|אל:|נושא:", "จาก:|ส่ง:|ถึง:|เรื่อง:", "От:|Изпратено:|До:|Относно:",
    ];

    private static readonly string[] Telephones =
    [
        "Sent from my iPhone", "Sent from Mail for Windows", "Sent from Yahoo Mail on Android", "Sent with Proton Mail secure email.", "Get Outlook for Android", "Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Inviato da iPhone", "Enviado do meu iPhone", "Verstuurd vanaf mijn iPhone", "Wysłane z iPhone'a", "Отправлено с iPhone", "Надіслано з iPhone", "Odesláno z iPhonu", "Skickat från min iPhone",
        "Sendt fra min iPhone", "Lähetetty iPhonesta", "iPhone'umdan gönderildi", "Στάλθηκε από το iPhone μου", "Trimis de pe iPhone-ul meu", "iPhoneから送信", "发自我的 iPhone", "從我的 iPhone 傳送", "나의 iPhone에서 보냄", "Đã gửi từ iPhone của tôi", "Dikirim dari iPhone saya",
        "נשלח מה-iPhone שלי", "أُرسلت من الـ iPhone", "Sent from my iPad, please excuse brevity", "Sent from my mobile phone. Please excuse typos.", "Get BlueMail for Android", "Get [Outlook for Android](https://x.example/o)", "Provenance : Courrier pour Windows",
        "Von Samsung Galaxy-Smartphone gesendet", "Diese Nachricht wurde von meinem Android-Mobiltelefon mit WEB.DE Mail gesendet.", "Verzonden vanuit Mail voor Windows", "Skickades från E-post för Windows Mail", "Samsung Galaxy -puhelimesta lähetetty", "从 Windows 版邮件发送", "내 iPad에서 보냄", "나의 Galaxy에서 보냄",
    ];

    [TestCaseSource(nameof(Attributions))]
    public void An_attribution_opens_the_quote(string attribution)
    {
        foreach (string body in (string[])["\n\n> quoted words\n> more\n", "\nquoted words\nmore\n"]) Folds("My answer.\n\nJo", attribution + body);
        string between = $"{attribution}\n> one?\n\nYes.\n\n> two?\n\nNo.\n";
        Assert.That(QuotedText.Split(between).Visible, Does.Contain("Yes.").And.Contain("No."));
    }

    [TestCaseSource(nameof(Separators))]
    public void A_separator_opens_the_quote(string separator)
    {
        Folds("My answer.\n\nJo", $"{separator}\n\nquoted words\nmore\n");
        Folds("My answer.", $"{separator}\nFrom: Mina\nTo: Jo\n\nquoted words");
    }

    [TestCaseSource(nameof(Headers))]
    public void A_header_block_opens_the_quote(string labels)
    {
        string[] values = ["Mina Aas <mina@b.example>", "3.5.2023 10:00", "Jo Berg <jo@b.example>", "Order 12"];
        foreach (string around in (string[])["", "*"])
        {
            string block = string.Join('\n', labels.Split('|').Zip(values, (label, value) => $"{around}{label}{around} {value}"));
            Folds("My answer.", $"{block}\n\nquoted words\n");
            Folds("My answer.", $"________________________________\n{block}\n\nquoted words\n");
        }
    }

    [Test]
    public void Below_a_rule_a_header_block_of_any_language_opens_the_quote() =>
        Folds("My answer.", "________________________________\nOl: Mina <mina@b.example>\nSan: 3.5.2023 10:00\nKu: Jo <jo@b.example>\nXa: Order\n\nquoted\n");

    [TestCaseSource(nameof(Telephones))]
    public void What_a_telephone_adds_is_folded(string line)
    {
        Folds("My answer.", line);
        Folds("My answer.", $"{line}\n\nOn 3 May 2023, at 10:00, Mina <mina@b.example> wrote:\n\n> quoted\n");
        Folds("My answer.", $"{line}\n________________________________\nFrom: Mina <mina@b.example>\nSent: Wednesday\nTo: Jo\nSubject: Order\n\nquoted\n");
    }

    [TestCase("Please wait.\n\nSent from the warehouse\n\nIt comes tomorrow.")]
    [TestCase("Please wait.\n\nSent via UPS")]
    [TestCase("The parcel was\nsent from Berlin")]
    [TestCase("On page 3 of the 2019 report she wrote:\nnothing of this is true.")]
    [TestCase("On 2 occasions in 2019 he wrote:\ncome back.")]
    [TestCase("Here is what he wrote:\nwe are closed.")]
    [TestCase("Fill in and sign:\n\n________________________________\nName\n\n________________________________\nDate")]
    [TestCase("One\n\n—\n\nTwo")]
    [TestCase("Am 3. Mai 2023 um 10:00 schrieb er nichts:\nwarum?")]
    [TestCase("Did you reply above this line in the form?\nI did.")]
    [TestCase("Run this:\n\n```\n-- \nselect 1\n--\n> x\nFrom: a@b.example\nTo: c\nSubject: d\n```")]
    [TestCase("----- Important -----\nThe office is closed.")]
    [TestCase("Betreff: wichtig\nWir kommen um 10:00.")]
    [TestCase("Flight\nFrom: Oslo 10:00\nTo: Bergen 11:00\nDate: 3.5.2023")]
    [TestCase("The subject: cats\nThe date: today\nThe end.")]
    [TestCase("Please call these people on 3 May 2023:\nMina <mina@b.example>")]
    [TestCase("Write to Mina <mina@b.example>:\nwe need three.")]
    [TestCase("Le prix : 10 euros.\nIl a écrit un livre en 2019.\nMerci")]
    [TestCase("Hi all,\n\nOn Monday 3 May 2023 we wrote:\nthe offer stands until June.\n\nPlease confirm.")]
    [TestCase("Hi,\n\nIn our letter of 3 May 2023 at 10:00 Mr Berg wrote:\nWe accept.")]
    [TestCase("Hi,\n\nOn 3 May 2023 at 10:00 the technician wrote:\nall fine.\n\nIt was not fine.")]
    [TestCase("Hi,\n\nOn 3/5/23 10:00, the server wrote:\nERROR 5")]
    [TestCase("Hallo,\n\nVon: Berlin\nNach: Hamburg\nDatum: 3.5.2023\nBetreff: Umzug\n\nBitte um Angebot.")]
    [TestCase("Hi,\nplease book:\nFrom: Oslo\nTo: Bergen\nDate: 3 May\nContact: jo@b.example\n\nThanks")]
    [TestCase("Hi\n\nFrom: Oslo\nTo: Bergen\nDate: 3 May\nContact: jo@b.example\n\nThanks")]
    [TestCase("Order form\nFrom: Jo Berg\nTo: Example Ltd\nDate: 3 May 2023\nSubject: chairs\n\n10 chairs please.")]
    [TestCase("Agenda\n\nFrom: 10:00\nTo: 11:00\nSubject: budget\n\nBring coffee.")]
    [TestCase("Hi,\n\nThese are the headers:\n\nFrom: a@b.example\nTo: c@b.example\nSubject: win\nDate: Mon, 1 Jan 2023 10:00:00 +0000\n\nIs it spam?")]
    [TestCase("Hi,\n\nReceived: from a by b; Mon, 1 Jan\nFrom: a@b.example\nSubject: win\nTo: c@b.example\n\nIs it spam?")]
    [TestCase("2023-05-03 10:00 Mina <mina@b.example>:\nI need help\n2023-05-03 10:05 Jo <jo@b.example>:\nwith what?\n2023-05-03 10:06 Mina <mina@b.example>:\nthe printer")]
    [TestCase("[2023-05-03 10:00] Mina wrote:\nhello\n[2023-05-03 10:01] Jo wrote:\nhi")]
    [TestCase("Reply above this line is what I see. Why?")]
    [TestCase("-- reply above this line -- is what I see in each mail. Please remove it.")]
    [TestCase("Am 3. Mai 2023 kommen wir um 10:00:\nbitte aufschließen.")]
    public void What_people_write_stays(string text) => Assert.That(QuotedText.Split(text), Is.EqualTo((text, "")));

    /// <summary>Words, figures, addresses and punctuation of many languages in any order, with none of the lines that mark a quote.</summary>
    [Test]
    public void Nothing_is_folded_where_nothing_is_marked() => Prop.ForAll(Prose(), text => QuotedText.Split(text) == (text, "")).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(200));

    [Test]
    public void Whatever_is_written_above_a_quote_stays_visible() => Prop.ForAll(Prose(), Gen.Elements(Attributions).ToArbitrary(), (prose, attribution) =>
    {
        string own = $"Hello\n{prose}";
        (string visible, string quoted) = QuotedText.Split($"{own}\n\n{attribution}\n\n> quoted\n");
        return visible.Trim() == own.Trim() && quoted.EndsWith("> quoted\n", StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(100));

    private static Arbitrary<string> Prose()
    {
        string[] words =
        [
            "On", "Am", "Le", "El", "Il", "Em", "Op", "Den", "W", "в", "the", "letter", "die", "Rechnung", "facture", "pedido", "заказ", "請求書", "주문", "فاتورة", "חשבונית", "objednávka", "tilaus", "sipariş", "παραγγελία",
            "3", "2023", "10482", "10:00", "€ 12.50", "mina@b.example", "https://x.example/a?b=c", "- point", "* star", "1. first", "(see below)", "\"quoted\"", "a > b", "x -- y", "From", "To", "Subject", "Sent", "May", "5%", "😀", ",", ".", "?", "!",
        ];
        string[] pieces = [.. words.SelectMany(word => (string[])[word + " ", word + " ", word + "\n"]), "\n\n", "\r\n"];
        return Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
    }

    private static void Folds(string own, string tail)
    {
        foreach (string text in (string[])[$"{own}\n\n{tail}", $"{own}\n{tail}", $"{own}\n\n{tail}".ReplaceLineEndings("\r\n")])
        {
            // Right below the text, a line of the weaker kinds is part of the paragraph.
            if (text == $"{own}\n{tail}" && Telephones.Any(line => tail.StartsWith(line, StringComparison.Ordinal))) continue;
            (string visible, string quoted) = QuotedText.Split(text);
            Assert.That(visible + quoted, Is.EqualTo(text));
            Assert.That(visible.Trim().ReplaceLineEndings("\n"), Is.EqualTo(own), text);
        }
    }
}
