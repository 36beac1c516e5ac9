using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>Nothing that arrives makes the parser throw, lose a byte or lie about offsets.</summary>
public sealed class MimeFuzzTests
{
    /// <summary>Mutated mails in an ordinary run, with each of two seeds; <c>tests/fuzz</c> reads as many as it is told.</summary>
    private const int Ordinary = 4_000;

    private const int FixedSeed = 20251103;

    [Test]
    public async Task Mutated_mails_are_read_without_exception_or_hang()
    {
        int count = Setting("MAILINBOX_FUZZ") ?? Ordinary;
        int fresh = Setting("MAILINBOX_FUZZ_SEED") ?? Random.Shared.Next();
        IReadOnlyList<string> findings = await new FuzzRun(count, fresh).Run();
        if (count == Ordinary) findings = [.. findings, .. await new FuzzRun(count, FixedSeed).Run()];
        Assert.That(findings, Is.Empty, string.Join("\n\n", findings));
    }

    [Test]
    public void Any_pieces_in_a_row_read_as_a_mail() =>
        Prop.ForAll(Gen.Elements(MailMutator.Pieces).ListOf().Select(string.Concat).ToArbitrary(), Gen.Choose(0, 15).ToArbitrary(), (text, number) =>
            FuzzReading.Read(Encoding.UTF8.GetBytes(text), number).Mails == 1).QuickCheckThrowOnFailure();

    [Test]
    public void Any_bytes_parse() =>
        Prop.ForAll<byte[]>(bytes => FuzzReading.Read(bytes, bytes.Length).Bytes == bytes.Length).QuickCheckThrowOnFailure();

    [Test]
    public void Any_pieces_in_a_row_read_as_any_header() =>
        Prop.ForAll(Gen.Elements(MailMutator.Pieces).ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            bool fine = AddressList.Parse(text).All(a => !a.Address.Any(char.IsControl) && !a.Name.Any(char.IsControl));
            fine &= !EncodedWords.Decode(text).Any(char.IsControl);
            fine &= MessageIds.Parse(text).All(id => !id.Any(char.IsControl));
            fine &= ContentType.Parse(text).Media.Contains('/');
            fine &= ContentDisposition.Parse(text).Kind is "" or "inline" or "attachment";
            fine &= Received.Parse(text).By.Length <= text.Length;
            return fine & (MailDate.Parse(text) is null or { Year: > 0 });
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Addresses_written_strictly_are_read_back() =>
        Prop.ForAll<NonNull<string>, PositiveInt>((name, number) =>
        {
            string clean = string.Concat(name.Get.Where(c => c is >= ' ' and < (char)127)).Replace("=?", "", StringComparison.Ordinal).Trim();
            string quoted = clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            var read = AddressList.Parse($"\"{quoted}\" <user{number.Get}@example.org>, other@example.org");
            return read.Count == 2 && read[0] == new MailAddress(clean, $"user{number.Get}@example.org");
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Any_date_is_read_back() =>
        Prop.ForAll<PositiveInt, int>((seconds, zone) =>
        {
            var date = new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(zone % 840)).AddSeconds(seconds.Get * 86_413L % 2_000_000_000);
            string written = $"{date:ddd, d MMM yyyy HH:mm:ss} {date:zzz}".Replace(":", "", StringComparison.Ordinal);
            written = $"{date:ddd, d MMM yyyy HH:mm:ss} {written[^5..]}";
            return MailDate.Parse(written) == date;
        }).QuickCheckThrowOnFailure();

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : null;
}
