using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

public sealed class AuthenticationResultsTests
{
    // The examples follow the shapes of RFC 8601 appendix B and of the large providers.
    [TestCase("mx.example.org; none", "mx.example.org/1")]
    [TestCase("mx.example.org 1; none", "mx.example.org/1")]
    [TestCase("mx.example.org 2; spf=pass", "mx.example.org/2 spf=pass")]
    [TestCase("mx.example.org; spf=pass smtp.mailfrom=a.example", "mx.example.org/1 spf=pass smtp.mailfrom=a.example")]
    [TestCase("mx.example.org; auth=pass (cram-md5) smtp.auth=a@b.example; spf=fail smtp.mailfrom=b.example", "mx.example.org/1 auth=pass(cram-md5) smtp.auth=a@b.example; spf=fail smtp.mailfrom=b.example")]
    [TestCase("mx.example.org; DKIM=Pass reason=\"good signature\" header.i=@b.example", "mx.example.org/1 dkim=pass[good signature] header.i=@b.example")]
    [TestCase("mx.example.org; dkim/2=pass header.d=b.example", "mx.example.org/1 dkim/2=pass header.d=b.example")]
    [TestCase("foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
        "foo.example.net/1 dkim=fail(Because I like it One yay wait for it A dot can go here like that this surprised me as I wasn't expecting it) policy.expired=1362471462")]
    [TestCase("mx.example.org; dkim=pass header.b=ab/c+d==; dkim=fail header.b=\"x y\"", "mx.example.org/1 dkim=pass header.b=ab/c+d==; dkim=fail header.b=x y")]
    [TestCase("mx.google.com; dkim=pass header.i=@b.example header.s=s1 header.b=AbCd; spf=pass (google.com: domain of a@b.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@b.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=b.example",
        "mx.google.com/1 dkim=pass header.i=@b.example header.s=s1 header.b=AbCd; spf=pass(google.com: domain of a@b.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@b.example; dmarc=pass(p=REJECT sp=REJECT dis=NONE) header.from=b.example")]
    [TestCase("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dkim=pass (signature was verified) header.d=b.example;dmarc=pass action=none header.from=b.example;compauth=pass reason=100",
        "/1 spf=pass(sender IP is 192.0.2.1) smtp.mailfrom=b.example; dkim=pass(signature was verified) header.d=b.example; dmarc=pass action=none header.from=b.example; compauth=pass[100]")]
    [TestCase("i=1; mx.example.org; arc=none; spf=pass smtp.mailfrom=b.example", "mx.example.org/1 arc=none; spf=pass smtp.mailfrom=b.example")]
    [TestCase("i=2; mx.microsoft.example 1; spf=pass", "mx.microsoft.example/1 spf=pass")]
    [TestCase("mx.example.org dkim=pass header.d=b.example", "mx.example.org/1 dkim=pass header.d=b.example")]
    [TestCase("\"mx.example.org\"; spf=none", "mx.example.org/1 spf=none")]
    [TestCase("mx.example.org; spf=softfail smtp.mailfrom=\"odd name\"@b.example", "mx.example.org/1 spf=softfail smtp.mailfrom=\"odd name\"@b.example")]
    [TestCase("mx.example.org;spf=pass(x)smtp.mailfrom=b.example;;dkim=none;", "mx.example.org/1 spf=pass(x) smtp.mailfrom=b.example; dkim=none")]
    [TestCase("mx.example.org; iprev=pass policy.iprev=192.0.2.1 (host.example); x-tls=pass smtp.version=TLSv1.3", "mx.example.org/1 iprev=pass(host.example) policy.iprev=192.0.2.1; x-tls=pass smtp.version=TLSv1.3")]
    [TestCase("mx.example.org; spf=pass (unclosed", "mx.example.org/1 spf=pass(unclosed)")]
    [TestCase("mx.example.org; spf=\"pass", "mx.example.org/1 spf=\"pass")]
    [TestCase("mx.example.org; dkim = pass header . d = b.example", "mx.example.org/1 dkim=pass header.d=b.example")]
    [TestCase("", "/1")]
    [TestCase(";;;", "/1")]
    [TestCase("=", "/1")]
    public void Results_are_read(string value, string expected) => Assert.That(Written(AuthenticationResults.Parse(value)), Is.EqualTo(expected));

    [Test]
    public void Properties_are_found_by_type_and_name()
    {
        var read = AuthenticationResults.Parse("mx.example.org; dkim=pass header.d=b.example header.i=@b.example; dmarc=fail action=none");
        Assert.Multiple(() =>
        {
            Assert.That(read.Find("dkim")!["header.d"], Is.EqualTo("b.example"));
            Assert.That(read.Find("dkim")!["header.i"], Is.EqualTo("@b.example"));
            Assert.That(read.Find("dkim")!["header.s"], Is.Empty);
            Assert.That(read.Find("dmarc")!["action"], Is.EqualTo("none"));
            Assert.That(read.Find("spf"), Is.Null);
        });
    }

    [Test]
    public void All_fields_of_a_mail_are_read_in_order()
    {
        var headers = Mails.Parse("Authentication-Results: a.example;\n\tspf=pass\nAuthentication-Results: b.example; none\n\n").Headers;
        Assert.That(AuthenticationResults.Of(headers).Select(Written), Is.EqualTo(["a.example/1 spf=pass", "b.example/1"]));
    }

    [Test]
    public void What_is_written_strictly_is_read_back() =>
        Prop.ForAll(Gen.Elements("spf", "dkim", "dmarc", "x-own").ListOf().ToArbitrary(), Gen.Elements("a.example", "a b", "q\"uo\\te", "semi;colon", "(no comment)", "").ToArbitrary(), (methods, value) =>
        {
            string quoted = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            var read = AuthenticationResults.Parse("mx.example.org" + string.Concat(methods.Select(m => $"; {m}=pass (why) header.d=\"{quoted}\"")));
            return read.Server == "mx.example.org" && read.Results.Count == methods.Count
                && read.Results.Zip(methods).All(p => p.First.Method == p.Second && p.First.Result == "pass" && p.First.Comment == "why" && p.First["header.d"] == value);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Any_text_is_read_within_its_length() =>
        Prop.ForAll(Gen.Elements("mx", "=", ";", "(", ")", "\"", "\\", " ", ".", "/", "1", "i=1", "dkim", "reason=", "\0", "\u0085", "é").ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var read = AuthenticationResults.Parse(text);
            return Written(read).Length <= (text.Length * 6) + 10 && !Written(read).Any(char.IsControl);
        }).QuickCheckThrowOnFailure();

    private static string Written(AuthenticationResults read) =>
        $"{read.Server}/{read.Version} {string.Join("; ", read.Results.Select(Written))}".TrimEnd();

    private static string Written(AuthenticationResult result)
    {
        string method = result.Version == 1 ? result.Method : $"{result.Method}/{result.Version}";
        string reason = result.Reason.Length == 0 ? "" : $"[{result.Reason}]";
        string comment = result.Comment.Length == 0 ? "" : $"({result.Comment})";
        string properties = string.Concat(result.Properties.Select(p => p.Type.Length == 0 ? $" {p.Name}={p.Value}" : $" {p.Type}.{p.Name}={p.Value}"));
        return $"{method}={result.Result}{reason}{comment}{properties}";
    }
}
