using System.Globalization;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Host.Demo;

/// <summary>Mails that belong together: answers with quoted text, several people, and one that comes before the mail it answers.</summary>
internal static class DemoThreads
{
    public static IEnumerable<DemoMail> All(DemoPost post) => [.. Showroom(post), .. German(post), .. AfterOurAnswer(post), .. Overtaken(post)];

    /// <summary>Five mails of two people, each with the other in copy.</summary>
    private static IEnumerable<DemoMail> Showroom(DemoPost post)
    {
        DemoPerson bea = new("Beatrix Holloway", "beatrix@holloway-interiors.example");
        DemoPerson sam = new("Samuel Okafor", "samuel@holloway-interiors.example");
        MailDraft first = post.Draft(bea, 96, "Lamps for the showroom in Bridge Street",
            "Hello,\n\nwe are opening a showroom in Bridge Street in spring and would like to light it with your lamps. My colleague\n"
            + "Samuel (in copy) has the plans. Could somebody visit us before the end of the month?\n\nBeatrix Holloway") with
        { Cc = [sam.Mailbox] };
        MailDraft second = Answer(post, first, sam, 94, "Hello from me too. The ceiling is 3.40 m, there are two tracks of 6 m each, and the sockets are in the floor.") with { Cc = [bea.Mailbox] };
        MailDraft third = Answer(post, second, bea, 71, "One more thing: the windows face south, so glass shades would be too bright in the afternoon. Linen?") with { Cc = [sam.Mailbox] };
        MailDraft fourth = Html(Answer(post, third, sam, 49, "The electrician says 16 A per track at most. Does that work with 24 lamps?") with { Cc = [bea.Mailbox] }, "The electrician says <b>16 A per track</b> at most. Does that work with 24 lamps?");
        MailDraft fifth = Answer(post, fourth, bea, 1.5, "Any news from your side? We have to tell the electrician on Thursday.") with { Cc = [sam.Mailbox] };
        return new[] { first, second, third, fourth, fifth }.Select(post.Mail);
    }

    private static IEnumerable<DemoMail> German(DemoPost post)
    {
        DemoPerson lena = new("Lena Königsdörfer", "lena.koenigsdoerfer@postamt.example", 1);
        MailDraft first = post.Draft(lena, 50, "Stehlampe wackelt – Bestellung 20371", "Guten Tag,\n\ndie Stehlampe wackelt, obwohl alle Schrauben fest sind. Woran kann das liegen?\n\nViele Grüße\nLena Königsdörfer");
        MailDraft second = Answer(post, first, lena, 48, "Nachtrag: Es fehlt der vierte Gummifuß, ich habe nur drei gefunden.") with { Subject = "AW: Stehlampe wackelt – Bestellung 20371" };
        MailDraft third = Answer(post, second, lena, 5, "Der vierte Fuß lag noch im Karton – alles gut, bitte entschuldigen Sie die Mühe! 😊") with { Subject = "AW: Stehlampe wackelt – Bestellung 20371" };
        return new[] { first, second, third }.Select(post.Mail);
    }

    /// <summary>Two answers to a mail of the shop that this gateway never saw: they belong together by what they both answer.</summary>
    private static IEnumerable<DemoMail> AfterOurAnswer(DemoPost post)
    {
        DemoPerson faye = new("Faye Underhill", "faye.underhill@meadowpost.example");
        MailDraft ours = post.Draft(new("Support", post.Inbox), 80, "Your order 20388", "Dear Faye,\n\nthe lamp will be back in stock in two days. Shall we wait with the whole parcel, or send the rest now?\n\nMina, support");
        MailDraft first = Answer(post, ours, faye, 78, "Please wait, there is no hurry.\n\nFaye");
        MailDraft second = Answer(post, ours, faye, 10, "The two days are over - did the lamps arrive?\n\nFaye");
        return new[] { first, second }.Select(post.Mail);
    }

    /// <summary>The answer arrives before the mail it answers, as happens when a server waits; its clock is slow, too.</summary>
    private static IEnumerable<DemoMail> Overtaken(DemoPost post)
    {
        DemoPerson raul = new("Raul Etxeberria", "raul@etxeberria.example", 1);
        MailDraft first = post.Draft(raul, 25, "Spare glass for lamp no. 88", "Hello, do you still have the glass for lamp no. 88 from the old catalogue?\n\nRaul");
        MailDraft second = Answer(post, first, raul, 25.5, "I found the drawing: it is 118 mm wide and 92 mm high.\n\nRaul");
        return new[] { first, second }.Select(post.Mail);
    }

    private static MailDraft Answer(DemoPost post, MailDraft parent, DemoPerson from, double hoursAgo, string text)
    {
        string subject = parent.Subject.StartsWith("Re: ", StringComparison.Ordinal) ? parent.Subject : $"Re: {parent.Subject}";
        return post.Draft(from, hoursAgo, subject, $"{text}\n\n{Heading(parent)}\n{Quoted(parent.Text)}") with
        {
            InReplyTo = [parent.MessageId],
            References = MessageComposer.ReferencesFor(parent.References, parent.MessageId),
        };
    }

    private static MailDraft Html(MailDraft draft, string html)
    {
        string quoted = string.Join("<br>\n", draft.Text.Split('\n').Where(line => line.StartsWith('>')).Select(line => System.Net.WebUtility.HtmlEncode(line[1..].Trim())));
        return draft with { Html = $"<div dir=\"ltr\">{html}</div><br><div class=\"gmail_quote\"><blockquote style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">{quoted}</blockquote></div>" };
    }

    private static string Heading(MailDraft parent)
    {
        MailAddress from = parent.From;
        return $"On {parent.Date.ToString("ddd, d MMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture)}, {from.Name} <{from.Address}> wrote:";
    }

    private static string Quoted(string text) => string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.StartsWith('>') ? $">{line}" : $"> {line}"));
}
