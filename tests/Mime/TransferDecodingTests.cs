using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Tests.Mime;

/// <summary>The fast decoders against plain ones that are easy to believe, and all the ways to the bytes against each other.</summary>
public sealed class TransferDecodingTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly Gen<byte[]> Base64Text = Gen.Elements("QUJD", "YWJj", "/+8=", "QQ==", "\r\n", "\n", " ", "=", "!", "A", "-_", "\0", "é", new string('Q', 76) + "\r\n", new string('x', 64) + "\n", new string('b', 2_000))
        .ListOf().Select(pieces => Encoding.UTF8.GetBytes("QUJDREVGR0hJSktM" + string.Concat(pieces)));

    private static readonly Gen<byte[]> QuotedText = Gen.Elements("abc", "=41", "=c3=A4", "=", "==", "=\r\n", "=\n", "= \r\n", " ", "\t", "   ", "\r\n", "\n", "\r", "=Z", "=4", new string(' ', 5_000), new string('x', 5_000))
        .ListOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));

    [Test]
    public void Broken_base64_decodes_as_by_the_plain_decoder() => Prop.ForAll(Base64Text.ToArbitrary(), text =>
    {
        var decoder = default(Base64Decoder);
        byte[] output = new byte[text.Length];
        int length = decoder.Read(text, output);
        bool footer = (decoder.Damage & (BodyDamage.Base64Footer | BodyDamage.NotBase64)) != 0;
        byte[] expected = PlainBase64(text);
        return footer ? expected.AsSpan().StartsWith(output.AsSpan(0, length)) : expected.AsSpan().SequenceEqual(output.AsSpan(0, length));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Base64_with_random_damage_decodes_as_by_the_plain_decoder()
    {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] bytes = new byte[random.Next(20_000)];
            random.NextBytes(bytes);
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, i % 3 == 0 ? Base64FormattingOptions.None : Base64FormattingOptions.InsertLineBreaks));
            for (int damage = random.Next(4); damage > 0 && text.Length > 0; damage--)
                text[random.Next(text.Length)] = (byte)"!\r\n =A\0é"[random.Next(8)];
            Assert.That(Base64Decoder.Decode(text).AsSpan().SequenceEqual(PlainBase64(text)), Is.True, $"iteration {i}");
        }
    }

    [Test]
    public void Quoted_printable_decodes_as_by_the_plain_decoder() => Prop.ForAll(QuotedText.ToArbitrary(), text =>
        TransferDecoder.Decode(text, "quoted-printable").AsSpan().SequenceEqual(PlainQuoted(text))).QuickCheckThrowOnFailure();

    [Test]
    public void All_ways_give_the_same_bytes()
    {
        var gen = Gen.OneOf(Base64Text, QuotedText, ArbMap.Default.GeneratorFor<byte[]>());
        Prop.ForAll(gen.ToArbitrary(), body => ((string[])["base64", "quoted-printable", "x-uuencode", "8bit", "x-odd"]).All(encoding =>
        {
            byte[] all = TransferDecoder.Decode(body, encoding);
            var writer = new ArrayBufferWriter<byte>();
            TransferDecoder.Decode(body, encoding, writer);
            using var stream = new MemoryStream();
            long size = TransferDecoder.Decode(body, encoding, stream, out _);
            byte[] slow = InSmallBlocks(body, encoding);
            return all.Length <= body.Length && size == all.Length && writer.WrittenSpan.SequenceEqual(all) && stream.ToArray().SequenceEqual(all) && slow.SequenceEqual(all);
        })).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Large_bodies_come_out_whole_in_blocks()
    {
        byte[] bytes = new byte[400_001];
        new Random(3).NextBytes(bytes);
        foreach (int width in (int[])[76, 64, 73, 0])
        {
            string text = Convert.ToBase64String(bytes);
            if (width > 0)
                text = string.Join("\r\n", text.Chunk(width).Select(c => new string(c)));
            var part = Mails.Parse($"Content-Transfer-Encoding: base64\n\n{text}\n").Root;
            using var stream = new MemoryStream();
            Assert.Multiple(() =>
            {
                Assert.That(part.DecodeTo(stream), Is.EqualTo(bytes.Length));
                Assert.That(part.DecodedSize(), Is.EqualTo(bytes.Length));
                Assert.That(stream.ToArray().AsSpan().SequenceEqual(bytes), Is.True);
                Assert.That(part.Decode().AsSpan().SequenceEqual(bytes), Is.True);
            });
        }
    }

    [Test]
    public void A_footer_below_the_data_is_left_out()
    {
        var mail = Mails.Parse("Content-Transfer-Encoding: base64\n\naGVsbG8gd29ybGQ=\n\n_______________________________________________\nList mailing list, see the page of it\n");
        Assert.Multiple(() =>
        {
            Assert.That(mail.Root.Text(), Is.EqualTo("hello world"));
            Assert.That(mail.Defects.Select(d => d.Code), Is.EqualTo((string[])["base64-footer"]));
        });
    }

    [TestCase("base64", "aGVs!bG8=", "base64-junk")]
    [TestCase("base64", "aGVsbG8=aGVsbG8=", "base64-after-padding")]
    [TestCase("base64", "aGVsbG8", "base64-cut-off")]
    [TestCase("base64", "this was never base64, was it?", "base64-missing")]
    [TestCase("quoted-printable", "a =ZZ b", "quoted-printable-escape")]
    [TestCase("x-uuencode", "nothing begins here", "uuencode-begin-missing")]
    [TestCase("x-uuencode", "begin 644 a\n#86)C\n", "uuencode-end-missing")]
    [TestCase("x-gzip64", "as it is", "encoding-unknown")]
    [TestCase("7-bit;", "as it is", "encoding-misspelt")]
    [TestCase("qp", "as it is", "encoding-misspelt")]
    public void Damage_is_reported_once_with_the_offset_of_the_body(string encoding, string body, string code)
    {
        var mail = Mails.Parse($"Content-Transfer-Encoding: {encoding}\n\n{body}");
        mail.Root.Decode();
        mail.Root.Text();
        mail.Root.DecodedSize();
        mail.Root.Decode();
        Assert.That(mail.Defects.Select(d => (d.Code, d.Offset)), Is.EqualTo(((string, int)[])[(code, mail.Root.HeadersEnd)]));
    }

    [TestCase("base64", "aGVsbG8=\r\n")]
    [TestCase("BASE64", "aGVs\r\nbG8=")]
    [TestCase("quoted-printable (of course)", "a=3D=\r\nb  \r\n")]
    [TestCase("8bit", "plain")]
    [TestCase("binary", "plain")]
    [TestCase("uuencode", "begin 644 a\n#86)C\n`\nend\n")]
    public void Sound_bodies_have_no_defect(string encoding, string body)
    {
        var mail = Mails.Parse($"Content-Transfer-Encoding: {encoding}\n\n{body}");
        mail.Root.Decode();
        mail.Root.Text();
        Assert.That(mail.Defects, Is.Empty);
    }

    [TestCase("text/plain; charset=klingon", new byte[] { 65, 66 }, "charset-unknown")]
    [TestCase("text/plain; charset=us-ascii", new byte[] { 65, 0xE4 }, "charset-missing")]
    [TestCase("text/plain", new byte[] { 65, 0xE4 }, "charset-missing")]
    [TestCase("text/plain; charset=utf-8", new byte[] { 65, 0xE4 }, "charset-wrong")]
    [TestCase("text/plain; charset=utf-8", new byte[] { 0xC3, 0xA4, 65, 0xC3, 0xBC, 0xC3 }, "text-undecodable")]
    [TestCase("text/plain; charset=windows-1253", new byte[] { 0xC1, 0xD2 }, "text-undecodable")]
    public void Doubtful_charsets_are_reported(string type, byte[] body, string code)
    {
        var mail = MimeParser.Parse((byte[])[.. Encoding.ASCII.GetBytes($"Content-Type: {type}\n\n"), .. body]);
        mail.Root.Text();
        Assert.That(mail.Defects.Select(d => d.Code), Is.EqualTo((string[])[code]));
    }

    [Test]
    public void Text_that_begins_as_utf8_stays_so_whatever_follows()
    {
        byte[] body = [.. "Grüße aus Köln, schöne Straßen, ähnlich überall, fröhlich: "u8, .. Enumerable.Range(0, 60).Select(i => (byte)(i % 2 == 0 ? 0xC8 : 0x61 + i % 20))];
        var mail = MimeParser.Parse((byte[])[.. "Content-Type: text/plain; charset=utf-8\n\n"u8, .. body]);
        Assert.That(mail.Root.Text(), Does.StartWith("Grüße aus Köln, schöne Straßen, ähnlich überall, fröhlich: \uFFFD"));
        Assert.That(mail.Defects.Single().Code, Is.EqualTo(DefectCodes.TextUndecodable));
    }

    [Test]
    public void Reading_from_many_threads_reports_once()
    {
        var mail = Mails.Parse("Content-Transfer-Encoding: base64\n\naGVs!bG8=aGVs");
        Parallel.For(0, 200, i => (i % 2 == 0 ? mail.Root.Decode().Length : mail.Root.Text().Length).ToString());
        Assert.That(mail.Defects.Select(d => d.Code).Order(), Is.EqualTo((string[])["base64-after-padding", "base64-junk"]));
    }

    [Test]
    public void Text_of_a_body_costs_one_string()
    {
        string line = new('x', 70);
        string body = string.Concat(Enumerable.Repeat(line + "\r\n", 1_000));
        foreach (string head in (string[])["Content-Type: text/plain\n\n", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n", "Content-Type: text/plain; charset=koi8-r\n\n"])
        {
            var part = Mails.Parse(head + body).Root;
            int length = part.Text().Length;
            long before = GC.GetAllocatedBytesForCurrentThread();
            part.Text();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(allocated, Is.LessThan((2 * length) + 2_000), head);
        }
    }

    private static byte[] InSmallBlocks(byte[] body, string encoding)
    {
        var reader = new BodyReader(body, encoding);
        byte[] block = new byte[BodyReader.LeastRoom];
        var all = new List<byte>();
        while (reader.Read(block) is > 0 and var length)
            all.AddRange(block[..length]);
        return [.. all];
    }

    private static byte[] PlainBase64(byte[] text)
    {
        var output = new List<byte>();
        int bits = 0, count = 0, known = 0;
        bool padded = false;
        foreach (byte c in text)
        {
            int value = c switch { (byte)'-' => 62, (byte)'_' => 63, _ => Alphabet.IndexOf((char)c, StringComparison.Ordinal) };
            if (c == '=')
            {
                bits = count = known = 0;
                padded = true;
            }
            if (value < 0)
                continue;
            known++;
            bits = (bits << 6) | value;
            count += 6;
            if (count < 8)
                continue;
            count -= 8;
            output.Add((byte)(bits >> count));
            bits &= 0xFF;
        }
        int rest = padded ? known % 4 : 0;
        return [.. output[..^Math.Max(0, rest - 1)]];
    }

    /// <summary>Line by line: soft break, blanks at the end, escapes.</summary>
    private static byte[] PlainQuoted(byte[] text)
    {
        var output = new List<byte>();
        for (int at = 0; at < text.Length;)
        {
            int end = at;
            while (end < text.Length && text[end] is not ((byte)'\r' or (byte)'\n'))
                end++;
            string line = Encoding.Latin1.GetString(text, at, end - at);
            string trimmed = line.TrimEnd(' ', '\t');
            bool soft = trimmed.EndsWith('=');
            line = soft ? trimmed[..^1] : end < text.Length ? trimmed : line;
            for (int i = 0; i < line.Length; i++)
            {
                bool escape = line[i] == '=' && i + 2 < line.Length && char.IsAsciiHexDigit(line[i + 1]) && char.IsAsciiHexDigit(line[i + 2]);
                output.Add(escape ? Convert.ToByte(line.Substring(i + 1, 2), 16) : (byte)line[i]);
                i += escape ? 2 : 0;
            }
            at = end;
            if (soft && at < text.Length)
            {
                at += text.AsSpan(at).StartsWith("\r\n"u8) ? 2 : text.AsSpan(at).StartsWith("\r\r\n"u8) ? 3 : 1;
            }
            else if (at < text.Length)
            {
                output.Add(text[at++]);
            }
        }
        return [.. output];
    }
}
