namespace MailInbox.Mail.Mime.CodePages;

/// <summary>How likely 8-bit text is in one language and one charset of two bytes a character.</summary>
internal sealed class DoubleByteLikelihood
{
    private const double Broken = -14;

    /// <summary>What a byte of ASCII costs in text of one byte a character: a pair that takes one in saves it.</summary>
    private const double AsciiByte = 3;
    private const double Unexpected = 0.02;
    private const int AllPairs = 15_000;

    private const string Japanese = "のいるにはとたでしをがてかなれこすまさっあんりもらだ、。くきうおえよーけみそつせわばめちげじどやろごひふべぶびょゅほむゃね「」ぞずざぜぎぐ"
        + "ンスルイトアリラクタシレロコドマッフジカプメテナサムウパバキチニデグエオビヤミセブハツモケワベソヒダポゴャュョネボ"
        + "日本人一大年出中会国上者事時分行生自見前間二方手的場月業地部同金三合体新学理高名社電話内開山小長今定車私入東気明後当意員発作用目先物実動力表品度来信送問題件不正文全公都所何家以思法主相性回対心五十四関連絡様願致申御承知下";

    private const string Korean = "이다는을의에가하고한지기로사은어도를나시자리아서인대정있해수그부일보니게라전상들제과구와안원중문만년무여동비장주경습으회세오었것계성합했할면없요까저"
        + "님연락드립감말씀신청문주내용확답변배송업결금바랍녕월행공국우교관조화통생려선미진위식술방산된될데받발더모르마물불소학용차건같거번명히음재점단";

    private const string Simplified = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司，。、！？：您请谢好贵司订单货款";

    private const string Traditional = "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司，。、！？：您請謝好貴司訂單貨款";

    /// <summary>Page, frequent characters and their share, where the ordinary characters stand and what share they have.</summary>
    private static readonly (int Page, string Frequent, double Share, int First, int Last, double Ordinary)[] Languages =
    [
        (932, Japanese, 0.8, 0x889F, 0x9872, 0.16),
        (51932, Japanese, 0.8, 0xB0A1, 0xCFD3, 0.16),
        (949, Korean, 0.72, 0xB0A1, 0xC8FE, 0.25),
        (54936, Simplified, 0.68, 0xB0A1, 0xD7F9, 0.29),
        (950, Traditional, 0.68, 0xA440, 0xC67E, 0.29),
    ];

    public static IReadOnlyList<DoubleByteLikelihood> All => Models.Value;

    private static readonly Lazy<DoubleByteLikelihood[]> Models = new(() => [.. Languages.Select(l => new DoubleByteLikelihood(l.Page, l.Frequent, l.Share, (l.First, l.Last, l.Ordinary)))]);

    private static readonly double[] Contexts = [Math.Log(0.78), Math.Log(0.02), Math.Log(0.2)];

    private readonly float[] _logarithms = new float[65_536];
    private readonly DoubleByteTable _table;

    private DoubleByteLikelihood(int page, string frequent, double share, (int First, int Last, double Share) ordinary)
    {
        Page = page;
        _table = DoubleByteTable.Of(page);
        bool halves = page is 51932 or 949 or 54936;
        int inside = 0;
        for (int code = ordinary.First; code <= ordinary.Last; code++)
            inside += IsOrdinary(code, ordinary, halves) ? 1 : 0;
        for (int code = 0x8100; code < 65_536; code++)
        {
            double likely = IsOrdinary(code, ordinary, halves) ? ordinary.Share / inside : Unexpected / AllPairs;
            _logarithms[code] = (float)(_table.Pair(code >> 8, code & 0xFF) == '\0' ? Broken : Math.Log(likely));
        }
        string letters = string.Concat(frequent.Distinct());
        double total = Enumerable.Range(0, letters.Length).Sum(Weight);
        var encoding = CharsetDecoder.Framework(page)!;
        for (int rank = 0; rank < letters.Length; rank++)
        {
            if (encoding.GetBytes(letters, rank, 1) is [var lead, var trail])
                _logarithms[(lead << 8) | trail] = (float)Math.Log(Weight(rank) / total * share);
        }
    }

    public int Page { get; }

    /// <summary>Logarithm of the likelihood.</summary>
    public double Score(ReadOnlySpan<byte> text)
    {
        double score = 0;
        int context = HighBytes.AfterOther;
        for (int at = 0; at < text.Length;)
        {
            byte lead = text[at];
            if (lead < 128)
            {
                context = char.IsAsciiLetter((char)lead) ? HighBytes.AfterLetter : HighBytes.AfterOther;
                at++;
                continue;
            }
            if (at + 1 == text.Length)
                break;
            byte trail = text[at + 1];
            double pair = _table.IsLead(lead) ? _logarithms[(lead << 8) | trail] : Broken;
            bool whole = pair > Broken;
            score += (whole ? pair : Page == 932 && lead is >= 0xA1 and <= 0xDF ? -9 : Broken) + Contexts[context];
            score += whole && trail < 128 ? AsciiByte : 0;
            at += whole ? 2 : 1;
            context = HighBytes.AfterHigh;
        }
        return score;
    }

    private bool IsOrdinary(int code, (int First, int Last, double Share) ordinary, bool halves) =>
        code >= ordinary.First && code <= ordinary.Last && (!halves || (code & 0xFF) >= 0xA1) && _table.Pair(code >> 8, code & 0xFF) != '\0';

    private static double Weight(int rank) => 1.0 / (rank + 12);
}
