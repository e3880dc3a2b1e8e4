using System.Net;
using System.Net.Sockets;

namespace AiDub.Tests.EndToEnd;

/// <summary>Ports of loopback for services that tests start.</summary>
internal static class FreePort
{
    // Below those that the system gives to connections, which could take one between two starts.
    private const int First = 12_000;
    private const int Count = 20_000;

    // Two runs at once seldom begin at the same one.
    private static int _last = Random.Shared.Next(Count);

    /// <summary>One that nobody listens on, and that no other test of this run is given.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens on it.
            }
        }
    }
}
