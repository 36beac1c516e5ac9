using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>
/// Tells the charset of 8-bit text that names none, or a wrong one. Each language has a model that gives the text a likelihood; windows-1252
/// stands unless another model is far more likely, for Latin text shown as Chinese is the worst of all answers.
/// </summary>
internal static class CharsetDetector
{
    /// <summary>Bytes that are looked at, from shortly before the first one above 127.</summary>
    public const int SampleSize = 32 * 1024;

    /// <summary>How much likelier (natural logarithm) an answer must be than windows-1252.</summary>
    private const double MarginOfBytes = 3.5;
    private const double MarginOfOneByte = 8;
    /// <summary>A text whose bytes are less likely than this on average is in none of the languages that are known here.</summary>
    private const double LeastOfBytes = -5;
    private const double MarginOfPairs = 8;

    /// <summary>The code page of the text: 65001, one of those of mail, else 1252.</summary>
    public static int Detect(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOfAnyInRange<byte>(0x80, 0xFF);
        if (first < 0)
            return 1252;
        if (IsMostlyUtf8(text[first..]))
            return CharsetLabels.Utf8;
        int begin = Math.Max(0, first - 2);
        var sample = text.Slice(begin, Math.Min(SampleSize, text.Length - begin));
        var counts = new HighBytes(sample);
        double margin = counts.All == 1 ? MarginOfOneByte : MarginOfBytes;
        double latin = double.NegativeInfinity;
        var best = (Page: 1252, Score: double.NegativeInfinity);
        foreach (var model in SingleByteLikelihood.All)
        {
            double score = model.Score(counts);
            if (model.Page == 1252)
                latin = Math.Max(latin, score);
            else if (score - margin > best.Score && score >= LeastOfBytes * counts.All && (counts.HasRuns || !model.NeedsRuns))
                best = (model.Page, score - margin);
        }
        if (counts.MayBePairs)
        {
            foreach (var model in DoubleByteLikelihood.All)
            {
                double score = model.Score(sample) - MarginOfPairs;
                if (score > best.Score)
                    best = (model.Page, score);
            }
        }
        return best.Score > latin ? best.Page : 1252;
    }

    /// <summary>UTF-8 with some bytes lost: whole characters beyond ASCII outnumber the broken ones.</summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, SampleSize)];
        if (Utf8.IsValid(text))
            return true;
        int whole = 0, broken = 0;
        while (text.IndexOfAnyInRange<byte>(0x80, 0xFF) is >= 0 and var next)
        {
            text = text[next..];
            var status = Rune.DecodeFromUtf8(text, out _, out int length);
            whole += status == OperationStatus.Done ? 1 : 0;
            broken += status == OperationStatus.InvalidData ? 1 : 0;
            text = text[length..];
        }
        return whole > 0 && whole >= 4 * broken;
    }
}

/// <summary>The bytes above 127 of a text, counted by what stands before them.</summary>
internal sealed class HighBytes
{
    public const int AfterHigh = 0;
    public const int AfterLetter = 1;
    public const int AfterOther = 2;

    public readonly int[,] Counts = new int[128, 3];

    private readonly int _all;
    private readonly int _inRuns;

    public HighBytes(ReadOnlySpan<byte> text)
    {
        byte before = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c >= 128)
            {
                int context = before >= 128 ? AfterHigh : char.IsAsciiLetter((char)before) ? AfterLetter : AfterOther;
                Counts[c - 128, context]++;
                _all++;
                _inRuns += before >= 128 || (i + 1 < text.Length && text[i + 1] >= 128) ? 1 : 0;
            }
            before = c;
        }
    }

    public int All => _all;

    public bool HasRuns => _inRuns > 0;

    /// <summary>Text of two bytes a character has many of its high bytes side by side; Latin text nearly none.</summary>
    public bool MayBePairs => _all >= 2 && _inRuns * 4 >= _all;
}
