using System.Text;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>
/// Logs in: OAUTHBEARER (RFC 7628) or XOAUTH2 with a token; AUTHENTICATE PLAIN (RFC 4616) or LOGIN with a password. No secret goes out in the clear,
/// except to this machine, and none comes back in the words of a refusal.
/// </summary>
/// <param name="safe">Nobody listens on the way.</param>
internal sealed class ImapLogin(ImapExchange exchange, ImapClientOptions options, bool safe)
{
    /// <exception cref="ImapRefusal">The server does not take these credentials.</exception>
    /// <exception cref="ImapBroken">No safe way in.</exception>
    public async Task Run(CancellationToken cancel)
    {
        if (!safe)
            throw new ImapBroken(ImapFault.Login, "Credentials are not sent without TLS.");
        try
        {
            ImapReply reply = options.AccessToken is { } token ? await Bear(token, cancel).ConfigureAwait(false) : await Password(cancel).ConfigureAwait(false);
            if (!reply.Ok)
                throw reply.Refusal(_verb, Hide);
        }
        catch (ImapRefusal refusal)
        {
            string text = _error.Length == 0 ? refusal.Text : $"{refusal.Text} ({_error})";
            throw new ImapRefusal(refusal.Command, refusal.Status, refusal.Code, ImapText.Clean(Hide(text)));
        }
    }

    private string _verb = "AUTHENTICATE";
    private string _error = "";
    private string _answer = "";

    private Task<ImapReply> Bear(string token, CancellationToken cancel)
    {
        if (Offered("AUTH=OAUTHBEARER"))
        {
            string user = options.User.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
            return Authenticate("OAUTHBEARER", $"n,a={user},\u0001host={options.Host}\u0001port={options.Port}\u0001auth=Bearer {token}\u0001\u0001", "AQ==", cancel);
        }
        if (Offered("AUTH=XOAUTH2"))
            return Authenticate("XOAUTH2", $"user={options.User}\u0001auth=Bearer {token}\u0001\u0001", "", cancel);
        throw new ImapBroken(ImapFault.Login, "The server offers neither OAUTHBEARER nor XOAUTH2.");
    }

    private Task<ImapReply> Password(CancellationToken cancel)
    {
        if (Offered("AUTH=PLAIN"))
            return Authenticate("PLAIN", $"\0{options.User}\0{options.Password}", "*", cancel);
        if (Offered("LOGINDISABLED"))
            throw new ImapBroken(ImapFault.Login, "The server offers neither AUTHENTICATE PLAIN nor LOGIN.");
        _verb = "LOGIN";
        ImapLine line = new ImapLine(_verb, _verb).String(options.User, eightBit: false).String(options.Password ?? "", eightBit: false);
        return exchange.Try(line, ImapAnswers.None, cancel);
    }

    /// <param name="giveUp">Answers a challenge behind the first answer, which can only tell of an error.</param>
    private Task<ImapReply> Authenticate(string mechanism, string answer, string giveUp, CancellationToken cancel)
    {
        string first = _answer = Encode(answer);
        bool sent = Offered("SASL-IR");
        ImapLine line = new(_verb, sent ? $"{_verb} {mechanism} {first}" : $"{_verb} {mechanism}");
        return exchange.Converse(line, Answer, cancel);

        string Answer(string challenge)
        {
            if (!sent)
            {
                sent = true;
                return first;
            }
            _error = Words(challenge);
            return giveUp;
        }
    }

    private bool Offered(string capability) => exchange.Capabilities.Contains(capability);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The JSON in which OAuth mechanisms say what is wrong (RFC 7628 §3.2.2).</summary>
    private static string Words(string challenge)
    {
        byte[] bytes = new byte[challenge.Length];
        return Convert.TryFromBase64String(challenge, bytes, out int count) ? ImapText.Decode(bytes.AsSpan(0, count)) : challenge;
    }

    /// <summary>A server may repeat what it was told.</summary>
    private string Hide(string text)
    {
        string secret = options.AccessToken ?? options.Password ?? "";
        string escaped = secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        string[] forms = [_answer, Encode($"\0{options.User}\0{secret}"), Encode(secret), escaped, secret];
        return secret.Length == 0 ? text : forms.Where(form => form.Length > 0).Aggregate(text, Hide);
    }

    /// <summary>Words may have been cut in the middle of it.</summary>
    private static string Hide(string text, string form)
    {
        text = text.Replace(form, Hidden, StringComparison.Ordinal);
        for (int length = Math.Min(form.Length, text.Length); length >= LeastTold; length--)
        {
            if (text.EndsWith(form[..length], StringComparison.Ordinal))
                return text[..^length] + Hidden;
        }
        return text;
    }

    private const string Hidden = "***";

    /// <summary>Letters of a secret that say nothing yet.</summary>
    private const int LeastTold = 6;
}
