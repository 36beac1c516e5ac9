using System.Text;

namespace MailInbox.Tests.Mime;

/// <summary>Sentences of our own in many languages, short and long, with the charsets that mail in them comes in.</summary>
internal static class CharsetSentences
{
    public sealed record Language(string Name, int[] Pages, string[] Sentences)
    {
        /// <summary>Each sentence in each charset that has all its characters, where it holds any beyond ASCII.</summary>
        public IEnumerable<(int Page, string Text, byte[] Bytes)> Encoded() =>
            from page in Pages
            from text in Sentences.Append(string.Join("\r\n", Sentences)).Append(string.Join(' ', Sentences.Where((_, i) => i % 3 == 0)))
            let encoding = CodePagesEncodingProvider.Instance.GetEncoding(page)!
            let bytes = encoding.GetBytes(text)
            where encoding.GetString(bytes) == text && bytes.Any(b => b >= 128)
            select (page, text, bytes);
    }

    /// <summary>What windows-1252 is for: none of it may turn into anything else.</summary>
    public static IReadOnlyList<Language> Western { get; } =
    [
        new("French", [1252],
        [
            "Café fermé", "Problème réglé", "À bientôt, Hélène", "Votre facture a été payée.", "Où êtes-vous ?", "L’été dernier, nous étions à la montagne.", "Le reçu de la commande n° 4711 est joint.",
            "Bonjour, je n'ai toujours pas reçu la lampe que j'ai commandée au mois de février.", "Ça marche très bien, merci beaucoup !", "Pourriez-vous m'indiquer quand le modèle bleu sera de nouveau disponible ?",
            "Le garçon a mangé un gâteau à la crème brûlée près de la fenêtre.", "Nous avons déménagé ; notre nouvelle adresse figure ci-dessous.", "Rendez-vous confirmé", "Réponse à votre demande",
            "Une élève zélée a trouvé l'œuvre cachée au cœur de la forêt.", "Déjà vu", "Noël à Genève", "Société générale des énergies", "Il a dit : « C'est génial ! »", "Prix : 12 €",
        ]),
        new("German", [1252],
        [
            "Grüße aus München", "Rückfrage zur Bestellung", "Schöne Grüße", "Übergabe am Donnerstag", "Die Tür schließt nicht richtig.", "Könnten Sie mir bitte die Größe der Schränke nennen?", "Straße gesperrt",
            "Sehr geehrte Damen und Herren, die Lieferung ist leider beschädigt angekommen.", "Ich würde gern wissen, wann die Ersatzteile für den Kühlschrank verfügbar sind.", "Müller & Söhne",
            "Für die Rücksendung fallen keine Gebühren an.", "Das Gerät läuft, aber es ist sehr laut.", "Öffnungszeiten über die Feiertage", "Schlüssel verloren", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
            "Ärger mit der Rechnung", "Später mehr dazu.", "Ein Paar Füße", "„Schön“, sagte er.", "Viele Grüße, Jürgen",
        ]),
        new("Spanish", [1252],
        [
            "¿Dónde está mi pedido?", "Información útil", "Señor Muñoz", "¡Buenos días!", "El niño comió una piña en la montaña.", "La reunión será mañana a las nueve.", "Año nuevo",
            "Quería saber si todavía tienen el artículo número veintidós en color marrón.", "Gracias por su atención.", "El camión llegó con retraso y la mercancía está dañada.", "Más información aquí",
            "Devolución", "Teléfono móvil", "José compró pingüinos de peluche.", "Quedamos a la espera de su respuesta. Atentamente, Inés Peña", "Límite de crédito", "Así es", "Código postal", "Después", "Jamás olvidaré aquel árbol.",
        ]),
        new("Portuguese", [1252],
        [
            "Olá, João", "Não recebi a encomenda.", "Informações sobre a devolução", "Atenção", "São Paulo", "A reunião será às três horas.", "Obrigado pela atenção e até amanhã.", "Coração",
            "Gostaria de saber quando as cadeiras estarão disponíveis novamente em vossa loja.", "Cumprimentos, Conceição", "Você já enviou o código?", "Avó e avô", "Pães e maçãs", "Lição número dois", "É urgente!",
            "As condições de pagamento estão em anexo.", "Mãe", "Português", "Há três opções.", "Técnico à espera",
        ]),
        new("Nordic", [1252],
        [
            "Hälsningar från Göteborg", "Får jag tillbaka pengarna?", "Åke köpte åtta gröna äpplen på torget.", "Når kommer pakken?", "Rødgrød med fløde", "Vi ønsker å bestille tre stoler til møterommet.", "Kære kunde",
            "Hyvää päivää", "Lähetys ei ole vielä saapunut perille.", "Mikä on tämän pöydän hinta?", "Räksmörgås", "Æblekage", "Blåbærsyltetøy", "Ég þarf aðstoð við pöntunina mína.", "Það er gott veður í dag.",
            "Tilaus nro 17 on myöhässä", "Välkommen", "Påminnelse om betaling", "Størrelse på skoene", "Yötyö",
        ]),
        new("Italian", [1252],
        [
            "Perché no?", "La città è bella.", "Sarà così", "Qualità e quantità", "Non è ancora arrivato il pacco che ho ordinato lunedì.", "Il caffè è già pronto.", "Più tardi", "Attività", "C'è un problema",
            "Vorrei sapere se è possibile cambiare la misura dell'armadio.", "Università", "Verrò venerdì", "Né qui né là", "Virtù", "Lunedì o martedì?", "Ciò non è vero.", "Metà prezzo", "Società a responsabilità limitata", "Può darsi", "Tè verde",
        ]),
        new("English", [1252],
        [
            "It’s ready", "The résumé is attached.", "Price: £20 – that’s fair", "“Hello,” she said.", "5° below zero", "© 2024 Example", "Café", "naïve", "Don’t wait…", "A fiancée’s façade", "±5 %", "½ cup of sugar", "50 µm", "• one • two • three", "§ 12", "Zoë",
            "We don’t think the piñata will fit, but let’s see.", "Cost is €15", "« quoted »", "El Niño",
        ]),
        new("Dutch and Catalan", [1252],
        [
            "Coördinatie", "Eén ogenblik geduld", "België", "De patiënt heeft geen ideeën meer.", "Reünie", "Geïnteresseerd?", "Això és perquè plou.", "Bon dia a tothom, què voleu?", "L'adreça és al peu del correu.", "Demà passat", "Està bé així", "Mañana será",
        ]),
    ];

    public static IReadOnlyList<Language> Others { get; } =
    [
        new("Russian", [1251, 20866, 28595],
        [
            "Привет", "Счёт на оплату", "Добрый день!", "Срочно", "Где мой заказ?", "Спасибо за быстрый ответ.", "ЗАЯВКА НА РЕМОНТ", "Re: договор", "Лампа не включается после замены предохранителя.",
            "Здравствуйте, мы хотели бы узнать, когда будет доставлен стол, который мы заказали в начале месяца.", "Прошу выслать инструкцию к холодильнику.", "С уважением, Тимофей", "Новый адрес склада", "Звонок в 15:00",
            "Ключи от кабинета лежат у охраны.", "Вернём деньги в течение десяти дней", "Вопрос о гарантии", "Мы переехали", "Когда вам удобно встретиться на следующей неделе?", "Отчёт за квартал (черновик)",
        ]),
        new("Ukrainian", [1251, 21866],
        [
            "Доброго дня!", "Рахунок за послуги", "Коли приїде замовлення?", "Дякую за відповідь", "Ми хотіли б дізнатися, чи є ще в наявності зелені стільці.", "Щиро ваша, Їжакевич", "Нова адреса офісу", "Надішліть, будь ласка, інструкцію українською мовою.",
            "Пошкоджена посилка", "Зустріч о третій", "Лампа не світить", "Гарантійний ремонт холодильника", "Повернення коштів", "Привіт", "Єдиний ключ загубився", "Чекаємо на вас у вівторок вранці",
        ]),
        new("Bulgarian", [1251],
        [
            "Добър ден", "Поръчката още не е пристигнала.", "Благодаря за бързия отговор", "Фактура за плащане", "Кога ще бъде доставена масата, която поръчахме миналия месец?", "Смяна на адреса", "Лампата не свети", "Поздрави от София",
            "Моля, изпратете ни упътване на български език.", "Въпрос за гаранцията", "Срещата е утре в десет", "Върнете парите", "Ключът е при портиера", "Здравейте",
        ]),
        new("Greek", [1253, 28597],
        [
            "Καλημέρα", "Πού είναι η παραγγελία μου;", "Ευχαριστώ πολύ", "Τιμολόγιο", "Θα ήθελα να μάθω πότε θα παραδοθεί το τραπέζι που παραγγείλαμε τον περασμένο μήνα.", "Η λάμπα δεν ανάβει.", "Νέα διεύθυνση", "Με εκτίμηση, Ελένη",
            "Επιστροφή χρημάτων", "Το δέμα έφτασε κατεστραμμένο", "Συνάντηση αύριο στις δέκα", "Ερώτηση για την εγγύηση", "Χρόνια πολλά", "Στείλτε μας τις οδηγίες στα ελληνικά, παρακαλώ.",
        ]),
        new("Hebrew", [1255],
        [
            "שלום רב", "איפה ההזמנה שלי?", "תודה על התשובה המהירה", "חשבונית לתשלום", "רצינו לדעת מתי יגיע השולחן שהזמנו בתחילת החודש.", "המנורה לא נדלקת", "כתובת חדשה", "בברכה, רחל", "החזר כספי", "פגישה מחר בעשר", "שאלה על האחריות",
            "נא לשלוח הוראות הפעלה בעברית", "החבילה הגיעה שבורה", "בוקר טוב",
        ]),
        new("Arabic", [1256],
        [
            "مرحبا", "أين طلبي؟", "شكرا على الرد السريع", "فاتورة الدفع", "نود أن نعرف متى سيتم تسليم الطاولة التي طلبناها في بداية الشهر.", "المصباح لا يعمل", "العنوان الجديد", "مع أطيب التحيات", "استرداد المبلغ", "الاجتماع غدا في العاشرة",
            "سؤال عن الضمان", "وصلت الشحنة مكسورة", "صباح الخير", "يرجى إرسال التعليمات باللغة العربية",
        ]),
        new("Thai", [874],
        [
            "สวัสดีครับ", "สินค้าที่สั่งยังไม่มาถึง", "ขอบคุณมากค่ะ", "ใบแจ้งหนี้", "เราอยากทราบว่าโต๊ะที่สั่งไว้เมื่อต้นเดือนจะส่งถึงเมื่อไร", "โคมไฟเปิดไม่ติด", "ที่อยู่ใหม่", "ประชุมพรุ่งนี้สิบโมง", "ขอคืนเงิน", "คำถามเรื่องการรับประกัน",
        ]),
        new("Turkish", [1254],
        [
            "Siparişim nerede?", "Teşekkür ederim, iyi günler", "Fatura ödemesi yapıldı mı?", "Geçen ay sipariş ettiğimiz masanın ne zaman geleceğini öğrenmek istiyoruz.", "Lamba yanmıyor, değiştirir misiniz?", "İstanbul şubesi", "Yeni adresimiz aşağıdadır.",
            "Toplantı yarın saat onda başlıyor", "Garanti hakkında sorumuz var, yardımcı olur musunuz?", "Paket kırılmış şekilde ulaştı", "Lütfen Türkçe kullanım kılavuzu gönderin", "Görüşmek üzere, Ayşe Yıldırım",
        ]),
        new("Polish", [1250, 28592],
        [
            "Dzień dobry, gdzie jest moje zamówienie?", "Dziękuję za szybką odpowiedź", "Proszę o fakturę za żarówki", "Lampa się nie świeci", "Chcielibyśmy się dowiedzieć, kiedy zostanie dostarczony stół zamówiony na początku miesiąca.", "Zażółć gęślą jaźń",
            "Nowy adres będzie ważny od środy", "Paczka przyszła zniszczona, żądam zwrotu pieniędzy", "Pytanie o gwarancję", "Spotkanie w piątek o dziesiątej", "Proszę przesłać instrukcję po polsku, jeśli to możliwe", "Łódź",
        ]),
        new("Czech", [1250, 28592],
        [
            "Dobrý den, kde je moje objednávka?", "Děkuji za rychlou odpověď", "Příliš žluťoučký kůň úpěl ďábelské ódy", "Faktura k zaplacení je v příloze", "Rádi bychom věděli, kdy bude doručen stůl, který jsme objednali začátkem měsíce.", "Lampička nesvítí",
            "Nová adresa skladu", "Balík přišel poškozený, žádám vrácení peněz", "Otázka ohledně záruky", "Schůzka je zítra v deset", "Pošlete nám prosím návod v češtině", "Těšíme se na vás ve čtvrtek ráno",
        ]),
        new("Hungarian", [1250, 28592],
        [
            "Jó napot, hol van a rendelésem?", "Köszönöm a gyors választ, örülök neki", "Árvíztűrő tükörfúrógép", "Szeretnénk megtudni, mikor érkezik meg az asztal, amelyet a hónap elején rendeltünk önöktől.", "A lámpa nem működik, előre is köszönöm a segítséget",
            "Az új címünk lent található, erről szóló értesítőt küldünk", "A csomag törötten érkezett, visszakérem a pénzt ettől a cégtől", "Jövő héten kedden délelőtt találkozzunk a főbejáratnál",
        ]),
        new("Japanese", [932, 51932],
        [
            "こんにちは", "見積書の件", "ご注文ありがとうございます", "納期について", "先週注文した読書灯の納期を教えていただけますでしょうか。", "お世話になっております。山田です。", "ランプが点きません", "新しい住所のお知らせ", "返金をお願いします", "打ち合わせは明日の十時です",
            "保証に関する質問", "荷物が壊れて届きました。写真を添付しますので、ご確認ください。", "説明書を日本語で送ってください", "至急", "カタログ請求", "月初めに注文した机がいつ届くのか知りたいのですが、わかりますか。", "よろしくお願いいたします。", "Re: 会議の日程", "テスト", "駐車場の鍵をなくしました",
        ]),
        new("Korean", [949],
        [
            "안녕하세요", "주문 확인 부탁드립니다", "견적서 요청", "지난주에 주문한 책상이 언제 도착하는지 알고 싶습니다.", "빠른 답변 감사합니다.", "전등이 켜지지 않아요", "새 주소 안내", "환불을 요청합니다", "회의는 내일 열 시입니다", "보증에 관한 질문이 있습니다",
            "상품이 깨진 상태로 배송되었습니다. 사진을 첨부하니 확인해 주세요.", "한국어 설명서를 보내 주시기 바랍니다", "긴급", "좋은 하루 되세요", "열쇠를 잃어버렸습니다", "Re: 계약서 검토",
        ]),
        new("Chinese, simplified", [54936],
        [
            "您好", "关于订单的问题", "请问什么时候发货？", "我上个月买的台灯开关坏了，请问可以免费更换吗？", "谢谢您的快速回复", "发票", "新地址通知", "我要求退款", "会议改到明天上午十点", "保修问题", "货物到达时已经损坏，照片见附件，请尽快处理。", "请把中文说明书发给我们",
            "紧急", "钥匙丢了", "我们想知道月初订购的桌子什么时候可以送到公司。", "祝好", "Re: 合同", "报价单请查收", "图书馆需要十二盏台灯", "周末愉快",
        ]),
        new("Chinese, traditional", [950],
        [
            "您好", "關於訂單的問題", "請問什麼時候出貨？", "我上個月買的檯燈開關壞了，請問可以免費更換嗎？", "謝謝您的快速回覆", "發票", "新地址通知", "我要求退款", "會議改到明天上午十點", "保固問題", "貨物到達時已經損壞，照片請見附件，請儘快處理。", "請把中文說明書寄給我們",
            "緊急", "鑰匙不見了", "我們想知道月初訂購的桌子什麼時候可以送到公司。", "祝好", "Re: 合約", "報價單請查收", "圖書館需要十二盞檯燈", "週末愉快",
        ]),
    ];
}
