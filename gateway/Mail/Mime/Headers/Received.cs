using System.Net;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>One trace field (RFC 5321 §4.4), as far as its writer kept to the form.</summary>
/// <param name="From">What the client called itself; empty when missing.</param>
/// <param name="FromAddress">The client's address as the writer saw it; null when it is not told.</param>
/// <param name="By">The host that wrote the field.</param>
/// <param name="With">Protocol in upper case.</param>
/// <param name="Id">The writer's own number.</param>
/// <param name="For">The recipient without brackets.</param>
/// <param name="Date">When the writer took the mail.</param>
public sealed record Received(string From, IPAddress? FromAddress, string By, string With, string Id, string For, DateTimeOffset? Date)
{
    /// <summary>Characters of one field that are looked at.</summary>
    private const int Length = 8_192;

    /// <summary>Hosts the mail has passed: the number of Received fields.</summary>
    public static int Hops(HeaderFields headers) => headers.CountOf("Received");

    /// <summary>How many of the fields were written by <paramref name="host"/>, case ignored.</summary>
    public static int HopsBy(HeaderFields headers, string host)
    {
        int hops = 0;
        foreach (string value in headers.AllUnfolded("Received"))
        {
            if (string.Equals(Parse(value).By, host, StringComparison.OrdinalIgnoreCase))
                hops++;
        }
        return hops;
    }

    /// <summary>The trail of a mail, the last hop first.</summary>
    public static IEnumerable<Received> Trail(HeaderFields headers) => headers.AllUnfolded("Received").Select(Parse);

    /// <summary>Reads an unfolded value.</summary>
    public static Received Parse(string value)
    {
        if (value.Length > Length)
            value = value[..Length];
        var clauses = new Clauses();
        clauses.Read(value);
        int semicolon = value.LastIndexOf(';');
        return new Received(
            clauses.From, clauses.FromAddress, clauses.By.Trim('<', '>', ','), Protocol(clauses.With), clauses.Id.Trim('<', '>', ','),
            clauses.For.Trim('<', '>', ','), semicolon < 0 ? null : MailDate.Parse(value[semicolon..]));
    }

    /// <summary>The protocol without what is written behind a slash or in parentheses.</summary>
    private static string Protocol(string with)
    {
        int end = with.AsSpan().IndexOfAny('/', '(');
        return (end < 0 ? with : with[..end]).Trim(',').ToUpperInvariant();
    }

    private sealed class Clauses
    {
        private string _clause = "";
        private bool _done;

        public string From { get; private set; } = "";

        public IPAddress? FromAddress { get; private set; }

        public string By { get; private set; } = "";

        public string With { get; private set; } = "";

        public string Id { get; private set; } = "";

        public string For { get; private set; } = "";

        public void Read(string value)
        {
            int at = 0;
            while (at < value.Length && value[at] != ';')
            {
                if (value[at] is ' ' or '\t')
                {
                    at++;
                    continue;
                }
                int end = value[at] == '(' ? Comments.End(value, at) : WordEnd(value, at);
                string word = value[at..end];
                if (word[0] == '(')
                    Comment(word);
                else
                    Word(word);
                at = end;
            }
        }

        private static int WordEnd(string value, int at)
        {
            int length = value.AsSpan(at).IndexOfAny(" \t(;");
            return length < 0 ? value.Length : Math.Max(at + length, at + 1);
        }

        private void Word(string word)
        {
            string lower = word.ToLowerInvariant();
            if (lower is "from" or "by" or "with" or "id" or "for" or "via")
            {
                _clause = lower;
                _done = false;
                return;
            }
            if (_clause == "from" && word[0] == '[')
                FromAddress ??= Address(word);
            if (_done && !Branded)
                return;
            _done = true;
            Set(word);
        }

        /// <summary><c>with Microsoft SMTP Server</c>, <c>with [XMail 1.20 ESMTP Server]</c>: the protocol is a later word.</summary>
        private bool Branded => _clause == "with" && (With == "Microsoft" || (With.StartsWith('[') && !With.EndsWith("SMTP", StringComparison.Ordinal)));

        private void Set(string word)
        {
            switch (_clause)
            {
                case "from" when From.Length == 0:
                    From = Bare(word);
                    break;
                case "by" when By.Length == 0:
                    By = Bare(word);
                    break;
                case "with" when With.Length == 0 || With == "Microsoft":
                    With = word;
                    break;
                case "with" when word.EndsWith("SMTP", StringComparison.Ordinal):
                    With = word;
                    break;
                case "id" when Id.Length == 0:
                    Id = word;
                    break;
                case "for" when For.Length == 0:
                    For = word;
                    break;
            }
        }

        /// <summary>The address a server saw stands in brackets in the comment behind the name.</summary>
        private void Comment(string comment)
        {
            if (_clause != "from" || (FromAddress != null && !comment.Contains('[')))
                return;
            int open = comment.IndexOf('[', StringComparison.Ordinal);
            int close = open < 0 ? -1 : comment.IndexOf(']', open);
            var seen = close > 0 ? Address(comment[open..(close + 1)]) : Address(comment.Trim('(', ')', ' '));
            FromAddress = seen ?? FromAddress;
        }

        private static string Bare(string host)
        {
            int close = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) : -1;
            return close < 0 ? host : host[1..close];
        }

        /// <summary>An address, in brackets or not, perhaps with a port or more words behind it.</summary>
        private static IPAddress? Address(string text)
        {
            text = Bare(text).Trim(' ');
            int end = text.AsSpan().IndexOfAny(" ,");
            text = end < 0 ? text : text[..end];
            if (text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
                text = text[5..];
            int port = text.Contains('.') ? text.LastIndexOf(':') : -1;
            if (port > 0 && text.IndexOf(':', StringComparison.Ordinal) == port)
                text = text[..port];
            bool plausible = text.Contains(':') || text.Count(c => c == '.') == 3;
            return plausible && IPAddress.TryParse(text, out var address) ? address : null;
        }
    }
}
