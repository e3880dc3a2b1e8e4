using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiDub.Jobs.Hosting.Rehearsal;

/// <summary>Serves one file over HTTP on the loopback address, so that fetching it goes through what fetching a source does.</summary>
internal sealed class ClipListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    /// <summary>Begins to serve.</summary>
    /// <param name="content">The file, of type <c>video/mp4</c>.</param>
    public ClipListener(byte[] content)
    {
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n";
        _answer = [.. Encoding.ASCII.GetBytes(head), .. content];
        _listener.Start();
        _serving = ServeAsync(_ended.Token);
    }

    /// <summary>Its host and port.</summary>
    public string HostAndPort => _listener.LocalEndpoint.ToString()!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task ServeAsync(CancellationToken ct)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(ct);
            await using var stream = client.GetStream();
            using var asked = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await asked.ReadLineAsync(ct) is { Length: > 0 })
            {
            }
            await stream.WriteAsync(_answer, ct);
        }
    }
}
