using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>Trace fields in the shapes of the servers that write them; expected is what differs from empty.</summary>
public sealed class ReceivedTests
{
    // Postfix
    [TestCase("from mail.example (mail.example [192.0.2.7]) by mx.example.net (Postfix) with ESMTPS id 4ABC for <help@example.net>; Mon, 3 Nov 2025 10:20:30 +0100 (CET)",
        "from=mail.example address=192.0.2.7 host=mail.example by=mx.example.net protocol=ESMTPS id=4ABC for=help@example.net date")]
    [TestCase("from mail.example (unknown [IPv6:2001:db8::7]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (P-256)) (Client did not present a certificate) by mx.example.net (Postfix) with ESMTPSA id 4ABC; Mon, 3 Nov 2025 10:20:30 +0100",
        "from=mail.example address=2001:db8::7 by=mx.example.net protocol=ESMTPSA tls=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 id=4ABC date")]
    [TestCase("by mx.example.net (Postfix, from userid 1000) id 4ABC; Mon, 3 Nov 2025 10:20:30 +0100", "from=userid by=mx.example.net id=4ABC date")]
    // Exim
    [TestCase("from [192.0.2.7] (helo=mail.example) by mx.example.net with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <a@mail.example>) id 1abc-2D-3e for help@example.net; Mon, 03 Nov 2025 10:20:30 +0000",
        "from=192.0.2.7 address=192.0.2.7 helo=mail.example/HELO by=mx.example.net protocol=ESMTPS tls=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 id=1abc-2D-3e for=help@example.net date")]
    [TestCase("from mail.example ([192.0.2.7]:40123 helo=mail.local) by mx.example.net with esmtpa (Exim 4.96) id 1abc; Mon, 03 Nov 2025 10:20:30 +0000",
        "from=mail.example address=192.0.2.7 helo=mail.local/HELO by=mx.example.net protocol=ESMTPA id=1abc date")]
    [TestCase("from user by host.example with local (Exim 4.96) (envelope-from <user@host.example>) id 1abc; Mon, 03 Nov 2025 10:20:30 +0000",
        "from=user by=host.example protocol=LOCAL id=1abc date")]
    // Sendmail
    [TestCase("from mail.example (IDENT:joe@mail.example [192.0.2.7] (may be forged)) by mx.example.net (8.17.1/8.17.1) with ESMTP id x1 (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO) for <help@example.net>; Mon, 3 Nov 2025 10:20:30 GMT",
        "from=mail.example address=192.0.2.7 ident=joe@mail.example by=mx.example.net protocol=ESMTP tls=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 id=x1 for=help@example.net date")]
    [TestCase("(from root@localhost) by host.example (8.17.1/8.17.1/Submit) id x1; Mon, 3 Nov 2025 10:20:30 GMT", "from=root@localhost by=host.example id=x1 date")]
    // Exchange and Microsoft 365
    [TestCase("from A.prod.outlook.com (2603:10a6::1) by B.prod.outlook.com (2603:10a6::2) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.1.2; Mon, 3 Nov 2025 10:20:30 +0000",
        "from=A.prod.outlook.com address=2603:10a6::1 by=B.prod.outlook.com protocol=SMTP tls=TLSv1.2 cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 id=15.20.1.2 date")]
    [TestCase("from A.prod.outlook.com ([fe80::1]) by A.prod.outlook.com ([fe80::1%4]) with mapi id 15.20.1.2; Mon, 3 Nov 2025 10:20:30 +0000",
        "from=A.prod.outlook.com address=fe80::1 by=A.prod.outlook.com id=15.20.1.2 date")]
    [TestCase("from mail pickup service by host.example with Microsoft SMTPSVC; Mon, 3 Nov 2025 10:20:30 +0000", "from=mail by=host.example protocol=SMTP date")]
    // Google
    [TestCase("from mail-x.google.com (mail-x.google.com. [209.85.220.41]) by mx.google.com with SMTPS id a1sor1.2025.11.03 for <help@example.net> (Google Transport Security); Mon, 03 Nov 2025 02:20:30 -0800 (PST)",
        "from=mail-x.google.com address=209.85.220.41 host=mail-x.google.com. by=mx.google.com protocol=ESMTPS id=a1sor1.2025.11.03 for=help@example.net date")]
    [TestCase("by 2002:a05:6a10:1 with SMTP id a1csp1; Mon, 3 Nov 2025 02:20:30 -0800 (PST)", "by=2002:a05:6a10:1 protocol=SMTP id=a1csp1 date")]
    [TestCase("from 1234 named unknown by gmailapi.google.com with HTTPREST; Mon, 3 Nov 2025 02:20:30 -0800", "from=1234 by=gmailapi.google.com protocol=HTTP date")]
    // qmail and its kin
    [TestCase("(qmail 1234 invoked from network); 3 Nov 2025 10:20:30 -0000", "from=network date")]
    [TestCase("(qmail 1234 invoked by uid 89); 3 Nov 2025 10:20:30 -0000", "date")]
    [TestCase("from unknown (HELO mail.example) (joe@192.0.2.7) by mx.example.net with SMTP; 3 Nov 2025 10:20:30 -0000",
        "from=unknown helo=mail.example/HELO ident=joe@192.0.2.7 by=mx.example.net protocol=SMTP date")]
    [TestCase("from mail.example (EHLO mail.example) (192.0.2.7) by mx.example.net with ESMTPSA; 3 Nov 2025 10:20:30 -0000",
        "from=mail.example address=192.0.2.7 helo=mail.example/EHLO by=mx.example.net protocol=ESMTPSA date")]
    // Courier, CommuniGate, MDaemon, XMail, Lotus, OpenSMTPD, Stalwart, Haraka, Zimbra, fetchmail
    [TestCase("from mail.example (mail.example [::ffff:192.0.2.7]) (AUTH: LOGIN joe@example.net, TLS: TLSv1/SSLv3,256bits,AES256-SHA) by mx.example.net with ESMTPSA; Mon, 03 Nov 2025 10:20:30 +0100",
        "from=mail.example address=::ffff:192.0.2.7 host=mail.example ident=joe@example.net by=mx.example.net protocol=ESMTPSA tls=TLSv1.0 cipher=AES256-SHA date")]
    [TestCase("from [192.0.2.7] (account joe@example.net HELO [10.0.0.5]) by example.net (CommuniGate Pro SMTP 6.2) with ESMTPSA id 1; Mon, 03 Nov 2025 10:20:30 +0100",
        "from=192.0.2.7 address=192.0.2.7 helo=10.0.0.5/HELO ident=joe@example.net by=example.net protocol=ESMTPSA id=1 date")]
    [TestCase("from mail.example [(192.0.2.7)] by mx.example.net (MDaemon PRO v19) with ESMTP id md5.msg for <help@example.net>; Mon, 03 Nov 2025 10:20:30 +0100",
        "from=mail.example address=192.0.2.7 by=mx.example.net protocol=ESMTP id=md5.msg for=help@example.net date")]
    [TestCase("from mail.example (192.0.2.7:1234) by mx.example.net with [XMail 1.27 ESMTP Server] id <S1> for <help@example.net> from <a@mail.example>; Mon, 3 Nov 2025 10:20:30 +0100",
        "from=mail.example address=192.0.2.7 by=mx.example.net protocol=ESMTP id=S1 for=help@example.net date")]
    [TestCase("from mail.example ([192.0.2.7]) by mx.example.net (Lotus Domino Release 8.5) with ESMTP id 2025110310203012-1 ; Mon, 3 Nov 2025 10:20:30 +0100",
        "from=mail.example address=192.0.2.7 by=mx.example.net protocol=ESMTP id=2025110310203012-1 date")]
    [TestCase("from localhost (mx.example.net [local]) by mx.example.net (OpenSMTPD) with ESMTPA id 5d for <help@example.net>; Mon, 3 Nov 2025 10:20:30 +0100 (CET)",
        "from=localhost host=mx.example.net by=mx.example.net protocol=ESMTPA id=5d for=help@example.net date")]
    [TestCase("from mail.example (mail.example [192.0.2.7]) by mx.example.net (Haraka/3.0.3) with ESMTPS id AB.1 envelope-from <a@mail.example> tls TLS_AES_256_GCM_SHA384; Mon, 3 Nov 2025 10:20:30 +0000",
        "from=mail.example address=192.0.2.7 host=mail.example by=mx.example.net protocol=ESMTPS cipher=TLS_AES_256_GCM_SHA384 id=AB.1 date")]
    [TestCase("from mail.example (LHLO mail.example) (192.0.2.7) by mx.example.net with LMTP; Mon, 3 Nov 2025 10:20:30 +0000 (UTC)",
        "from=mail.example address=192.0.2.7 helo=mail.example/LHLO by=mx.example.net protocol=LMTP date")]
    [TestCase("from pop.example [192.0.2.7] by localhost with POP3 (fetchmail-6.4.16) for <joe@localhost> (single-drop); Mon, 03 Nov 2025 10:20:30 +0100",
        "from=pop.example address=192.0.2.7 by=localhost protocol=POP3 for=joe@localhost date")]
    [TestCase("from mail.example by mx.example.net with UTF8SMTPS id 1; Mon, 3 Nov 2025 10:20:30 +0000", "from=mail.example by=mx.example.net protocol=UTF8SMTPS id=1 date")]
    [TestCase("from mail.example by mx.example.net via TCP with ESMTP id 1; Mon, 3 Nov 2025 10:20:30 +0000", "from=mail.example by=mx.example.net via=TCP protocol=ESMTP id=1 date")]
    [TestCase("from mail.example with LMTP id AB.1 (envelope-from <a@mail.example>) for <help@example.net>; Mon, 3 Nov 2025 10:20:30 +0000",
        "from=mail.example protocol=LMTP id=AB.1 for=help@example.net date")]
    [TestCase("from mx1 by mx2 with LMTP id aB/c+d== (envelope-from <a@b.example>); Mon, 3 Nov 2025 10:20:30 +0000", "from=mx1 by=mx2 protocol=LMTP id=aB/c+d== date")]
    [TestCase("from DESKTOP-ABC12 (DESKTOP-ABC12 [192.0.2.7]) by mx.example.net with SMTP; Mon, 3 Nov 2025 10:20:30 +0000", "from=DESKTOP-ABC12 address=192.0.2.7 by=mx.example.net protocol=SMTP date")]
    [TestCase("from mail.example ([10.0.0.1] [192.0.2.7]) by mx.example.net with SMTP; Mon, 3 Nov 2025 10:20:30 +0000", "from=mail.example address=10.0.0.1 by=mx.example.net protocol=SMTP date")]
    [TestCase("from [10.0.0.1] (port=1234 helo=[10.0.0.2]) by mx.example.net with ASMTP; Mon, 3 Nov 2025 10:20:30 +0000", "from=10.0.0.1 address=10.0.0.1 helo=10.0.0.2/HELO by=mx.example.net protocol=ESMTPA date")]
    // Broken
    [TestCase("from mail.example (unclosed by mx.example.net with SMTP; Mon, 3 Nov 2025 10:20:30 +0000", "from=mail.example by=mx.example.net protocol=SMTP date")]
    [TestCase("from mail.example by mx.example.net", "from=mail.example by=mx.example.net")]
    [TestCase("from", "")]
    [TestCase("from by with id for via ;", "")]
    [TestCase("from [] ([]) by []", "")]
    [TestCase("from a (helo=) by b", "from=a helo=/HELO by=b")]
    [TestCase("", "")]
    [TestCase(";;;", "")]
    [TestCase("x; yesterday", "")]
    public void Fields_are_read(string value, string expected)
    {
        var trace = Received.Parse(value);
        var told = new List<string>();
        void Tell(string name, string text)
        {
            if (text.Length > 0)
                told.Add($"{name}={text}");
        }

        Tell("from", trace.From);
        Tell("address", trace.FromAddress?.ToString() ?? "");
        Tell("host", trace.FromHost);
        Tell("helo", trace.HeloCommand.Length == 0 ? "" : $"{trace.Helo}/{trace.HeloCommand}");
        Tell("ident", trace.Ident);
        Tell("by", trace.By);
        Tell("via", trace.Via);
        Tell("protocol", trace.Protocol);
        Tell("tls", trace.TlsVersion);
        Tell("cipher", trace.TlsCipher);
        Tell("id", trace.Id);
        Tell("for", trace.For);
        Assert.That(string.Join(' ', told) + (trace.Date == null ? "" : told.Count == 0 ? "date" : " date"), Is.EqualTo(expected));
    }

    [Test]
    public void The_first_word_of_the_with_clause_is_kept_as_written()
    {
        var trace = Received.Parse("from a by b with Thrift id 1; Mon, 3 Nov 2025 10:20:30 +0000");
        Assert.That((trace.With, trace.Protocol), Is.EqualTo(("Thrift", "")));
    }

    [Test]
    public void Any_pieces_in_a_row_are_read() =>
        Prop.ForAll(Gen.Elements("from ", "by ", "with ", "id ", "for ", "via ", "(", ")", "[", "]", "<", ">", "helo", "HELO ", "=", "ident=", ";", ",", "@", "192.0.2.1", "TLS1.2:", "SSLv3", "AES-1", " ", "\"", "\\", "a.b", "é").ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var trace = Received.Parse(text);
            string[] all = [trace.From, trace.FromHost, trace.Helo, trace.Ident, trace.By, trace.Via, trace.With, trace.TlsCipher, trace.Id, trace.For];
            return all.All(t => text.Contains(t, StringComparison.Ordinal)) && trace.Date == null;
        }).QuickCheckThrowOnFailure();
}
