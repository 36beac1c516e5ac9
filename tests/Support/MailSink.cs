using System.Collections.Concurrent;
using System.Net;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Support;

/// <summary>A smart host on this machine that keeps what it is given.</summary>
internal sealed class MailSink : IMailReceiver, IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _mails = [];
    private readonly SmtpServer _server;

    private MailSink(int port)
    {
        _server = new SmtpServer(new SmtpServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, port), HostName = "sink.example" }, this, TimeProvider.System, NullLogger<SmtpServer>.Instance);
        _server.Start();
    }

    /// <summary>What each recipient is told; null takes it.</summary>
    public Func<string, SmtpReply?> Answer { get; set; } = _ => null;

    /// <summary>What the message is told after its bytes; null takes it.</summary>
    public SmtpReply? AnswerToData { get; set; }

    public int Port => _server.LocalEndPoint.Port;

    public IReadOnlyList<Received> Mails => [.. _mails];

    public static MailSink Start(int port = 0) => new(port);

    public SmtpReply? Sender(Envelope envelope) => null;

    public SmtpReply? Recipient(Envelope envelope, SmtpPath recipient) => Answer(recipient.Address);

    public ValueTask<IMailDelivery> Begin(Envelope envelope, CancellationToken cancel) => ValueTask.FromResult<IMailDelivery>(new Delivery(this, envelope));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    internal sealed record Received(string From, IReadOnlyList<string> To, byte[] Bytes)
    {
        public MimeMessage Message { get; } = MimeParser.Parse(Bytes);
    }

    private sealed class Delivery(MailSink sink, Envelope envelope) : IMailDelivery
    {
        private readonly MemoryStream _bytes = new();

        public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => _bytes.WriteAsync(bytes, cancel);

        public ValueTask<SmtpReply> Commit(CancellationToken cancel)
        {
            if (sink.AnswerToData is { } refusal)
            {
                return ValueTask.FromResult(refusal);
            }

            sink._mails.Enqueue(new Received(envelope.From.Address, [.. envelope.Recipients.Select(r => r.Address)], _bytes.ToArray()));
            return ValueTask.FromResult(new SmtpReply(250, "2.0.0", "Taken"));
        }

        public ValueTask DisposeAsync() => _bytes.DisposeAsync();
    }
}
