using System.Globalization;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

public sealed class HeaderKindsTests
{
    [TestCase("a@b.example", "a@b.example")]
    [TestCase("Anna <a@b.example>", "Anna <a@b.example>")]
    [TestCase("a@b.example (Anna Example)", "Anna Example <a@b.example>")]
    [TestCase("\"Example, Anna\" <a@b.example>, c@d.example", "Example, Anna <a@b.example>|c@d.example")]
    [TestCase("Example, Anna <a@b.example>", "Example, Anna <a@b.example>")]
    [TestCase("team: a@b.example, Bob <b@b.example>; c@d.example", "a@b.example|Bob <b@b.example>|c@d.example")]
    [TestCase("undisclosed-recipients:;", "")]
    [TestCase("a@b.example; c@d.example", "a@b.example|c@d.example")]
    [TestCase("<@relay.example,@two.example:a@b.example>", "a@b.example")]
    [TestCase("\"odd name\"@b.example", "\"odd name\"@b.example")]
    [TestCase("Anna <a@[IPv6:2001:db8::1]>", "Anna <a@[IPv6:2001:db8::1]>")]
    [TestCase("a@[192.0.2.1], b@c.example", "a@[192.0.2.1]|b@c.example")]
    [TestCase("a . b @ c . example", "a.b@c.example")]
    [TestCase("=?utf-8?Q?Doe,_J=C3=B6rg?= <j@x.example>", "Doe, Jörg <j@x.example>")]
    [TestCase("=?utf-8?Q?Doe, J=C3=B6rg?= <j@x.example>", "Doe, Jörg <j@x.example>")]
    [TestCase("Anna <a@b.example", "Anna <a@b.example>")]
    [TestCase("Anna a@b.example>", "Anna <a@b.example>")]
    [TestCase("a@b.example c@d.example", "a@b.example|c@d.example")]
    [TestCase("jörg@bücher.example", "jörg@bücher.example")]
    [TestCase("Anna <<a@b.example>>", "Anna <a@b.example>")]
    [TestCase("MAILER-DAEMON", "MAILER-DAEMON")]
    [TestCase("Mail Delivery System", "Mail Delivery System <>")]
    [TestCase("<>", "")]
    [TestCase(", ,;:", "")]
    [TestCase("((((", "((( <>")]
    public void Addresses_are_read(string value, string expected) =>
        Assert.That(string.Join('|', AddressList.Parse(value)), Is.EqualTo(expected));

    [TestCase("Mon, 3 Nov 2025 10:20:30 +0100", "2025-11-03 10:20:30 +01:00")]
    [TestCase("3 Nov 25 10:20 EST", "2025-11-03 10:20:00 -05:00")]
    [TestCase("Mon Nov  3 10:20:30 2025", "2025-11-03 10:20:30 +00:00")]
    [TestCase("Mon Nov  3 10:20:30 CET 2025", "2025-11-03 10:20:30 +01:00")]
    [TestCase("2025-11-03T10:20:30.123+01:00", "2025-11-03 10:20:30 +01:00")]
    [TestCase("2025-11-03 10:20:30Z", "2025-11-03 10:20:30 +00:00")]
    [TestCase("Mon, 3-Nov-2025 10:20:30 GMT", "2025-11-03 10:20:30 +00:00")]
    [TestCase("3 Nov 2025 1:05 PM -0800 (PST)", "2025-11-03 13:05:00 -08:00")]
    [TestCase("3 Nov 2025 12:05:00 AM", "2025-11-03 00:05:00 +00:00")]
    [TestCase("Wed, 31 Dec 2008 23:59:60 +0000", "2008-12-31 23:59:59 +00:00")]
    [TestCase("Mon, 3 Nov 2025 10:20:30", "2025-11-03 10:20:30 +00:00")]
    [TestCase("Mon, 3 Nov 2025 10:20:30 GMT+0200", "2025-11-03 10:20:30 +02:00")]
    [TestCase("Mon, 3 Nov 2025 10:20:30 +9900", "2025-11-03 10:20:30 +00:00")]
    [TestCase("Mon, 3 Nov 2025 10:20:30 -1900", "2025-11-04 05:20:30 +00:00")]
    [TestCase("Mon, 003 Nov 2025 10:20:30 +0000", "2025-11-03 10:20:30 +00:00")]
    [TestCase("Mon, 3 Nov 125 10:20:30 +0000", "2025-11-03 10:20:30 +00:00")]
    [TestCase("Mon, 31 Feb 2025 10:20:30 +0000", "")]
    [TestCase("Mon, 3 Foo 2025 10:20:30 +0000", "")]
    [TestCase("99999999999999999999 1 1", "")]
    [TestCase("tomorrow", "")]
    [TestCase("", "")]
    public void Dates_are_read(string value, string expected) =>
        Assert.That(MailDate.Parse(value)?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "", Is.EqualTo(expected));

    [TestCase("<a@b>", "a@b")]
    [TestCase("<a@b> <c@d>", "a@b c@d")]
    [TestCase("<a@b>,<c@d>", "a@b c@d")]
    [TestCase("Your message of today <a@b>", "a@b")]
    [TestCase("a@b c@d", "a@b c@d")]
    [TestCase("17", "17")]
    [TestCase("Your message of Tue, 27 Aug 2002", "")]
    [TestCase("jonas@berg.example's message of \"Tue, 27 Aug 2002 13:17:15 +0100\"", "")]
    [TestCase("<a@ b>", "a@b")]
    [TestCase("<a@b", "a@b")]
    [TestCase("<<a@b>>", "a@b")]
    [TestCase("<>", "")]
    [TestCase("=?utf-8?q?=3Ca=40b=3E?= =?utf-8?q?_=3Cc=40d=3E?=", "a@b c@d")]
    public void Message_ids_are_read(string value, string expected) =>
        Assert.That(string.Join(' ', MessageIds.Parse(value)), Is.EqualTo(expected));

    [TestCase("text/plain; charset=utf-8", "text/plain", "charset=utf-8")]
    [TestCase("TEXT/Html; Charset=\"utf-8\"; format=flowed", "text/html", "charset=utf-8 format=flowed")]
    [TestCase("text/plain charset=utf-8", "text/plain", "charset=utf-8")]
    [TestCase("text", "text/plain", "")]
    [TestCase("multipart/multipart/mixed; boundary=\"a b\"", "multipart/mixed", "boundary=a b")]
    [TestCase("multipart/mixed; boundary=\"end \"", "multipart/mixed", "boundary=end")]
    [TestCase("image/png; name=\"C:\\dir\\a.png\"", "image/png", "name=C:\\dir\\a.png")]
    [TestCase("image/png; name=my photo (1).png; x=1", "image/png", "name=my photo (1).png x=1")]
    [TestCase("text/plain; charset=\"\"utf-8\"\"", "text/plain", "charset=utf-8")]
    [TestCase("text/plain; charset=utf-8 (really)", "text/plain", "charset=utf-8")]
    [TestCase("a/b; name*1=def; name*0=abc", "a/b", "name=abcdef")]
    [TestCase("a/b; name*0*=utf-8''%C3; name*1*=%A4x", "a/b", "name=äx")]
    [TestCase("a/b; name=plain; name*=utf-8''%C3%A4", "a/b", "name=ä")]
    [TestCase("a/b; name*=iso-8859-1'de'%E4%ZZ", "a/b", "name=ä%ZZ")]
    [TestCase("a/b; name=\"=?utf-8?B?w6Q=?=.txt\"", "a/b", "name=ä.txt")]
    [TestCase("a/b; x=1; x=2", "a/b", "x=1")]
    [TestCase("charset=utf-8", "text/plain", "charset=utf-8")]
    [TestCase("pdf", "application/octet-stream", "")]
    [TestCase(";;;", "text/plain", "")]
    [TestCase("\0multipart/mixed\u0085\u0001; x=1", "multipart/mixed", "x=1")]
    public void Content_types_are_read(string value, string media, string parameters)
    {
        var type = ContentType.Parse(value);
        Assert.That(type.Media, Is.EqualTo(media));
        Assert.That(string.Join(' ', type.Parameters.Select(p => $"{p.Key}={p.Value}")), Is.EqualTo(parameters));
    }

    [TestCase("attachment; filename=a.txt", "attachment", "a.txt")]
    [TestCase("INLINE", "inline", "")]
    [TestCase("form-data; name=x", "attachment", "")]
    [TestCase("filename=\"a b.txt\"", "", "a b.txt")]
    [TestCase("", "", "")]
    public void Dispositions_are_read(string value, string kind, string name)
    {
        var disposition = ContentDisposition.Parse(value);
        Assert.That(disposition.Kind, Is.EqualTo(kind));
        Assert.That(disposition.FileName, Is.EqualTo(name));
    }

    [TestCase("plain", "plain")]
    [TestCase("=?utf-8?Q?a?= =?utf-8?Q?b?= c", "ab c")]
    [TestCase("=?utf-8?B?w6?= =?utf-8?B?Q=?=", "ä")]
    [TestCase("=?utf-8?Q?=C3?= =?utf-8?Q?=A4?=", "ä")]
    [TestCase("=?utf-8*en?Q?=C3=A4?=", "ä")]
    [TestCase("=?UTF-8?B?Kévin?=", "=?UTF-8?B?Kévin?=")]
    [TestCase("=?utf-8?Q?Kévin_=C3=A4?=", "Kévin ä")]
    [TestCase("=?x-unknown?Q?caf=E9?=", "café")]
    [TestCase("=?utf-8?Q?Why?=20not?=", "Why? not")]
    [TestCase("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本")]
    [TestCase("=?gb2312?B?1tDOxA==?=", "中文")]
    [TestCase("=?utf-7?Q?+AOQ-?=", "ä")]
    [TestCase("=?=?=?=?", "=?=?=?=?")]
    [TestCase("=?utf-8?Q?a=0D=0Ab=00?=", "a  b")]
    [TestCase("=?utf-8?X?a?= =?utf-8?Q?", "=?utf-8?X?a?= =?utf-8?Q?")]
    public void Encoded_words_are_read(string value, string expected) =>
        Assert.That(EncodedWords.Decode(value), Is.EqualTo(expected));

    [Test]
    public void Trace_fields_are_read()
    {
        var trace = Received.Parse("from mail.example (unknown [192.0.2.7]) by mx.example.net (Postfix) with ESMTPS id ABC for <help@example.net>; Mon, 3 Nov 2025 10:20:30 +0100");
        Assert.Multiple(() =>
        {
            Assert.That(trace.From, Is.EqualTo("mail.example"));
            Assert.That(trace.FromAddress?.ToString(), Is.EqualTo("192.0.2.7"));
            Assert.That(trace.By, Is.EqualTo("mx.example.net"));
            Assert.That((trace.Protocol, trace.Id, trace.For), Is.EqualTo(("ESMTPS", "ABC", "help@example.net")));
            Assert.That(trace.Date, Is.EqualTo(new DateTimeOffset(2025, 11, 3, 9, 20, 30, TimeSpan.Zero)));
        });
    }

    [Test]
    public void Hops_are_counted()
    {
        var headers = Mails.Parse("Received: from a by mx.example; x\nReceived: from b by MX.example; y\nReceived: from c by other.example; z\n\n").Headers;
        Assert.That(Received.Hops(headers), Is.EqualTo(3));
    }

    [Test]
    public void List_and_automatic_fields_are_read()
    {
        var headers = Mails.Parse("List-Id: Friends of <Talk.Example.org>\nList-Post: <mailto:talk@example.org?subject=x>\nList-Unsubscribe: <mailto:u@example.org>\n"
            + "Auto-Submitted: auto-replied (vacation); x=y\nPrecedence: Bulk\n\n").Headers;
        Assert.Multiple(() =>
        {
            var list = ListFields.Of(headers);
            Assert.That((list.Id, list.Name, list.Post), Is.EqualTo(("talk.example.org", "Friends of", "talk@example.org")));
            Assert.That((list.Unsubscribe, list.OneClick), Is.EqualTo((true, "")));
            Assert.That(AutoSubmitted.Keyword(headers), Is.EqualTo("auto-replied"));
            Assert.That(AutoSubmitted.IsAutomatic(headers), Is.True);
            Assert.That(Precedence.IsBulk(headers), Is.True);
        });
        var none = Mails.Parse("Auto-Submitted: no\n\n").Headers;
        Assert.That(AutoSubmitted.IsAutomatic(none) || Precedence.IsBulk(none) || ListFields.Of(none).IsList, Is.False);
    }
}
