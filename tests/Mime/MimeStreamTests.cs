using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>A mail read from a stream is the mail read from memory, however the bytes arrive.</summary>
public sealed class MimeStreamTests
{
    [TestCase(1, true)]
    [TestCase(1, false)]
    [TestCase(7, false)]
    [TestCase(100_000, true)]
    [TestCase(100_000, false)]
    public void Short_reads_change_nothing(int chunk, bool seekable)
    {
        foreach (string mail in Mails.All.Append(Mails.Plain + new string('x', 200_000)))
        {
            byte[] bytes = Mails.Bytes(mail);
            using var stream = new Trickle(bytes, chunk, seekable);
            var message = MimeParser.Parse(stream);
            Assert.That(message.Raw.Span.SequenceEqual(bytes), Is.True);
            Assert.That(message.AllParts().Select(p => (p.Id, p.Begin, p.End)), Is.EqualTo(MimeParser.Parse(bytes).AllParts().Select(p => (p.Id, p.Begin, p.End))));
        }
    }

    [Test]
    public void Reading_begins_where_the_stream_stands()
    {
        byte[] bytes = Mails.Bytes("junk" + Mails.Plain);
        using var stream = new MemoryStream(bytes) { Position = 4 };
        Assert.That(MimeParser.Parse(stream).Raw.Span.SequenceEqual(bytes.AsSpan(4)), Is.True);
    }

    [TestCase(100, true)]
    [TestCase(100, false)]
    [TestCase(0, false)]
    public void What_is_too_large_is_cut_off_and_said(int size, bool seekable)
    {
        byte[] bytes = Mails.Bytes(Mails.Plain);
        using var stream = new Trickle(bytes, 64, seekable);
        var message = MimeParser.Parse(stream, new MimeLimits { Size = size });
        Assert.That(message.Raw.Span.SequenceEqual(bytes.AsSpan(0, size)), Is.True);
        Assert.That(message.Defects.Single().Code, Is.EqualTo(DefectCodes.TooLarge));
    }

    [Test]
    public void A_mail_of_just_the_limit_is_whole()
    {
        byte[] bytes = Mails.Bytes(Mails.Plain);
        using var stream = new Trickle(bytes, 64, seekable: false);
        Assert.That(MimeParser.Parse(stream, new MimeLimits { Size = bytes.Length }).Defects, Is.Empty);
    }

    [Test]
    public void Reading_can_be_cancelled_and_what_the_stream_throws_comes_through()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var stream = new MemoryStream(Mails.Bytes(Mails.Plain));
        Assert.That(() => MimeParser.Parse(stream, cancel: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        stream.Dispose();
        Assert.That(() => MimeParser.Parse(stream), Throws.InstanceOf<ObjectDisposedException>());
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int chunk, bool seekable) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => seekable;

        public override long Length => seekable ? base.Length : throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);
    }
}
