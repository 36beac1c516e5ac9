using System.Buffers;
using System.Collections.Frozen;

namespace MailInbox.Mail.Mime.Reading;

/// <summary>What mail programs say around quoted mail, in the languages they speak. Lower case; <c>_</c> stands for a blank where names are listed.</summary>
internal static class QuotedTextWords
{
    /// <summary>"wrote", the last word of an attribution or one within.</summary>
    public static string[] Verbs { get; } =
    [
        "wrote", "writes", "has written", "schrieb", "schrieben", "geschrieben", "a écrit", "écrit", "escribió", "escribio", "ha scritto", "scritto", "schreef", "geschreven",
        "escreveu", "va escriure", "ha escrit", "escribiu", "skrev", "skreiv", "skrifaði", "napisał", "napisała", "napisał(a)", "napisana przez", "pisze", "napisal", "napsal", "napsala", "napsal(a)", "napísal", "napísala", "napísal(a)",
        "napisao", "napisala", "napisao je", "napisala je", "je napisao/la", "napisao/la", "пишет", "писал", "писала", "писал(а)", "написал", "написала", "написал(а)", "пише", "написав", "написала", "написав(ла)", "написа", "написао", "написао/ла",
        "kirjoitti", "kirjutas", "írta", "ezt írta", "yazdı", "şunu yazdı", "şunları yazdı", "yazmış", "a scris", "έγραψε", "rakstīja", "parašė", "rašė", "shkroi",
        "写道", "寫道", "写到", "寫到", "のメール", "のメッセージ", "書きました", "さんは書きました", "님이 작성", "님이 씀", "작성", "씀", "đã viết", "viết", "menulis", "tulis",
        "כתב", "כתבה", "כתב/ה", "كتب", "كتبت", "نوشت", "เขียนว่า", "เขียน", "ने लिखा",
    ];

    /// <summary>Whether a text holds a verb at all, in one pass.</summary>
    public static SearchValues<string> AnyVerb { get; } = SearchValues.Create(Verbs, StringComparison.OrdinalIgnoreCase);

    /// <summary>First words of an attribution that begins with its date.</summary>
    public static FrozenSet<string> Openers { get; } = Names(
        "on am um le el il op em den dnia w in în på a á dne dňa na la в на у στις ke kl 在 于 於 vào ngày ve pada ב בתאריך ביום في بتاريخ در ในวันที่ เมื่อ");

    /// <summary>Words between the dashes of "-----Original Message-----".</summary>
    public static string[] Separators { get; } =
    [
        "original message", "original email", "replied message", "original appointment", "reply message", "forwarded message", "forwarded by", "forwarded email", "ursprüngliche nachricht", "ursprüngliche e-mail", "ursprüngliche mail", "weitergeleitet von", "originalnachricht",
        "original-nachricht", "original nachricht", "originalmail", "weitergeleitete nachricht", "mail original", "courriel original", "e-mail d'origine", "message d'origine", "message d’origine", "message initial", "message original", "message transféré", "message réexpédié",
        "mensaje original", "mensaje reenviado", "missatge original", "messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht", "oorspronkelijke bericht", "oorspronkelijk e-mailbericht", "doorgestuurd bericht",
        "mensagem original", "mensagem encaminhada", "oprindelig meddelelse", "oprindelig besked", "original meddelelse", "videresendt", "ursprungligt meddelande", "originalmeddelande", "ursprungligt mejl", "vidarebefordrat",
        "opprinnelig melding", "original melding", "alkuperäinen viesti", "välitetty viesti", "edelleenlähetetty viesti", "upprunaleg skilaboð", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana",
        "przekazana wiadomość", "treść oryginalnej wiadomości", "исходное сообщение", "оригинальное сообщение", "первоначальное сообщение", "пересылаемое сообщение", "пересланное сообщение", "переадресованное сообщение",
        "оригінальне повідомлення", "початкове повідомлення", "вихідне повідомлення", "переслане повідомлення", "пересилання", "оригинално съобщение", "препратено съобщение", "původní zpráva", "původní e-mail",
        "přeposlaná zpráva", "pôvodná správa", "preposlaná správa", "eredeti üzenet", "továbbított üzenet", "izvorna poruka", "izvorno sporočilo", "proslijeđena poruka", "mesaj original", "mesajul original", "mesaj redirecționat",
        "orijinal mesaj", "özgün mesaj", "özgün ileti", "orijinal ileti", "yönlendirilmiş ileti", "iletilen mesaj", "iletilmiş mesaj", "αρχικό μήνυμα", "προωθημένο μήνυμα", "algne sõnum", "algsõnum",
        "thư gốc", "tin nhắn gốc", "tin nhắn ban đầu", "thư đã chuyển tiếp", "tin nhắn được chuyển tiếp", "pesan asli", "pesan terusan", "pesan yang diteruskan", "回复的原邮件", "原始邮件", "原始郵件", "邮件原件", "转发邮件", "转发的邮件", "轉寄", "轉寄郵件", "回复的邮件", "原邮件",
        "元のメッセージ", "オリジナルメッセージ", "オリジナル メッセージ", "転送メッセージ", "転送", "원본 메시지", "원본 메일", "원문 메시지", "전달된 메시지", "전달된 메일", "הודעה מקורית", "הודעה שהועברה", "הודעה שהועברה",
        "الرسالة الأصلية", "رسالة أصلية", "رسالة معاد توجيهها", "الرسالة المُعاد توجيهها", "ข้อความต้นฉบับ", "ข้อความที่ส่งต่อ",
    ];

    /// <summary>Whole lines that open a forwarded mail.</summary>
    public static FrozenSet<string> Announcements { get; } = Names(
        "begin_forwarded_message start_of_forwarded_message anfang_der_weitergeleiteten_nachricht anfang_der_weitergeleiteten_e-mail début_du_message_réexpédié début_du_message_transféré inicio_del_mensaje_reenviado "
        + "inizio_messaggio_inoltrato inizio_del_messaggio_inoltrato begin_doorgestuurd_bericht início_da_mensagem_encaminhada início_da_mensagem_reencaminhada vidarebefordrat_brev videresendt_besked start_på_videresendt_besked videresendt_melding "
        + "välitetty_viesti välitetty_viesti_alkaa początek_przekazywanej_wiadomości początek_wiadomości_przekazanej dalej начало_переадресованного_сообщения пересылаемое_сообщение початок_листа,_що_пересилається "
        + "začátek_přeposlané_zprávy přeposlaná_zpráva továbbított_levél_kezdete eredeti_üzenet_kezdete iletilen_e-postanın_başlangıcı iletinin_başlangıcı început_mesaj_redirecționat începutul_mesajului_redirecționat αρχή_προωθημένου_μηνύματος "
        + "以下是转发的邮件 转发的邮件 開始轉寄郵件 下面是被转发的邮件 転送されたメッセージ 전달된_메시지 bắt_đầu_thư_được_chuyển_tiếp mulai_pesan_yang_diteruskan");

    public static FrozenSet<string> From { get; } = Names(
        "from von de da van från fra frá od от від από feladó kimden gönderen lähettäjä keneltä saatja nuo de_la 发件人 寄件者 寄件人 差出人 送信者 보낸사람 보낸_사람 발신 từ người_gửi dari מאת من از จาก");

    public static FrozenSet<string> Subject { get; } = Names(
        "subject betreff objet sujet oggetto asunto assumpte assunto onderwerp ämne emne efni temat předmět predmet тема относно θέμα subiect tárgy konu aihe teema tema subjek perihal 主题 主旨 件名 제목 chủ_đề tiêu_đề נושא הנושא الموضوع موضوع เรื่อง หัวเรื่อง");

    /// <summary>The other labels of a quoted header: dates, recipients, copies.</summary>
    public static FrozenSet<string> Others { get; } = Names(
        "date sent sent_at to cc bcc reply-to importance attachments datum gesendet gesendet_am an kopie envoyé envoyé_le date_d’envoi date_d'envoi à a copie copie_à pj enviado enviado_el enviada enviada_em enviat para per_a per fecha data data_d'invio inviato "
        + "verzonden verzonden_op aan til dato sendt skickat skickat_den till kopia kopi dags dagsetning sent lähetetty lähetyspäivä päivämäärä vastaanottaja kopio saadetud kellele kuupäev wysłano wysłane do data_wysłania dw дата отправлено дата_отправки "
        + "кому копия надіслано відправлено дата_й_час копія изпратено до копие odesláno komu odoslané poslano za kome küldve címzett dátum másolat tarih gönderme_tarihi gönderildi gönderilme_tarihi gönderilen kime bilgi στάλθηκε ημερομηνία εστάλη προς κοιν "
        + "trimis către catre 发送时间 发送日期 时间 日期 收件人 抄送 主送 寄件日期 傳送時間 收件者 副本 送信日時 日時 日付 宛先 날짜 받는사람 받는_사람 보낸날짜 보낸_날짜 참조 수신 đã_gửi ngày ngày_gửi gửi đến tới kepada tanggal dikirim tembusan "
        + "נשלח תאריך אל עותק إلى التاريخ تاريخ تم_الإرسال أرسلت أُرسلت نسخة ارسال به ถึง วันที่ ส่ง สำเนา message_du");

    /// <summary>Beginnings that only a telephone or a program writes: with the owner's word or the program's name.</summary>
    public static string[] SentFromMine { get; } =
    [
        "sent from my ", "sent via my ", "sent by my ", "sent with my ", "get outlook for", "get [outlook for", "get bluemail for", "download outlook for", "virus-free. www.", "provenance : courrier", "diese nachricht wurde von meine", "von samsung", "envoyé de mon ", "envoyé depuis mon ", "envoyé à partir de mon ", "télécharger outlook", "obtenez outlook", "gesendet von mein", "gesendet mit mein", "von mein", "holen sie sich outlook", "outlook für ",
        "enviado desde mi ", "enviado desde el móvil", "obtener outlook", "enviado do meu ", "enviado a partir do meu ", "enviado de meu ", "obter o outlook", "obter outlook", "enviat des del meu", "inviato da mio ", "inviato dal mio ", "inviato dalla mia ", "scarica outlook", "ottieni outlook", "verzonden vanaf mijn ", "verstuurd vanaf mijn ", "verzonden met mijn ", "outlook voor ",
        "skickat från min ", "skickades från min ", "sendt fra min ", "sendt fra mit ", "skaff deg outlook", "hämta outlook", "hent outlook", "lähetetty minun", "lähetetty iphonesta", "lähetetty puhelimesta", "hanki outlook", "wysłane z mojego ", "wysłano z mojego ", "wysłane z mojej ", "pobierz outlook", "odesláno z mého ", "odesláno z iphonu", "odoslané z môjho ", "poslané z môjho ",
        "отправлено с моего ", "отправлено с iphone", "отправлено с ipad", "надіслано з мого ", "надіслано з iphone", "відправлено з мого ", "изпратено от моя ", "küldve az iphone", "iphone-omról küldve", "iphone'umdan gönderildi", "ipad'imden gönderildi", "telefonumdan gönderildi", "trimis de pe ", "στάλθηκε από το ", "εστάλη από το ", "gửi từ iphone", "gửi từ điện thoại",
        "đã gửi từ iphone", "dikirim dari iphone", "dikirim dari ponsel", "发自我的", "从我的", "從我的", "傳送自", "寄自我的", "iphoneから送信", "ipadから送信", "나의 iphone에서", "내 iphone에서", "iphone에서 보냄", "נשלח מה-iphone", "נשלח מה-", "נשלח מהאייפון", "أُرسلت من الـ iphone", "أرسلت من", "مرسل من", "ส่งจาก iphone",
    ];

    /// <summary>Beginnings that people write too: they count with one of <see cref="Devices"/>.</summary>
    public static string[] SentFrom { get; } =
    [
        "sent from", "sent with", "sent via", "sent using", "sent on", "envoyé de", "envoyé depuis", "envoyé à partir", "envoyé avec", "gesendet von", "gesendet mit", "gesendet aus", "diese nachricht wurde von", "enviado desde", "enviado do", "enviado de", "enviado con", "enviado com", "inviato da", "inviato con",
        "verzonden vanaf", "verstuurd vanaf", "verzonden met", "verzonden via", "verzonden vanuit", "skickades från", "skickat från", "skickat med", "sendt fra", "sendt med", "wysłane z", "wysłano z", "lähetetty", "отправлено с", "отправлено из", "отправлено через", "надіслано з", "відправлено з", "odesláno z", "odoslané z", "küldve", "trimis din", "gửi từ", "được gửi từ", "dikirim dari", "发自", "來自", "来自", "从 windows",
    ];

    /// <summary>Ends of such a line where the verb stands last; they count with one of <see cref="Devices"/>.</summary>
    public static string[] SentFromEnds { get; } = [" gesendet", " lähetetty", "gönderildi", "から送信", "より送信", "에서 보냄", "에서 보냅니다", "傳送", "发送"];

    /// <summary>What people ask for behind it: to look over what small keys do to words.</summary>
    public static string[] Excuses { get; } = ["excuse", "typo", "brevity", "sorry", "apolog", "pardon", "forgive", "tippfehler", "entschuldig", "désolé", "excuse", "faute", "disculp", "errat", "fouten", "ursäkta", "undskyld"];

    /// <summary>"… above this line", as ticket systems write between dashes.</summary>
    public static string[] AboveThisLine { get; } =
    [
        "above this line", "oberhalb dieser zeile", "über dieser zeile", "au-dessus de cette ligne", "encima de esta línea", "arriba de esta línea", "boven deze regel", "boven deze lijn", "sopra questa riga", "sopra questa linea", "acima desta linha", "ovanför den här raden", "ovanför denna rad", "over denne linje", "over denne linjen",
        "powyżej tej linii", "nad touto řádkou", "nad tímto řádkem", "над этой строкой", "выше этой строки", "この行より上", "此行上方", "이 줄 위에",
    ];

    /// <summary>First words of an attribution that has nothing but the name: "Quoting Mina:".</summary>
    public static string[] Quoting { get; } = ["quoting ", "quotation from ", "zitat von ", "citando a ", "citando ", "citat från ", "citat fra ", "citaat van ", "citation de ", "cytat ", "quota di "];

    /// <summary>Fields that only a pasted raw header has.</summary>
    public static FrozenSet<string> RawFields { get; } = Names("received return-path message-id mime-version content-type delivered-to dkim-signature authentication-results content-transfer-encoding references in-reply-to x-mailer");

    public static string[] Devices { get; } =
    [
        "iphone", "ipad", "ipod", "ios", "apple", "android", "samsung", "galaxy", "huawei", "honor", "xiaomi", "redmi", "oppo", "oneplus", "nokia", "motorola", "sony", "xperia", "htc", "blackberry", "windows", "phone", "telefon", "téléphone", "teléfono", "móvil", "celular", "telemóvel", "handy", "mobil", "smartphone", "tablet",
        "mail", "outlook", "yahoo", "proton", "gmail", "gmx", "web.de", "hotmail", "aol", "superhuman", "thunderbird", "spark", "zoho", "fastmail", "tuta", "hey.com", "canary", "airmail", "polymail", "mailspring", "mailbird", "missive", "邮件", "bluemail", "hiri", "mutt", "телефон", "puhelim", "手机", "手機", "电脑",
    ];

    /// <summary>Beginnings of the months' names, long enough to be told from other words next to a figure.</summary>
    public static string[] Months { get; } =
    [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jän", "mär", "mai", "okt", "dez", "fév", "fev", "avr", "juin", "juil", "aoû", "déc", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott", "out", "gener", "febr", "maig", "juny",
        "mrt", "mei", "maj", "maa", "sty", "lut", "kwi", "cze", "lip", "sie", "wrz", "paź", "lis", "gru", "led", "úno", "bře", "dub", "kvě", "čer", "čvn", "čvc", "srp", "zář", "říj", "pro", "máj", "jún", "júl", "tam", "hel", "huh", "tou", "kes", "hei", "elo", "syy", "lok", "jou",
        "nóv", "maí", "ágú", "már", "ápr", "szept", "oca", "şub", "nis", "haz", "tem", "ağu", "eyl", "eki", "kas", "ara", "ian", "iun", "iul", "noi", "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру",
        "ιαν", "φεβ", "μαρ", "μάρ", "απρ", "μαΐ", "μάι", "μαϊ", "ιουν", "ιούν", "ιουλ", "ιούλ", "αυγ", "αύγ", "σεπ", "οκτ", "νοε", "νοέ", "δεκ", "thg", "tháng", "peb", "agu", "agt", "des", "ינו", "בינו", "פבר", "בפבר", "מרץ", "במרץ", "אפר", "באפר", "מאי", "במאי", "יונ", "ביונ", "יול", "ביול", "אוג", "באוג", "ספט", "בספט", "אוק", "באוק", "נוב", "בנוב", "דצמ", "בדצמ",
        "يناير", "فبراير", "مارس", "أبريل", "ابريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย", "ก.ค", "ส.ค", "ก.ย", "ต.ค", "พ.ย", "ธ.ค",
    ];

    /// <summary>The same by their first character, a capital.</summary>
    public static FrozenDictionary<char, string[]> MonthsByBeginning { get; } = Months.GroupBy(m => char.ToUpperInvariant(m[0])).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
