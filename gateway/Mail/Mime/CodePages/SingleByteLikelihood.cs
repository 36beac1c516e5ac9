using System.Globalization;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>How likely 8-bit text is in one language and one charset of one byte a character.</summary>
internal sealed class SingleByteLikelihood
{
    private const double Unexpected = 0.0004;
    private const double Symbol = 0.012;
    private const double OddSymbol = 0.002;
    private const double Drawing = 0.00003;
    private const double Unused = 1e-6;
    private const double OtherCase = 0.05;
    private const double AllCapitals = -5;
    private const string Symbols = "\u00A0“”‘’‚„–—…•€«»°§©®™№£·´¿¡±µ½²";

    /// <summary>
    /// Letters beyond ASCII of the languages of Latin script, and whole alphabets of the others, the frequent ones first, the charsets they
    /// are sent in, and how rare such mail is (logarithm).
    /// </summary>
    private static readonly (string Letters, bool Latin, int[] Pages, double Prior)[] Languages =
    [
        ("éèàêçâîôùûëïœ", true, [1252], 0),
        ("üäöß", true, [1252], 0),
        ("óíáéñú¿¡ü", true, [1252], 0),
        ("ãçáéíóêõâàúô", true, [1252], 0),
        ("èàùòìé", true, [1252], 0),
        ("äåöé", true, [1252], 0),
        ("åøæéö", true, [1252], 0),
        ("äö", true, [1252], 0),
        ("ëéïèöü", true, [1252], 0),
        ("íáðþéóæöúý", true, [1252], -3),
        ("éàèíóçòúïü·", true, [1252], 0),
        ("éèàùçêëîïôûüäößáíóúñãõâåøæìò", true, [1252], -1.5),
        ("łąęóżśćńź", true, [1250, 28592], 0),
        ("íáěéýčřžšůúňťďó", true, [1250, 28592], 0),
        ("áíéčžýšúľťôňďäó", true, [1250, 28592], 0),
        ("áéőóöíüúű", true, [1250, 28592], 0),
        ("ăîâşţ", true, [1250, 28592], 0),
        ("čšžćđ", true, [1250, 28592], 0),
        ("ıüşğçöİâî", true, [1254], 0),
        ("ėšžįųūąčęž", true, [1257], -3),
        ("āīēšūņļžčķģ", true, [1257], -3),
        ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ", false, [1251, 20866, 28595], 0),
        ("оанивтірселкдмпузяьбгчйхжцюєїшщфґ", false, [1251, 21866], 0),
        ("аиоентрсвлкдпмзугъбчяйжшщцхфюь", false, [1251], 0),
        ("аоиенртсјувдклмпзгбшћчцжљњђџфх", false, [1251], 0),
        ("αοιετσνηυρπκμλςάόίέήύθδγωώχφβξζψϊϋ", false, [1253, 28597], 0),
        ("יוהלארתבמשנםדקחפעגטכסזצןךץף", false, [1255], 0),
        ("اليمنرتبوعدسفهكحقجشصخطضذثزغىةأإآءؤئظ،؟ـ", false, [1256, 28596], 0),
        ("านรอก่เง้มยิลวดีทสัตะปบคหแจพชขใไุโผื์ูซึธฐศญณฟษถ็ๆฉฎ", false, [874], 0),
    ];

    public static IReadOnlyList<SingleByteLikelihood> All => Models.Value;

    private static readonly Lazy<SingleByteLikelihood[]> Models = new(() => [.. Languages.SelectMany(l => l.Pages.SelectMany(p =>
        ((bool[])[false, true]).Select(capitals => new SingleByteLikelihood((l.Letters, l.Latin, l.Prior), p, capitals))))]);

    private readonly double[,] _logarithms = new double[128, 3];
    private readonly double _prior;

    private SingleByteLikelihood((string Letters, bool Latin, double Prior) language, int page, bool capitals)
    {
        var (letters, latin, prior) = language;
        Page = page;
        NeedsRuns = !latin;
        _prior = prior + (capitals ? AllCapitals : 0);
        var chars = new SingleByteDecoder(page);
        double total = Enumerable.Range(0, letters.Length).Sum(rank => Weight(rank, latin));
        for (int high = 0; high < 128; high++)
        {
            char c = chars[(byte)(high + 128)];
            double log = Math.Log(Likelihood(c, letters, (total, latin), capitals));
            for (int context = 0; context < 3; context++)
                _logarithms[high, context] = log + Math.Log(Context(char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark, latin, context));
        }
    }

    public int Page { get; }

    /// <summary>Whether the language has words without a letter of ASCII, so that letters above it stand side by side.</summary>
    public bool NeedsRuns { get; }

    /// <summary>Logarithm of the likelihood.</summary>
    public double Score(HighBytes text)
    {
        double score = _prior;
        for (int high = 0; high < 128; high++)
        {
            for (int context = 0; context < 3; context++)
                score += text.Counts[high, context] * _logarithms[high, context];
        }
        return score;
    }

    private static double Likelihood(char c, string letters, (double Total, bool Latin) weights, bool capitals)
    {
        if (c is CharsetDecoder.Bad || char.IsControl(c))
            return Unused;
        char lower = char.ToLowerInvariant(c);
        int rank = letters.IndexOf(c, StringComparison.Ordinal);
        bool other = rank < 0;
        if (other)
            rank = letters.IndexOf(lower, StringComparison.Ordinal);
        if (rank >= 0)
            return Weight(rank, weights.Latin) / weights.Total * (other != capitals ? OtherCase : 1);
        if (Symbols.Contains(c, StringComparison.Ordinal))
            return Symbol;
        bool foreign = c is >= '\u2320' and <= '\u25FF' || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
        return foreign ? Drawing : char.IsLetter(c) ? Unexpected : OddSymbol;
    }

    /// <summary>Accents are more unequal among each other than the letters of an alphabet.</summary>
    private static double Weight(int rank, bool latin) => Math.Exp(-rank / (latin ? 5.0 : 9.0));

    /// <summary>Letters beyond ASCII stand among ASCII letters in Latin script, and among each other in the others.</summary>
    private static double Context(bool letter, bool latin, int context) => (letter, latin, context) switch
    {
        (false, _, _) => 0.33,
        (_, true, HighBytes.AfterHigh) => 0.03,
        (_, true, HighBytes.AfterLetter) => 0.8,
        (_, true, _) => 0.17,
        (_, false, HighBytes.AfterHigh) => 0.8,
        (_, false, HighBytes.AfterLetter) => 0.003,
        _ => 0.197,
    };
}
