using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MailInbox.Mail.Wire;

/// <summary>What a client of ours demands of a server's certificate.</summary>
internal static class ClientTls
{
    /// <param name="host">The name that the certificate must bear.</param>
    /// <param name="roots">Roots to trust instead of the system's; null for the system's.</param>
    public static SslClientAuthenticationOptions For(string host, X509Certificate2Collection? roots)
    {
        SslClientAuthenticationOptions tls = new() { TargetHost = host };
        if (roots is not null)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        return tls;
    }
}
