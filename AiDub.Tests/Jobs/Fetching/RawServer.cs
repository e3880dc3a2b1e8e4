using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiDub.Tests.Jobs.Fetching;

/// <summary>A loopback server that answers every connection with bytes as they are given, and remembers what it was asked.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _loop;

    public RawServer(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = ServeAsync();
    }

    public RawServer(Func<string, string> answer)
        : this((asked, stream, ct) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer(asked)), ct).AsTask())
    {
    }

    public int Port { get; }

    /// <summary>The targets of all requests, such as <c>/a?b</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>The headers of all requests, with lower-case names; the last is that of the request that is being answered.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Headers { get; } = [];

    /// <summary>How many connections were made.</summary>
    public int Accepted { get; private set; }

    public string HostAndPort => $"127.0.0.1:{Port}";

    public string Address(string target = "/video.mp4") => $"http://{HostAndPort}{target}";

    public static string Ok(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>A header of a request; null when it was not sent.</summary>
    public string? Sent(int request, string name) => Headers.ElementAt(request).GetValueOrDefault(name);

    public static string Status(int code, string headers = "") =>
        $"HTTP/1.1 {code} Because\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Accepted++;
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (
            e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            var target = (await reader.ReadLineAsync(_stop.Token))?.Split(' ')[1] ?? "";
            var headers = new Dictionary<string, string>();
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
                headers[line.Split(':')[0].ToLowerInvariant()] = line[(line.IndexOf(':') + 1)..].Trim();
            Headers.Enqueue(headers);
            Asked.Enqueue(target);
            await _answer(target, stream, _stop.Token);
        }
        catch (IOException)
        {
            // The client left.
        }
    }
}
