using System.Globalization;
using System.Text;

namespace MailInbox.Tests.Support;

/// <summary>A mail made for load: no two are the same.</summary>
internal sealed record LoadMail(string MessageId, string From, byte[] Bytes)
{
    /// <summary>Mails between one answer in a thread and the next.</summary>
    private const int AnswerEvery = 5;

    private static readonly string[] Lines =
    [
        "the parcel has not arrived yet, could you look where it is?",
        "we would like to change the delivery address of our last order.",
        "the invoice shows another amount than the offer, please check it.",
        "our new colleague needs an account, her name follows in the next mail.",
        "thank you for the quick answer, everything works now.",
        "in the second box there were four pieces instead of five.",
    ];

    public string Sha256 => SmtpWire.Sha256(Bytes);

    /// <summary>Mail number <paramref name="number"/> of a run, about <paramref name="size"/> bytes long; every fifth answers an earlier one.</summary>
    public static LoadMail Make(string run, long number, int size)
    {
        long thread = number % AnswerEvery == AnswerEvery - 1 ? number - AnswerEvery + 1 : number;
        string id = Id(run, number);
        string from = string.Create(CultureInfo.InvariantCulture, $"person{thread % 997}@customer{thread % 89}.example");
        StringBuilder text = new(size + 200);
        text.Append(CultureInfo.InvariantCulture, $"From: Person {thread % 997} <{from}>\r\nTo: support@example.com\r\nDate: Fri, 20 Nov 2026 09:14:00 +0100\r\nMessage-ID: <{id}>\r\n");
        if (thread != number)
        {
            text.Append(CultureInfo.InvariantCulture, $"In-Reply-To: <{Id(run, thread)}>\r\nReferences: <{Id(run, thread)}>\r\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"Subject: {(thread != number ? "Re: " : "")}Order {thread} of {run}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        for (int line = 0; text.Length < size - 70; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{number}.{line} {Lines[(number + line) % Lines.Length]}\r\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"End of {id}\r\n");
        return new LoadMail(id, from, Encoding.ASCII.GetBytes(text.ToString()));
    }

    private static string Id(string run, long number) => string.Create(CultureInfo.InvariantCulture, $"{run}.{number}@load.example");
}
