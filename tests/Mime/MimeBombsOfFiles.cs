using System.Text;

namespace MailInbox.Tests.Mime;

internal sealed partial record MimeBomb
{
    private const string Tnef = "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n";
    private const string Plain = "Content-Type: text/plain\n\n";

    /// <summary>Files with the mail and between its lines.</summary>
    private static IEnumerable<MimeBomb> Files()
    {
        yield return new("attachments with names", n => [Mixed, .. Numbered(Math.Min(10_000, n / 400), i => $"--b\nContent-Type: application/pdf; name=\"=?utf-8?Q?a{i}?=\"\nContent-Disposition: attachment;\n filename*0*=utf-8''%C3%A4{i}; filename*1=.pdf\nContent-Transfer-Encoding: base64\n\n{new string('A', Math.Max(4, (n / Math.Min(10_000, n / 400)) - 170) & ~3)}\n")]);
        yield return new("text parts", n => [Mixed, .. Times($"--b\nContent-Type: text/plain\n\n{new string('a', (n / 10_000) - 31)}\n", 10_000)]);
        yield return new("pages in parts", n => [Mixed, .. Times($"--b\nContent-Type: text/html\n\n{new string('a', (n / 10_000) - 30)}\n", 10_000)]);
        yield return new("uuencode of lost blanks", n => [Plain, "begin 644 a\n", .. Times("M\n", n / 2), "`\nend\n"]);
        yield return new("uuencode as base64", n => [Plain, .. Times("begin-base64 644 a\nYWJj\n====\n", n / 29)]);
        yield return new("uuencode of one file", n => [Plain, "begin 644 a\n", .. Times($"M{new string('A', 60)}\n", n / 62), "`\nend\n"]);
        yield return new("uuencode as transfer encoding", n => ["Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n", .. Times("M\n", n / 2), "`\nend\n"]);
        yield return new("yEnc of one file", n => [Plain, "=ybegin line=128 size=1 name=a\n", .. Times("=}=}=}=}=}=}=}=}\n", n / 17), "=yend size=1\n"]);
        yield return new("yEnc keywords", n => [Plain, "=ybegin line=128 size=1 name=a\n", .. Times("=y", n / 2)]);
        yield return new("yEnc files", n => [Plain, .. Times("=ybegin line=128 size=1 name=a\nk\n=yend size=1\n", n / 46)]);
        yield return new("files in quoted-printable", n => ["Content-Transfer-Encoding: quoted-printable\n\n", .. Times("begin 644 a\n#86)C\n`\nend\n", n / 23)]);
        yield return new("PGP frames", n => [Plain, .. Times("-----BEGIN PGP SIGNED MESSAGE-----\nHash: a\n\n- a\n-----BEGIN PGP SIGNATURE-----\n", n / 78)]);
        yield return new("events", n => ["Content-Type: text/calendar\n\n", .. Times("BEGIN:VEVENT\nRECURRENCE-ID:1\nEND:VEVENT\n", n / 40)]);
        yield return new("folded event", n => ["Content-Type: text/calendar\n\nBEGIN:VEVENT\n", .. Times("SUMMARY:a\n a\n a\n", n / 16)]);
        yield return new("calendars", n => [Mixed, .. Times($"--b\nContent-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:{new string('a', 40)}\n", n / 97)]);
        yield return new("winmail attributes", n => Winmail(n, [2, 0x02, 0x90, 0x06, 0x00, 14, 0, 0, 0, .. new byte[14], 0, 0, 2, 0x10, 0x80, 0x01, 0x00, 2, 0, 0, 0, (byte)'a', 0, (byte)'a', 0]));
        yield return new("winmail empty attributes", n => Winmail(n, [1, 0x0C, 0x80, 0x02, 0x00, 0, 0, 0, 0, 0, 0]));
        yield return new("winmail properties", n => Encoded(Tnef, Properties(n, TnefWriter.Long(0x1234, 1))));
        yield return new("winmail names", n => Encoded(Tnef, Properties(n, TnefWriter.Text16(0x0037, "abcdefgh"))));
        yield return new("winmail text", n => Encoded(Tnef, Winmail(TnefWriter.List(TnefWriter.Text16(0x1000, new string('\u4E2D', n * 3 / 8))))));
        yield return new("winmail in winmail", n => Encoded(Tnef, Nested(n * 3 / 4)));
        yield return new("winmail in each winmail", n => Encoded(Tnef, Nested(n * 3 / 4, beside: true)));
        yield return new("compressed text", n => Encoded(Tnef, Rtf(n * 3 / 4, "\\par a")));
        yield return new("compressed groups", n => Encoded(Tnef, Rtf(n * 3 / 4, "{{{{{{")));
        yield return new("compressed fonts", n => Encoded(Tnef, Rtf(n * 3 / 4, "\\f1\\'e4")));
        yield return new("compressed page", n => Encoded(Tnef, Rtf(n * 3 / 4, "\\fromhtml1{\\*\\htmltag <b>}a")));
    }

    private static IEnumerable<string> Numbered(int count, Func<int, string> write) => Enumerable.Range(0, count).Select(write);

    private static IEnumerable<string> Encoded(string header, byte[] bytes) => [header, Convert.ToBase64String(bytes)];

    /// <summary>The signature, then the same attributes again and again, in base64.</summary>
    private static IEnumerable<string> Winmail(int size, byte[] attributes)
    {
        byte[] three = [.. attributes, .. attributes, .. attributes];
        string line = Convert.ToBase64String(three) + "\n";
        return [Tnef, Convert.ToBase64String([0x78, 0x9F, 0x3E, 0x22, 0x01, 0x00]), .. Times(line, size / line.Length)];
    }

    /// <summary>A stream of one attribute: the properties of the message.</summary>
    private static byte[] Winmail(byte[] properties) => [0x78, 0x9F, 0x3E, 0x22, 1, 0, 1, 0x03, 0x90, 0x06, 0x00, .. TnefWriter.Four((uint)properties.Length), .. properties, 0, 0];

    private static byte[] Properties(int size, byte[] property)
    {
        int count = size * 3 / 4 / property.Length;
        byte[] list = [.. TnefWriter.Four((uint)count), .. new byte[count * property.Length]];
        for (int i = 0; i < count; i++)
            property.CopyTo(list, 4 + (i * property.Length));
        return Winmail(list);
    }

    /// <summary>Messages in messages as deep as the size allows; <paramref name="beside"/> each with a text of its own, so that all levels weigh the same.</summary>
    private static byte[] Nested(int size, bool beside = false)
    {
        byte[] stream = Winmail(TnefWriter.List(TnefWriter.Text8(0x1000, new byte[beside ? size / 20 : size - 20_000])));
        for (int level = 0; level < 20; level++)
        {
            byte[] message = TnefWriter.List(TnefWriter.Long(0x3705, 5), TnefWriter.Message(stream));
            byte[] text = beside ? TnefWriter.Text8(0x1000, Encoding.ASCII.GetBytes(new string('a', size / 20))) : [];
            stream = [.. Winmail(beside ? TnefWriter.List(text) : []), 2, 0x02, 0x90, 0x06, 0x00, 14, 0, 0, 0, .. new byte[16], 2, 0x05, 0x90, 0x06, 0x00, .. TnefWriter.Four((uint)message.Length), .. message, 0, 0];
        }
        return stream;
    }

    /// <summary>Compressed RTF (MS-OXRTFCP) in which each two bytes stand for sixteen: the beginning and the piece, then what came before.</summary>
    private static byte[] Rtf(int size, string piece)
    {
        const int filled = 207, window = 4_096;
        var data = new List<byte>(size);
        byte[] literal = Encoding.ASCII.GetBytes("{\\rtf1 " + string.Concat(Enumerable.Repeat(piece, 64)));
        int place = filled + literal.Length, from = filled + 7;
        for (int i = 0; i < literal.Length; i += 8)
            data.AddRange([0, .. literal.AsSpan(i, Math.Min(8, literal.Length - i))]);
        // Full groups of literals only, so that the next control byte is one.
        while (data.Count % 9 != 0)
        {
            data.Add((byte)' ');
            place++;
        }
        int period = 16 * piece.Length;
        while (data.Count < size - 100)
        {
            data.Add(0xFF);
            for (int bit = 0; bit < 8; bit++, place = (place + 16) % window, from = (from + 16) % window)
            {
                if (from == place)
                    from = (from + period) % window;
                data.Add((byte)(from >> 4));
                data.Add((byte)((from << 4) | 14));
            }
        }
        byte[] rtf = [.. TnefWriter.Four((uint)data.Count + 12), .. TnefWriter.Four(0), .. "LZFu"u8, .. TnefWriter.Four(0), .. data];
        return Winmail(TnefWriter.List(TnefWriter.Binary(0x1009, rtf)));
    }
}
