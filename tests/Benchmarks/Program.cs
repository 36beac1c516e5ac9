using MailInbox.Benchmarks;

return args switch
{
    ["commits", .. var rest] => await CommitRate.Run(rest),
    ["filed", .. var rest] => await FilingRate.Run(rest),
    ["mime", _, ..] => MimeRate.Run(args[1..]),
    ["bombs", .. var rest] => Bombs.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Measures, each in its own run:
          commits [SECONDS]                            durable commits a second through the one writer, beside a plain append and flush
          filed SMTP-PORT WEB-PORT PROCESS-ID [MAILS]  mails a second from the first byte until all are filed (tests/bench-filed starts it)
          mime FILE [PASSES]                           megabytes of mail read a second on one thread (tests/bench-mime makes the file)
          bombs [NAME...]                              hostile mails of 10 MB: time, growth and peak memory, each in a process of its own
        """);
    return 1;
}
