using MailInbox.Inbox.Storage;
using MailInbox.Mail.Smtp;
using MailInbox.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MailInbox.Tests.Intake;

public sealed class SpoolTests
{
    [Test]
    public async Task A_large_mail_that_could_not_be_stored_leaves_nothing_behind()
    {
        await using TestGateway gateway = await TestGateway.Start();
        long next = gateway.Raw.NextId() + 1;
        // In the way of the second piece, as a disk that fails in the middle of a mail.
        await Mail(gateway, $"INSERT INTO chunk (id, bytes) VALUES ({(next << 12) + 6}, x'00')");
        SmtpSendResult result = await gateway.Send(Sample.Mail(body: string.Join('\n', Enumerable.Repeat("more and more words", 100_000))));
        Assert.Multiple(() =>
        {
            Assert.That(result.Recipients[0].Reply.Code, Is.EqualTo(451));
            Assert.That(gateway.Raw.Counts().All, Is.Zero);
        });
        await Eventually.Holds(() => gateway.Raw.Bytes(next).Length == 0, "its chunks are dropped");
    }

    private static async Task Mail(TestGateway gateway, string sql)
    {
        await using SqliteConnection connection = new($"Data Source={DataFolder.MailFileOf(Path.Combine(gateway.Folder, "data"))};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
