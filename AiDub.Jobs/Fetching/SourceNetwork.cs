using System.Net;
using System.Net.Sockets;

namespace AiDub.Jobs.Fetching;

/// <summary>The network, as far as fetching uses it.</summary>
public interface ISourceNetwork
{
    /// <summary>All addresses of a host name.</summary>
    /// <exception cref="SocketException">It has none, or could not be looked up.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken ct);

    /// <summary>A connection to exactly this address.</summary>
    /// <exception cref="SocketException">Nobody answered.</exception>
    Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken ct);
}

/// <summary>The real network.</summary>
public sealed class SourceNetwork : ISourceNetwork
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken ct) =>
        await Dns.GetHostAddressesAsync(host, ct);

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken ct)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
