using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AiDub.Jobs.Fetching;

namespace AiDub.Tests.Jobs.Fetching;

/// <summary>A network whose names are made up; connections are counted, and lead to a loopback server or nowhere.</summary>
internal sealed class FakeNetwork(IReadOnlyDictionary<string, string[]> names, int? port = null) : ISourceNetwork
{
    private readonly SourceNetwork _real = new();

    public ConcurrentQueue<IPEndPoint> Connections { get; } = [];

    public ConcurrentQueue<string> LookUps { get; } = [];

    /// <summary>What a name is from its second look-up on, where that differs.</summary>
    public Dictionary<string, string> Rebound { get; } = [];

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken ct)
    {
        var again = LookUps.Contains(host);
        LookUps.Enqueue(host);
        if (again && Rebound.TryGetValue(host, out var rebound))
            return Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse(rebound)]);

        // Like getaddrinfo, which takes every form of number for an address.
        if (IPAddress.TryParse(host, out var literal))
            return Task.FromResult<IReadOnlyList<IPAddress>>([literal]);
        return names.TryGetValue(host, out var addresses)
            ? Task.FromResult<IReadOnlyList<IPAddress>>([.. addresses.Select(IPAddress.Parse)])
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    public Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken ct)
    {
        Connections.Enqueue(address);
        return port is { } to
            ? _real.ConnectAsync(new IPEndPoint(IPAddress.Loopback, to), ct)
            : throw new SocketException((int)SocketError.HostUnreachable);
    }
}
