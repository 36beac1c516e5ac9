using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailInbox.Tests.Support;

/// <summary>A certificate for <c>localhost</c> and 127.0.0.1 that only who trusts it by name believes, as files of a server.</summary>
internal sealed class TestCertificate
{
    /// <param name="folder">Where the files go.</param>
    public TestCertificate(string folder)
    {
        using X509Certificate2 made = Make(IPAddress.Loopback);
        using ECDsa key = made.GetECDsaPrivateKey()!;
        Pem = Path.Combine(folder, "certificate.pem");
        Key = Path.Combine(folder, "key.pem");
        File.WriteAllText(Pem, made.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>File of the certificate, to be served and to be trusted.</summary>
    public string Pem { get; }

    /// <summary>File of its private key.</summary>
    public string Key { get; }

    /// <summary>The certificate as the only root to trust.</summary>
    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificateFromFile(Pem)];

    /// <summary>One for <c>localhost</c> and these addresses, with its key, for a server in this process.</summary>
    public static X509Certificate2 Make(params IPAddress[] addresses)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        Array.ForEach(addresses, names.AddIpAddress);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
