using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiDub.Jobs.Fetching;

/// <summary>Makes handlers whose connections can only go where a request was admitted to.</summary>
public static class AdmittedHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    /// <summary>A handler for one request: it follows no redirect, uses no proxy and keeps no cookies.</summary>
    /// <param name="network">The network.</param>
    /// <param name="admitted">What <see cref="SourceGate.AdmitAsync"/> answered; tried in this order.</param>
    public static SocketsHttpHandler Make(ISourceNetwork network, IReadOnlyList<IPEndPoint> admitted) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,

        // A byte a character: what they mean is for the reader of each header to decide.
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,

        // What is refused is not read to its end.
        MaxResponseDrainSize = 0,
        ConnectTimeout = ConnectTimeout,
        ConnectCallback = async (_, ct) =>
        {
            for (var i = 0; ; i++)
            {
                try
                {
                    return await network.ConnectAsync(admitted[i], ct);
                }
                catch (SocketException) when (i < admitted.Count - 1)
                {
                    // The host has another address.
                }
            }
        },
    };
}
