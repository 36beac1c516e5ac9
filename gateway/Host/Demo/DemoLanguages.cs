namespace MailInbox.Host.Demo;

/// <summary>The same kind of questions in other languages, all in UTF-8.</summary>
internal static class DemoLanguages
{
    public static IEnumerable<DemoMail> All(DemoPost post) => [.. Western(post), .. Eastern(post)];

    private static IEnumerable<DemoMail> Western(DemoPost post)
    {
        yield return post.Mail(new("Élodie Garçonnet", "elodie.garconnet@boitealettres.example", 1), 7.5, "Commande n° 20433 : lampe arrivée sans abat-jour",
            """
            Bonjour,

            J'ai bien reçu hier ma commande n° 20433, mais l'abat-jour manque. Le carton était intact : il a sûrement
            été oublié à l'emballage. Pouvez-vous me l'envoyer rapidement ? C'est un cadeau de Noël.

            Merci d'avance et bonne journée,
            Élodie Garçonnet
            """);
        yield return post.Mail(new("Íñigo Peñalver", "inigo.penalver@correoclaro.example", 1), 16, "¿Hacen envíos a las Islas Canarias?",
            """
            Buenos días:

            ¿Envían también a Canarias? En la página sólo aparece la península. Me interesan dos lámparas de pie
            «Faro» y quisiera saber cuánto cuesta el envío y cuánto tarda, más o menos.

            Un saludo,
            Íñigo Peñalver
            """);
        yield return post.Mail(new("Niccolò Bellandi", "niccolo.bellandi@postalieta.example", 1), 23, "Fattura per l'ordine 20405: manca il codice fiscale",
            """
            Buongiorno,

            nella fattura dell'ordine 20405 manca il codice fiscale, perciò la mia commercialista non può registrarla.
            È possibile riceverla corretta? Più tardi di venerdì, purtroppo, non serve più.

            Cordiali saluti
            Niccolò Bellandi
            """);
        yield return post.Mail(new("Åshild Bjørnstad", "ashild.bjornstad@fjordbrev.example", 1), 11, "Retur av bordlampe – hvordan gjør jeg det?",
            """
            Hei!

            Bordlampen «Måne» er nydelig, men altfor stor til hylla mi. Får jeg en returlapp fra dere, eller må jeg
            betale frakten selv? Esken er åpnet, men lampen er ikke brukt.

            Vennlig hilsen
            Åshild Bjørnstad
            """);
        yield return post.Mail(new("João Conceição", "joao.conceicao@caixapostal.example", 0), 34, "Peça de substituição: botão do candeeiro",
            """
            Olá,

            O botão do candeeiro que comprei há três anos partiu-se. Ainda vendem essa peça? Não queria deitar fora
            um candeeiro tão bom por causa de um botão.

            Obrigado pela atenção,
            João Conceição
            """);
        yield return post.Mail(new("Małgorzata Świętek", "m.swietek@listonosz.example", 1), 41, "Paczka wróciła do nadawcy – zamówienie 20389",
            """
            Dzień dobry,

            kurier nikogo nie zastał i paczka z zamówieniem 20389 wraca do Państwa. Byłam cały dzień w domu! Proszę
            o ponowną wysyłkę, najchętniej do punktu odbioru przy ulicy Źródlanej.

            Pozdrawiam
            Małgorzata Świętek
            """);
    }

    private static IEnumerable<DemoMail> Eastern(DemoPost post)
    {
        yield return post.Mail(new("Ελευθερία Καλογήρου", "eleftheria@grammatokivotio.example", 2), 29, "Πότε θα είναι ξανά διαθέσιμο το φωτιστικό «Φάρος»;",
            """
            Καλησπέρα σας,

            το φωτιστικό «Φάρος» σε πράσινο χρώμα εμφανίζεται εξαντλημένο εδώ και έναν μήνα. Γνωρίζετε πότε θα είναι
            ξανά διαθέσιμο; Θα ήθελα δύο τεμάχια.

            Ευχαριστώ πολύ,
            Ελευθερία Καλογήρου
            """);
        yield return post.Mail(new("Çağla Işıkoğlu", "cagla.isikoglu@mektup.example", 3), 13, "Sipariş 20412: yanlış kablo gönderilmiş",
            """
            Merhaba,

            20412 numaralı siparişimde üç metrelik kablo istemiştim, kutudan bir buçuk metrelik çıktı. Doğru kabloyu
            gönderir misiniz? Eskisini geri yollayabilirim.

            İyi çalışmalar
            Çağla Işıkoğlu
            """);
        yield return post.Mail(new("ليلى الحدّاد", "layla@barid.example", 3), 18, "استفسار عن موعد تسليم الطلب 20419",
            """
            السلام عليكم ورحمة الله،

            طلبتُ مصباح المكتب قبل أسبوع (رقم الطلب 20419) ولم يصلني حتى الآن أي رقم للتتبّع.
            هل يمكنكم إخباري بموعد التسليم المتوقّع؟

            مع خالص الشكر،
            ليلى الحدّاد
            """);
        yield return post.Mail(new("נועם ברקאי", "noam.barkai@doar.example", 2), 47, "האם המנורה מתאימה לאמבטיה?",
            """
            שלום רב,

            אני מתעניין במנורת הקיר „נחל”. האם אפשר להתקין אותה בחדר אמבטיה, ומהו דירוג ההגנה שלה (IP)?

            תודה מראש,
            נועם ברקאי
            """);
        yield return post.Mail(new("한지우", "jiwoo.han@pyeonji.example", 9), 36, "주문 20427 배송지 변경 부탁드립니다",
            """
            안녕하세요.

            주문 번호 20427의 배송지를 회사 주소로 바꾸고 싶습니다. 아직 발송 전이라면 변경해 주시겠어요?
            불가능하면 취소 후 다시 주문하겠습니다.

            감사합니다.
            한지우 드림
            """);
    }
}
