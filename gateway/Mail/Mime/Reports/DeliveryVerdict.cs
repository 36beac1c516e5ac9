namespace MailInbox.Mail.Mime.Reports;

/// <summary>Judges what became of a mail for one recipient, from all that a report says about it.</summary>
internal static class DeliveryVerdict
{
    private enum Command
    {
        Unknown,
        Mail,
        Recipient,
        Data,
    }

    /// <param name="Action">The Action field; empty when missing.</param>
    /// <param name="Status">The Status field with its comment; empty when missing.</param>
    /// <param name="Diagnostic">The server's words.</param>
    /// <param name="Further">What else the report says, the nearest first.</param>
    /// <param name="General">What it says of nobody in particular; empty when that is not for this recipient alone.</param>
    /// <param name="Delayed">Whether the report as a whole speaks of a delay.</param>
    public sealed record Evidence(string Action, string Status, string Diagnostic, IReadOnlyList<string> Further, string General, bool Delayed);

    public static ReportedRecipient Judge(string address, Evidence said)
    {
        string action = ActionOf(said);
        string status = StatusOf(said, action);
        if (action is not ("failed" or "delayed"))
            return new ReportedRecipient(address, action, status, Words(said), false, ReportReason.Other);
        var command = CommandOf(said);
        var reason = ReasonOf(said, status, command);
        bool hard = action == "failed" && IsHard(reason, status, command, said);
        return new ReportedRecipient(address, action, status.Length > 0 ? status : Derived(said, reason, action), Words(said), hard, reason);
    }

    private static string ActionOf(Evidence said)
    {
        string action = said.Action.Trim().ToLowerInvariant();
        int end = action.AsSpan().IndexOfAny(" \t;(");
        action = end < 0 ? action : action[..end];
        if (action is "failed" or "delayed" or "delivered" or "relayed" or "expanded")
            return action;
        if (action.StartsWith("deliver", StringComparison.Ordinal) || StatusCode.Leading(said.Status).StartsWith('2'))
            return "delivered";
        return action.StartsWith("fail", StringComparison.Ordinal) || !said.Delayed ? "failed" : "delayed";
    }

    /// <summary>
    /// The server's own code before that of the reporter, who often knows but its class (RFC 3464 §2.3.4); empty when there is neither.
    /// </summary>
    private static string StatusOf(Evidence said, string action)
    {
        string field = StatusCode.Leading(said.Status);
        string heard = StatusCode.Enhanced(said.Diagnostic);
        if (heard.Length == 0 && (field.Length == 0 || StatusCode.IsGeneral(field)))
            heard = said.Further.Append(said.General).Select(StatusCode.Enhanced).FirstOrDefault(c => c.Length > 0 && !StatusCode.IsGeneral(c), "");
        if (action is "delivered" or "relayed" or "expanded")
            return field.Length > 0 ? field : heard.StartsWith('2') ? heard : "2.0.0";
        if (heard.Length > 0 && heard[0] != '2' && (field.Length == 0 || StatusCode.IsGeneral(field) || !StatusCode.IsGeneral(heard)))
            return heard;
        return field.StartsWith('2') ? "" : field;
    }

    /// <summary>The code that RFC 3463 has for the reason, in the class of the server's reply.</summary>
    private static string Derived(Evidence said, ReportReason reason, string action)
    {
        string reply = Reply(said);
        char level = action == "delayed" ? '4' : reply.Length > 0 ? reply[0] : '5';
        string detail = reason switch
        {
            ReportReason.UnknownUser => "1.1",
            ReportReason.MailboxFull => "2.2",
            ReportReason.Disabled => "2.1",
            ReportReason.Domain => "1.2",
            ReportReason.Spam or ReportReason.Policy => "7.1",
            ReportReason.TooBig => "3.4",
            ReportReason.Network => "4.7",
            _ => "0.0",
        };
        return $"{level}.{detail}";
    }

    private static string Reply(Evidence said) =>
        said.Further.Prepend(said.Diagnostic).Append(said.General).Select(StatusCode.Reply).FirstOrDefault(r => r.Length > 0, "");

    private static ReportReason ReasonOf(Evidence said, string status, Command command)
    {
        string[] replies = [.. said.Further.Prepend(said.Diagnostic).Select(StatusCode.FromReply).Where(r => r.Length > 0)];
        foreach (string reply in replies)
        {
            if (Said(reply, status, command) is { } answered)
                return answered;
        }
        if (replies.Length > 0 && IsAddressRefused(said, status))
            return ReportReason.UnknownUser;
        if (replies.Length > 0 && status.Length > 0 && status[2] is '1' or '2' or '3' && ByStatus(status) is { } coded)
            return coded;
        foreach (string further in said.Further.Prepend(Comment(said.Status)).Prepend(said.Diagnostic))
        {
            if (Said(further, status, command) is { } next)
                return next;
        }
        if (IsAddressRefused(said, status))
            return ReportReason.UnknownUser;
        if (ByStatus(status) is { } byCode)
            return byCode;
        if (said.General.Length > 0 && Said(said.General, status, command) is { } general)
            return general;
        return command == Command.Mail || ReasonPhrases.SaysRefused(said.Diagnostic) ? ReportReason.Policy : ReportReason.Other;
    }

    private static ReportReason? Said(string text, string status, Command command)
    {
        string own = StatusCode.BehindEnhanced(text);
        var found = ReasonPhrases.Find(own) ?? (status.StartsWith("5.7.", StringComparison.Ordinal) && ReasonPhrases.SaysRefused(own) ? ReportReason.Policy : ReasonPhrases.Find(text));
        return found switch
        {
            ReportReason.Domain when ReasonPhrases.SaysPassing(text) => ReportReason.Network,
            ReportReason.Domain or ReportReason.UnknownUser when command == Command.Mail => ReportReason.Policy,
            ReportReason.Disabled when status.EndsWith(".1.1", StringComparison.Ordinal) => ReportReason.UnknownUser,
            _ => found,
        };
    }

    /// <summary>Whether the refusal of the address is all that is known: no code, or one of another address, of the delivery or of the session.</summary>
    private static bool IsAddressRefused(Evidence said, string status) =>
        (status.Length == 0 || StatusCode.IsGeneral(status) || status[2] is '1' or '4' or '5')
        && !status.EndsWith(".1.2", StringComparison.Ordinal) && said.Further.Prepend(said.Diagnostic).Any(ReasonPhrases.SaysAddressRefused);

    /// <summary>What a code says by itself (RFC 3463 §3, and the registry that grew out of it).</summary>
    private static ReportReason? ByStatus(string status)
    {
        if (status.Length < 5)
            return null;
        return status[2..] switch
        {
            "1.0" or "1.1" or "1.3" or "1.4" or "1.6" => ReportReason.UnknownUser,
            "1.2" or "1.10" or "4.4" or "3.2" => ReportReason.Domain,
            "1.7" or "1.8" or "1.9" => ReportReason.Policy,
            "2.1" or "7.13" => ReportReason.Disabled,
            "2.2" => ReportReason.MailboxFull,
            "2.3" or "3.4" => ReportReason.TooBig,
            "3.0" or "3.1" or "3.5" => ReportReason.Other,
            ['4', '.', ..] => ReportReason.Network,
            ['6', '.', ..] or ['7', '.', ..] => ReportReason.Policy,
            _ => null,
        };
    }

    /// <summary>Whether the address is not there, or its domain.</summary>
    private static bool IsHard(ReportReason reason, string code, Command command, Evidence said) => reason switch
    {
        ReportReason.UnknownUser => IsHard(code, command, said),
        ReportReason.Domain => !code.StartsWith('4') && !ReasonPhrases.SaysPassing(said.Diagnostic),
        _ => false,
    };

    /// <summary>
    /// Who refuses by the state of the mailbox (X.2.X), by a rule (X.7.X) or only after the text was sent has looked at more than the
    /// address: that may be otherwise next time.
    /// </summary>
    private static bool IsHard(string code, Command command, Evidence said) => code.Length == 0
        ? command == Command.Recipient || (command == Command.Unknown && Reply(said).Length == 0)
        : code[2] switch
        {
            '1' => true,
            '2' => command == Command.Recipient && !code.EndsWith(".0", StringComparison.Ordinal),
            '3' or '6' or '7' => command == Command.Recipient,
            '0' => command != Command.Data || ReasonPhrases.SaysNoAccount(said.Diagnostic),
            _ => true,
        };

    /// <summary>To which command the server said so.</summary>
    private static Command CommandOf(Evidence said)
    {
        foreach (string text in said.Further.Prepend(said.Diagnostic).Append(said.General))
        {
            var command = CommandIn(text);
            if (command != Command.Unknown)
                return command;
        }
        return Command.Unknown;
    }

    /// <remarks>A reply with nothing where others put the address is one to DATA.</remarks>
    private static Command CommandIn(string text)
    {
        int refusal = text.IndexOf("<<< 5", StringComparison.Ordinal);
        if (refusal >= 0)
            return Last(text[..refusal]);
        (Command Command, int At)[] found =
        [
            (Command.Mail, First(text, "mail from", "mail_from", "reply to mail", "sender was rejected")),
            (Command.Recipient, First(text, "rcpt to", "rcpt_to", "rcpt command", "rcpt host", "does not like recipient")),
            (Command.Data, First(text, "end of data", "data command", "final data", "after i sent the message", "550 : ", "550: : ", "[data]", "(data)", "text command")),
        ];
        var seen = found.Where(f => f.At >= 0).OrderBy(f => f.At).Select(f => f.Command).ToList();
        return seen is [Command.Mail, Command.Recipient, ..] ? Command.Recipient : seen.FirstOrDefault();
    }

    private static Command Last(string transcript)
    {
        int mail = transcript.LastIndexOf(">>> MAIL", StringComparison.OrdinalIgnoreCase);
        int recipient = transcript.LastIndexOf(">>> RCPT", StringComparison.OrdinalIgnoreCase);
        int data = transcript.LastIndexOf(">>> DATA", StringComparison.OrdinalIgnoreCase);
        if (data > Math.Max(mail, recipient))
            return Command.Data;
        return recipient > mail ? Command.Recipient : mail >= 0 ? Command.Mail : Command.Unknown;
    }

    private static int First(string text, params ReadOnlySpan<string> words)
    {
        int first = -1;
        foreach (string word in words)
        {
            int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (first < 0 || at < first))
                first = at;
        }
        return first;
    }

    private static string Comment(string status)
    {
        int open = status.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? "" : status[open..];
    }

    private static string Words(Evidence said) =>
        NoticeWords.Line(said.Diagnostic.Length > 0 ? said.Diagnostic : said.Further.FirstOrDefault(f => f.Length > 0, ""));
}
