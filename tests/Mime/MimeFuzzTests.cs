using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>Nothing that arrives makes the parser throw, lose a byte or lie about offsets.</summary>
public sealed class MimeFuzzTests
{
    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\r\r\n", "\0", "--", "--outer", "--inner--", "--b\n", ":", ";", "=?", "?=", "=?utf-8?Q?", "=?utf-8?B?w6Q=?=", "(", ")", "\"", "\\", "<", ">", ",",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Type: message/rfc822\n\n", "Content-Type: text/plain; charset=utf-16\n", "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: quoted-printable\n", "; name*0*=utf-8''%", "*1=", "\u00FF\u00FE", "\u001B$B", "+AOQ", "From ", "begin 644 x\n", "@", "[", "]", "\t", " ", "=\n", "=ZZ",
    ];

    [Test]
    public void Mutated_mails_parse_and_keep_their_bytes()
    {
        var random = new Random(20251103);
        for (int i = 0; i < 6_000; i++)
        {
            byte[] mail = Mutate(Mails.Bytes(Mails.All[i % Mails.All.Count]), random);
            byte[] before = [.. mail];
            var message = MimeParser.Parse(mail);
            Mails.CheckOffsets(message);
            Mails.Exhaust(message);
            Assert.That(message.Raw.Span.SequenceEqual(before), Is.True, $"iteration {i}");
        }
    }

    [Test]
    public void Any_bytes_parse() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var message = MimeParser.Parse(bytes);
            Mails.CheckOffsets(message);
            Mails.Exhaust(message);
            return message.Root.End == bytes.Length;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Any_pieces_in_a_row_read_as_any_header() =>
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            bool fine = AddressList.Parse(text).All(a => !a.Address.Any(char.IsControl) && !a.Name.Any(char.IsControl));
            fine &= !EncodedWords.Decode(text).Any(char.IsControl);
            fine &= MessageIds.Parse(text).All(id => !id.Any(char.IsControl));
            fine &= ContentType.Parse(text).Media.Contains('/');
            fine &= ContentDisposition.Parse(text).Kind is "" or "inline" or "attachment";
            fine &= Received.Parse(text).By.Length <= text.Length;
            return fine & (MailDate.Parse(text) is null or { Year: > 0 });
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Addresses_written_strictly_are_read_back() =>
        Prop.ForAll<NonNull<string>, PositiveInt>((name, number) =>
        {
            string clean = string.Concat(name.Get.Where(c => c is >= ' ' and < (char)127)).Replace("=?", "", StringComparison.Ordinal).Trim();
            string quoted = clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            var read = AddressList.Parse($"\"{quoted}\" <user{number.Get}@example.org>, other@example.org");
            return read.Count == 2 && read[0] == new MailAddress(clean, $"user{number.Get}@example.org");
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Any_date_is_read_back() =>
        Prop.ForAll<PositiveInt, int>((seconds, zone) =>
        {
            var date = new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(zone % 840)).AddSeconds(seconds.Get * 86_413L % 2_000_000_000);
            string written = $"{date:ddd, d MMM yyyy HH:mm:ss} {date:zzz}".Replace(":", "", StringComparison.Ordinal);
            written = $"{date:ddd, d MMM yyyy HH:mm:ss} {written[^5..]}";
            return MailDate.Parse(written) == date;
        }).QuickCheckThrowOnFailure();

    private static byte[] Mutate(byte[] mail, Random random)
    {
        var bytes = new List<byte>(mail);
        for (int i = random.Next(1, 8); i > 0; i--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.InsertRange(at, Mails.Bytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4 when random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, mail.AsSpan(0, Math.Min(mail.Length, random.Next(300))).ToArray());
                    break;
            }
        }
        return [.. bytes];
    }
}
