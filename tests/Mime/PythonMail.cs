using System.Diagnostics;
using System.Text.Json;

namespace MailInbox.Tests.Mime;

/// <summary>Reads mail with Python's <c>email</c> package: a reader that is not ours.</summary>
internal static class PythonMail
{
    private const string Script = """
        import base64, email, email.policy, email.utils, json, sys
        def part(p):
            d = {'type': p.get_content_type(), 'encoding': (p['content-transfer-encoding'] or '').lower(), 'file': p.get_filename(),
                 'disposition': p.get_content_disposition(), 'cid': p['content-id'], 'charset': p.get_content_charset()}
            star = {k: v for k, v in (p.get_params(header='content-disposition') or [])}
            d['dispositionParameters'] = sorted(star)
            if p.get_content_type() == 'message/rfc822':
                d['parts'] = []
                d['subject'] = str(p.get_payload(0)['subject'])
            elif p.is_multipart(): d['parts'] = [part(c) for c in p.iter_parts()]
            elif p.get_content_maintype() == 'text': d['text'] = p.get_payload(decode=True).decode(p.get_content_charset() or 'utf-8', 'replace')
            else: d['bytes'] = base64.b64encode(p.get_payload(decode=True)).decode()
            d['defects'] = [type(x).__name__ for x in p.defects]
            return d
        for line in sys.stdin:
            m = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
            d = part(m)
            d['headers'] = {k.lower(): str(v) for k, v in m.items()}
            for name in ('from', 'to', 'cc', 'reply-to'):
                d[name] = [[a.display_name, a.addr_spec] for a in m[name].addresses] if m[name] else []
            print(json.dumps(d))
        """;

    public static JsonElement Read(byte[] mail) => Read([mail])[0];

    public static IReadOnlyList<JsonElement> Read(IReadOnlyList<byte[]> mails)
    {
        using Process python = Start();
        var writing = Task.Run(() =>
        {
            foreach (byte[] mail in mails) python.StandardInput.WriteLine(Convert.ToBase64String(mail));
            python.StandardInput.Close();
        });
        var read = new List<JsonElement>();
        while (python.StandardOutput.ReadLine() is { } line) read.Add(JsonDocument.Parse(line).RootElement);
        string errors = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.That(writing.IsFaulted, Is.False, errors);
        Assert.That(read, Has.Count.EqualTo(mails.Count), errors);
        return read;
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            const string Reason = "python3 is not here: composed mail cannot be read by a reader that is not ours.";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Reason);
            Assert.Ignore(Reason);
            throw;
        }
    }
}
