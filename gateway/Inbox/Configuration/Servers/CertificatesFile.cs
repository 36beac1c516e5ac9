using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailInbox.Inbox.Configuration.Files;

namespace MailInbox.Inbox.Configuration.Servers;

/// <summary>Finds the file of certificates (PEM, RFC 7468) that a server's own is to be measured by, and looks whether it is one.</summary>
internal sealed class CertificatesFile(ConfigurationFile file, string folder)
{
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>Its full path; null when the key is missing, or when the file is of no use, which is told.</summary>
    public string? Find(Section section, string key)
    {
        if (section.Text(key) is not { } value)
        {
            return null;
        }

        string shown = ConfigurationFile.Quote(value.Text);
        try
        {
            string path = Path.GetFullPath(Path.Combine(folder, value.Text));
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[MaximumBytes + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= MaximumBytes && Count(Encoding.UTF8.GetString(bytes, 0, length)) > 0)
            {
                return path;
            }

            file.Refuse(value, length > MaximumBytes ? $"the file {shown} is too long" : $"no certificate stands in the file {shown}", "write the path of a PEM file (-----BEGIN CERTIFICATE-----)");
        }
        catch (CryptographicException)
        {
            file.Refuse(value, $"a certificate in the file {shown} cannot be read", "write the path of a PEM file (-----BEGIN CERTIFICATE-----)");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            file.Refuse(value, $"the file {shown} {(fault is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read")}");
        }

        return null;
    }

    private static int Count(string pem)
    {
        X509Certificate2Collection found = [];
        found.ImportFromPem(pem);
        int count = found.Count;
        foreach (X509Certificate2 certificate in found)
        {
            certificate.Dispose();
        }

        return count;
    }
}
