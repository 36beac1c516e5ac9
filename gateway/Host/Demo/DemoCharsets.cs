namespace MailInbox.Host.Demo;

/// <summary>Mail as older programs write it: charsets and encodings other than the composer's, byte by byte.</summary>
internal static class DemoCharsets
{
    public static IEnumerable<DemoMail> All(DemoPost post) => [.. Western(post), .. Russian(post), .. Asian(post)];

    private static IEnumerable<DemoMail> Western(DemoPost post)
    {
        yield return post.Write(new(new("Jürgen Weißmüller", "j.weissmueller@briefkasten.example", 1), 3.2, "Rückfrage zur Lieferung: Größe der Schirme") { Charset = "iso-8859-1" }, mail => mail
            .Lines("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable").Gap()
            .Lines(
                """
                Sehr geehrte Damen und Herren,

                bei meiner Bestellung 20425 passen die Schirme nicht =FCber die F=FC=DFe: sie ha=
                ben 18 cm, bestellt waren 22 cm. Ma=DFe laut Prospekt: 22 cm =D7 15 cm.

                K=F6nnen Sie die gr=F6=DFeren schicken?

                Mit freundlichen Gr=FC=DFen
                J=FCrgen Wei=DFm=FCller
                """));
        yield return post.Write(new(new("Bohumil Řezníček", "bohumil@schranka.example", 1), 57, "Žádost o potvrzení objednávky č. 20344") { Charset = "iso-8859-2" }, mail => mail
            .Lines("Content-Type: text/plain; charset=ISO-8859-2\nContent-Transfer-Encoding: quoted-printable").Gap()
            .Quoted("Dobrý den,\n\nprosím o potvrzení objednávky č. 20344. Žádný e-mail jsem zatím nedostal, peníze ale odešly.\n\nS pozdravem\nBohumil Řezníček", "iso-8859-2"));
        yield return post.Write(new(new("Winifred Tate", "winifred@tate-and-daughters.example"), 26, "Flickering when dimmed"), mail => mail
            .Lines("Content-Type: text/plain; charset=us-ascii; format=flowed; delsp=no\nContent-Transfer-Encoding: 7bit").Gap()
            .Lines(
                "Dear support,\n\n"
                + "I have the dimmable version of the reading lamp, and below about a \n"
                + "third of its brightness it flickers so much that reading is no \n"
                + "pleasure. I tried two other bulbs; both behave the same.\n\n"
                + "> Please only use bulbs marked \"dimmable\", as the manual says on \n"
                + "> page 4.\n\n"
                + "They are marked so. What else can it be?\n\n"
                + "Winifred Tate\n-- \nTate & Daughters, bookbinders"));
    }

    private static IEnumerable<DemoMail> Russian(DemoPost post)
    {
        yield return post.Write(new(new("Василиса Журавлёва", "v.zhuravleva@pochtovik.example", 3), 14.5, "Вопрос о гарантии на торшер") { Charset = "windows-1251" }, mail => mail
            .Lines("Content-Type: text/plain; charset=\"windows-1251\"\nContent-Transfer-Encoding: base64").Gap()
            .Base64("Здравствуйте!\n\nУ торшера «Полярный» через месяц перестал работать выключатель. Чек сохранился, номер заказа 20301. Можно ли починить его по гарантии, и куда его отправить?\n\nС уважением,\nВасилиса Журавлёва", "windows-1251"));
        yield return post.Write(new(new("Тимофей Ручьёв", "timofey@ruchey.example", 7), 66, "Счёт на оплату для библиотеки") { Charset = "koi8-r" }, mail => mail
            .Lines("Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit").Gap()
            .Text("Добрый день!\n\nНаша библиотека хочет купить двенадцать настольных ламп. Пришлите, пожалуйста, счёт на оплату с доставкой.\n\nТимофей Ручьёв", "koi8-r"));
    }

    private static IEnumerable<DemoMail> Asian(DemoPost post)
    {
        yield return post.Write(new(new("高梨 千尋", "chihiro.takanashi@yubin.example", 9), 8.5, "注文番号20440の納期について") { Charset = "iso-2022-jp" }, mail => mail
            .Lines("Content-Type: text/plain; charset=ISO-2022-JP\nContent-Transfer-Encoding: 7bit").Gap()
            .Text("ランプ店 御中\n\nお世話になっております。\n先週注文した読書灯（注文番号20440）の納期を教えていただけますでしょうか。\n来週の金曜日までに必要です。\n\nどうぞよろしくお願いいたします。\n\n高梨 千尋", "iso-2022-jp"));
        yield return post.Write(new(new("欧阳晓雯", "xiaowen.ouyang@youxiang.example", 8), 21, "台灯开关坏了，可以更换吗？") { Charset = "gb18030" }, mail => mail
            .Lines("Content-Type: text/plain; charset=gb18030\nContent-Transfer-Encoding: 8bit").Gap()
            .Text("您好：\n\n我上个月买的台灯开关坏了，订单号是20377。请问可以免费更换吗？需要把整盏灯寄回去，还是只寄开关？\n\n谢谢！\n欧阳晓雯", "gb18030"));
        yield return post.Write(new(new("汪佩珊", "peishan.wang@xinxiang.example", 8), 73, "想請問門市的營業時間") { Charset = "big5" }, mail => mail
            .Lines("Content-Type: text/plain; charset=Big5\nContent-Transfer-Encoding: base64").Gap()
            .Base64("您好：\n\n請問門市星期日有營業嗎？我想帶媽媽來看看落地燈。\n\n謝謝\n汪佩珊", "big5"));
    }
}
