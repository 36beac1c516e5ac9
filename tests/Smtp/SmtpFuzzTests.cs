using System.Text;
using System.Text.RegularExpressions;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Smtp.Dialogue;

namespace MailInbox.Tests.Smtp;

/// <summary>Broken streams: no unhandled exception, no hang, nothing but replies.</summary>
public partial class SmtpFuzzTests
{
    [Test]
    public async Task The_server_bears_any_stream()
    {
        await using LiveServer live = LiveServer.Start(new SmtpLimits { ErrorPause = TimeSpan.Zero, Message = 20_000, Excess = 5_000, HeaderBlock = 10_000, DataLine = 4_000 });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(lane => Fuzz(live, new Random(1000 + lane), 1500)));
        await live.Server.Stop(CancellationToken.None);
        Assert.That(live.Log.Errors, Is.Empty);
        Assert.That(live.Receiver.Mails, Is.Not.Empty);
    }

    [Test]
    public void The_reply_parser_bears_any_lines()
    {
        Random random = new(7);
        byte[] seed = Encoding.ASCII.GetBytes("250-mx.example.com\r\n250-SIZE 1000\r\n250-AUTH PLAIN LOGIN\r\n250 2.0.0 Ok");
        int parsed = 0;
        for (int count = 0; count < 20_000; count++)
        {
            SmtpReplyParser parser = new();
            try
            {
                SmtpReply? reply = null;
                foreach (string line in Encoding.Latin1.GetString(Mutate(seed, random)).Split("\r\n"))
                    if ((reply ??= parser.Take(Encoding.Latin1.GetBytes(line))) is not null)
                        break;
                if (reply is null)
                    continue;
                parsed++;
                Assert.That(reply.Code, Is.InRange(200, 599));
                Assert.That(reply.Text.Any(letter => char.IsControl(letter) && letter != '\n'), Is.False);
                Assert.That(SmtpOffer.Read(reply).MaxSize, Is.GreaterThanOrEqualTo(0));
            }
            catch (IOException)
            {
                // Said to be no SMTP: the one way out for nonsense.
            }
        }
        Assert.That(parsed, Is.GreaterThan(1000));
    }

    private static readonly string[] _words =
    [
        "\r\n", "\r", "\n", ".", "\r\n.\r\n", "\0", " ", "<", ">", "@", "\"", "\\", ":", "MAIL FROM:<a@b.example>\r\n", "RCPT TO:<support@example.com>\r\n",
        "DATA\r\n", "RSET\r\n", "EHLO x\r\n", "QUIT\r\n", "Received: from a by mx.example.com\r\n", "SIZE=", "\xff\xfe", "GET ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ];

    private static readonly byte[] _seed = Encoding.Latin1.GetBytes(
        "MAIL FROM:<a@b.example> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<support@example.com>\r\nRCPT TO:<\"x y\"@[IPv6:::1]>\r\nDATA\r\n"
        + "Received: from a by b.example\r\nSubject: x\r\n\r\n..a\r\nb\r\n.\r\nNOOP\r\nVRFY x\r\nMAIL FROM:<>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nx\r\n.\r\nRSET\r\nHELP\r\nQUIT\r\n");

    [GeneratedRegex("^[2-5][0-9][0-9]( |$)")]
    private static partial Regex Reply();

    private static async Task Fuzz(LiveServer live, Random random, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            string wire = Encoding.Latin1.GetString(Mutate(_seed, random));
            int cut = random.Next(wire.Length + 1);
            using SmtpTalk talk = random.Next(10) == 0 ? await live.Dial() : await live.Greet();
            await talk.Send(wire[..cut]);
            await talk.Send(wire[cut..]);
            talk.EndSending();
            foreach (string reply in await talk.HearAll())
                Assert.That(Reply().IsMatch(reply.Split('\n')[^1]), $"{reply} to {Uri.EscapeDataString(wire)}");
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (int count = random.Next(1, 8); count > 0; count--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when bytes.Count > length + 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(1, 6000)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.Latin1.GetBytes(_words[random.Next(_words.Length)]));
                    break;
            }
        }
        return [.. bytes];
    }
}
