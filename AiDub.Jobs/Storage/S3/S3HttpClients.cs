using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;

namespace AiDub.Jobs.Storage.S3;

/// <summary>Gives the SDK one HTTP client that keeps our time limits and trusts the certificates that the options name.</summary>
internal sealed class S3HttpClients : HttpClientFactory, IDisposable
{
    // So that a server that moved is found at its new address.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _client;
    private readonly X509Certificate2Collection _trusted = [];

    public S3HttpClients(S3Options options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // A trace's id is the dub's.
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds),
            PooledConnectionLifetime = ConnectionLifetime,
        };
        if (!string.IsNullOrEmpty(options.TrustedCertificateFile))
        {
            _trusted.ImportFromPemFile(options.TrustedCertificateFile);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors);
        }

        var (idle, longest) = (TimeSpan.FromSeconds(options.IdleTimeoutSeconds), TimeSpan.FromSeconds(options.RequestTimeoutSeconds));
        _client = new HttpClient(new S3Patience(handler, idle, longest, TimeProvider.System)) { Timeout = longest };
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose()
    {
        _client.Dispose();
        foreach (var certificate in _trusted)
            certificate.Dispose();
    }

    // Only an unknown issuer is made good: a wrong name or no certificate at all still ends the connection.
    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(presented);
    }
}
