using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Html;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>What is composed is read back equal, by our parser and by one that is not ours.</summary>
public sealed partial class ComposeRoundTripTests
{
    private const int Drafts = 20_000;
    private const int Batch = 2_000;

    [Test]
    public async Task Random_drafts_come_back_as_they_were_for_us_and_for_python()
    {
        var random = new RandomDrafts(20251121);
        var wrong = new List<string>();
        int compared = 0;
        for (int from = 0; from < Drafts; from += Batch)
        {
            MailDraft[] drafts = [.. Enumerable.Range(from, Batch).Select(random.Next)];
            byte[][] mails = [.. drafts.Select(MessageComposer.Compose)];
            Task<IReadOnlyList<JsonElement>> reading = Task.Run(() => PythonMail.ReadMany(mails));
            MimeMessage[] ours = [.. mails.Select(mail => MimeParser.Parse(mail))];
            string[] differences = [.. drafts.Select((draft, i) => Wire(mails[i]) + Ours(draft, ours[i]))];
            IReadOnlyList<JsonElement> theirs = await reading;
            for (int i = 0; i < drafts.Length; i++)
            {
                string difference = differences[i] + Theirs(drafts[i], theirs[i], ours[i]);
                if (difference.Length > 0) wrong.Add($"draft {from + i}: {difference}{Encoding.Latin1.GetString(mails[i].AsSpan(0, Math.Min(mails[i].Length, 1_000)))}");
                compared++;
            }
        }
        Assert.That(wrong, Is.Empty, $"{wrong.Count} differ, such as\n{string.Join("\n\n", wrong.Take(5))}");
        Figures.Say($"{compared} random drafts composed: our parser and Python's email read them equal");
        Assert.That(compared, Is.EqualTo(Drafts));
    }

    /// <summary>CRLF alone, no line over 998, ASCII unless an attached message is not, header lines short where they can be folded.</summary>
    private static string Wire(byte[] mail)
    {
        string text = Encoding.Latin1.GetString(mail);
        var wrong = new StringBuilder();
        if (text.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n', '\0')) wrong.Append("a lone line end or NUL; ");
        string[] lines = text.Split("\r\n");
        if (lines.Any(line => line.Length > 998)) wrong.Append("a line is too long; ");
        if (!text.All(char.IsAscii) && !text.Contains("Content-Transfer-Encoding: 8bit", StringComparison.Ordinal)) wrong.Append("8-bit; ");
        foreach (string line in lines.TakeWhile(line => line.Length > 0))
        {
            if (line.Contains("=?utf-8?", StringComparison.Ordinal) && line.Length > 76) wrong.Append("too long for an encoded word: ").Append(line).Append("; ");
            if (line.Length > 78 && line.AsSpan().Trim(' ').Contains(' ') && !Whole().IsMatch(line)) wrong.Append("not folded: ").Append(line).Append("; ");
        }
        return wrong.ToString();
    }

    private static string Ours(MailDraft draft, MimeMessage mail)
    {
        var found = new Differences("ours");
        Mails.CheckOffsets(mail);
        found.Compare("defects", "", string.Join(' ', mail.Defects));
        found.Compare("subject", Shown(draft.Subject), Shown(mail.Headers.Text("Subject")));
        found.Compare("from", People([draft.From], Shown), Seen(mail.From));
        found.Compare("to", People(draft.To, Shown), Seen(mail.To));
        found.Compare("cc", People(draft.Cc, Shown), Seen(mail.Cc));
        found.Compare("reply-to", People(draft.ReplyTo, Shown), Seen(mail.ReplyTo));
        found.Compare("date", draft.Date.ToString("O"), mail.Date?.ToString("O") ?? "");
        found.Compare("id", draft.MessageId, mail.MessageId);
        found.Compare("in reply to", string.Join(' ', draft.InReplyTo), string.Join(' ', mail.InReplyTo));
        found.Compare("references", string.Join(' ', Capped(draft.References)), string.Join(' ', mail.References));
        found.Compare("automatic", draft.AutoSubmitted ?? "", AutoSubmitted.Keyword(mail.Headers));
        found.Compare("shape", Shape(draft), Shape(mail.Root));
        MimePart[] leaves = [.. mail.AllParts().Where(part => part.Parts.Count == 0)];
        int at = 0;
        found.Compare("text", Readable(TextOf(draft)), leaves[at++].Text());
        if (draft.Html is not null) found.Compare("html", Readable(draft.Html), leaves[at++].Text());
        foreach (MailFile file in draft.Inline.Concat(draft.Attachments))
        {
            MimePart leaf = leaves[at++];
            ContentDisposition disposition = ContentDisposition.Parse(leaf.Headers.Unfolded("Content-Disposition"));
            found.Compare("file name", Shown(NameOf(file)), Shown(disposition.FileName));
            found.Compare("content id", file.ContentId, leaf.ContentId);
            found.Compare("bytes", Convert.ToHexString(Carried(file, leaf.Type.Media)), Convert.ToHexString(leaf.Decode()));
        }
        return found.ToString();
    }

    private static string Theirs(MailDraft draft, JsonElement read, MimeMessage mail)
    {
        var found = new Differences("python");
        found.Compare("subject", Whole(draft.Subject), Text(read, "subject"));
        foreach (var (name, people) in ((string, IReadOnlyList<MailAddress>)[])[("from", [draft.From]), ("to", draft.To), ("cc", draft.Cc), ("reply-to", draft.ReplyTo)])
        {
            bool nobody = name == "to" && draft.To.Count == 0 && draft.Cc.Count == 0;
            var have = read.GetProperty(name).EnumerateArray().Select(person => new MailAddress(person[0].GetString()!, person[1].GetString()!));
            found.Compare(name, People(people, text => text), string.Join('|', nobody ? [] : have));
        }
        found.Compare("date", $"{draft.Date.ToUnixTimeSeconds()}", $"{read.GetProperty("date").GetInt64()}");
        found.Compare("id", $"<{draft.MessageId}>", Text(read, "message-id"));
        found.Compare("in reply to", string.Join(' ', draft.InReplyTo.Select(id => $"<{id}>")), Text(read, "in-reply-to"));
        found.Compare("references", string.Join(' ', Capped(draft.References).Select(id => $"<{id}>")), Text(read, "references"));
        found.Compare("automatic", draft.AutoSubmitted ?? "", Text(read, "auto-submitted"));
        found.Compare("fields", string.Join(' ', mail.Headers.Select(field => field.Name)), string.Join(' ', read.GetProperty("names").EnumerateArray()));
        found.Compare("shape", Shape(draft), Shape(read.GetProperty("root")));
        JsonElement[] leaves = [.. Leaves(read.GetProperty("root"))];
        int at = 0;
        found.Compare("text", Crlf(TextOf(draft)), Text(leaves[at++], "text"));
        if (draft.Html is not null) found.Compare("html", Crlf(draft.Html), Text(leaves[at++], "text"));
        foreach (MailFile file in draft.Inline.Concat(draft.Attachments))
        {
            JsonElement leaf = leaves[at++];
            found.Compare("file name", NameOf(file), Text(leaf, "file"));
            found.Compare("content id", file.ContentId.Length == 0 ? "" : $"<{file.ContentId}>", Text(leaf, "cid"));
            if (leaf.TryGetProperty("sha256", out JsonElement hash)) found.Compare("bytes", Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)), hash.GetString()!);
        }
        return found.ToString();
    }

    private static string Shape(MailDraft draft)
    {
        string body = draft.Html is null ? "text/plain" : "multipart/alternative(text/plain,text/html)";
        IEnumerable<MailFile> attached = draft.Attachments;
        if (draft.Html is null) attached = draft.Inline.Concat(attached);
        else if (draft.Inline.Count > 0) body = $"multipart/related({body},{string.Join(',', draft.Inline.Select(file => $"inline {TypeOf(file)}"))})";
        string[] files = [.. attached.Select(file => $"attachment {TypeOf(file)}")];
        return files.Length == 0 ? body : $"multipart/mixed({body},{string.Join(',', files)})";
    }

    private static string Shape(MimePart part)
    {
        string own = part.Disposition.Length == 0 ? part.Type.Media : $"{part.Disposition} {part.Type.Media}";
        return part.Parts.Count == 0 ? own : $"{own}({string.Join(',', part.Parts.Select(Shape))})";
    }

    private static string Shape(JsonElement part)
    {
        string own = Text(part, "disposition") is { Length: > 0 } kind ? $"{kind} {Text(part, "type")}" : Text(part, "type");
        JsonElement parts = part.GetProperty("parts");
        return parts.GetArrayLength() == 0 ? own : $"{own}({string.Join(',', parts.EnumerateArray().Select(Shape))})";
    }

    private static IEnumerable<JsonElement> Leaves(JsonElement part) =>
        part.GetProperty("parts").GetArrayLength() == 0 ? [part] : part.GetProperty("parts").EnumerateArray().SelectMany(Leaves);

    /// <summary>What may not be sent as it is called goes as a file.</summary>
    private static string TypeOf(MailFile file)
    {
        string type = file.Type.ToLowerInvariant();
        bool wide = type == "message/rfc822" && (file.Bytes.IsEmpty || file.Bytes.Span.Contains((byte)0) || Encoding.Latin1.GetString(file.Bytes.Span).Split('\r', '\n').Any(line => line.Length > 998));
        bool composite = type.StartsWith("message/", StringComparison.Ordinal) || type.StartsWith("multipart/", StringComparison.Ordinal);
        return Media().IsMatch(type) && !wide && (!composite || type == "message/rfc822") ? type : "application/octet-stream";
    }

    /// <summary>A message gets the line ends of mail, everything else stays as it is.</summary>
    private static byte[] Carried(MailFile file, string sentAs) =>
        sentAs == "message/rfc822" ? Encoding.Latin1.GetBytes(Crlf(Encoding.Latin1.GetString(file.Bytes.Span))) : file.Bytes.ToArray();

    private static string People(IEnumerable<MailAddress> people, Func<string, string> name) =>
        string.Join('|', people.Select(person => new MailAddress(name(Whole(person.Name.Trim())).Trim(), MessageComposerChecks.WritableAddress(person.Address)!)));

    private static string Seen(IEnumerable<MailAddress> people) => string.Join('|', people.Select(person => person with { Name = Shown(person.Name).Trim() }));

    private static IReadOnlyList<string> Capped(IReadOnlyList<string> ids) => ids.Count <= 21 ? ids : [ids[0], .. ids.TakeLast(20)];

    private static string TextOf(MailDraft draft) => draft.Text.Length == 0 && draft.Html is not null ? HtmlText.Of(draft.Html) : draft.Text;

    /// <summary>Cut in the middle at 255, between whole characters.</summary>
    private static string NameOf(MailFile file)
    {
        string name = file.FileName;
        if (name.Length <= 255) return Whole(name);
        int start = char.IsHighSurrogate(name[238]) ? 238 : 239;
        int end = char.IsLowSurrogate(name[^16]) ? 15 : 16;
        return Whole(name[..start] + name[^end..]);
    }

    /// <summary>Half a surrogate pair is no character and goes out as U+FFFD.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    /// <summary>As our reader gives a field: no control characters; a byte order mark means nothing there.</summary>
    private static string Shown(string text) => HeaderText.Printable(Whole(text)).Replace("\uFEFF", "", StringComparison.Ordinal);

    private static string Crlf(string text) => LineEnd().Replace(Whole(text), "\r\n");

    /// <summary>As our reader gives a text: LF, no byte order mark.</summary>
    private static string Readable(string text)
    {
        string lines = LineEnd().Replace(Whole(text), "\n");
        return lines.StartsWith('\uFEFF') ? lines[1..] : lines;
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex LineEnd();

    [GeneratedRegex("^[a-z0-9.+_-]+/[a-z0-9.+_-]+$")]
    private static partial Regex Media();

    /// <summary>A line that has no place to fold: a field with one long word, or a quoted local part.</summary>
    [GeneratedRegex("^[A-Za-z-]*:? [^ ]+,?$|\"")]
    private static partial Regex Whole();

    private sealed class Differences(string reader)
    {
        private readonly StringBuilder _text = new();

        public void Compare(string what, string wanted, string found)
        {
            if (wanted != found) _text.Append(reader).Append(": ").Append(what).Append("\n  wanted ").Append(Escaped(wanted)).Append("\n  found  ").Append(Escaped(found)).Append('\n');
        }

        public override string ToString() => _text.ToString();

        private static string Escaped(string text) => JsonSerializer.Serialize(text);
    }
}
