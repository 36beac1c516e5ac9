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
            clauses.From, clauses.FromAddress, clauses.By.TrimEnd('.', ','), Protocol(clauses.With), clauses.Id.Trim('<', '>', ','),
            clauses.For.Trim('<', '>', ','), semicolon < 0 ? null : MailDate.Parse(value[semicolon..]));
    }

    /// <summary>Exim writes <c>local-bsmtp</c> and the like.</summary>
    private static string Protocol(string with)
    {
        int slash = with.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 ? with : with[..slash]).Trim(',').ToUpperInvariant();
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
            // "with Microsoft SMTP Server": the protocol is the word that looks like one.
            bool replaces = _clause == "with" && With == "Microsoft";
            if (_done && !replaces)
                return;
            _done = true;
            Set(word);
        }

        private void Set(string word)
        {
            switch (_clause)
            {
                case "from" when From.Length == 0:
                    From = word.Trim('[', ']');
                    break;
                case "by" when By.Length == 0:
                    By = word.Trim('[', ']');
                    break;
                case "with" when With.Length == 0 || With == "Microsoft":
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

        private static IPAddress? Address(string text)
        {
            text = text.Trim('[', ']', ' ');
            if (text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
                text = text[5..];
            bool plausible = text.Contains(':') || text.Count(c => c == '.') == 3;
            return plausible && IPAddress.TryParse(text, out var address) ? address : null;
        }
    }
}
