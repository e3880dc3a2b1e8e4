using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AiDub.Tests.Jobs.Fetching;

namespace AiDub.Tests.Jobs.Models;

/// <summary>A hub of models as it is on the wire: it leads to files on another origin, and says what they are.</summary>
internal sealed class HubStandIn : IAsyncDisposable
{
    private readonly Queue<Func<NetworkStream, byte[], long, CancellationToken, Task>> _faults = [];
    private readonly RawServer _hub;
    private readonly RawServer _store;

    public HubStandIn()
    {
        _store = new RawServer(ServeAsync);
        _hub = new RawServer(LeadAsync);
    }

    /// <summary>The file that it has.</summary>
    public byte[] Content { get; set; } = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 % 251))];

    /// <summary>What it says the file's hash is; null: it says nothing at <c>/resolve/</c>.</summary>
    public string? LinkedTag { get; set; } = "";

    /// <summary>Whether <c>/raw/</c> has the pointer.</summary>
    public bool HasPointer { get; set; } = true;

    /// <summary>The status with which the hub refuses, and how often it still does.</summary>
    public (int Status, int Times) Refusal { get; set; }

    /// <summary>Whether parts are given.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>What parts are told apart by.</summary>
    public string StoreTag { get; set; } = "\"v1\"";

    /// <summary>The file is small: the hub has it itself, under its name in git.</summary>
    public bool IsSmall { get; set; }

    public string Address => $"http://{_hub.HostAndPort}";

    public RawServer Hub => _hub;

    public RawServer Store => _store;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Content));

    public string GitHash => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {Content.Length}\0"), .. Content]));

    /// <summary>The next answer of the store breaks off after so many bytes.</summary>
    public void BreakAfter(int bytes) => _faults.Enqueue(async (stream, content, from, ct) =>
    {
        await WriteAsync(stream, Head(content, from), ct);
        await stream.WriteAsync(content.AsMemory((int)from, bytes), ct);
    });

    /// <summary>The next answer of the store stands still after so many bytes, until the client leaves.</summary>
    public void StandStillAfter(int bytes) => _faults.Enqueue(async (stream, content, from, ct) =>
    {
        await WriteAsync(stream, Head(content, from), ct);
        await stream.WriteAsync(content.AsMemory((int)from, bytes), ct);
        await stream.FlushAsync(ct);
        _ = await stream.ReadAsync(new byte[1], ct);
    });

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static Task WriteAsync(NetworkStream stream, string text, CancellationToken ct) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct).AsTask();

    private string Head(byte[] content, long from) => from == 0
        ? $"HTTP/1.1 200 OK\r\nETag: {StoreTag}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"
        : $"HTTP/1.1 206 Partial Content\r\nETag: {StoreTag}\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}\r\n"
            + $"Content-Length: {content.Length - from}\r\nConnection: close\r\n\r\n";

    private async Task LeadAsync(string target, NetworkStream stream, CancellationToken ct)
    {
        if (Refusal is { Times: > 0 } refusal)
        {
            Refusal = (refusal.Status, refusal.Times - 1);
            await WriteAsync(stream, RawServer.Status(refusal.Status), ct);
        }
        else if (target.Contains("/raw/", StringComparison.Ordinal))
        {
            await WriteAsync(stream, !HasPointer ? RawServer.Status(404)
                : RawServer.Ok($"version https://git-lfs.github.com/spec/v1\noid sha256:{Hash}\nsize {Content.Length}\n"), ct);
        }
        else if (IsSmall)
        {
            await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nETag: \"{LinkedTag}\"\r\nContent-Length: {Content.Length}\r\n\r\n", ct);
            await stream.WriteAsync(Content, ct);
        }
        else
        {
            var tag = LinkedTag is "" ? Hash : LinkedTag;
            var says = tag is null ? "" : $"X-Linked-ETag: \"{tag}\"\r\nX-Linked-Size: {Content.Length}\r\n";
            await WriteAsync(stream, RawServer.Status(302, $"Location: {_store.Address("/blob?signed=1")}\r\n{says}"), ct);
        }
    }

    private async Task ServeAsync(string target, NetworkStream stream, CancellationToken ct)
    {
        var headers = _store.Headers.Last();
        var isSame = headers.GetValueOrDefault("if-range") is not { } tag || tag == StoreTag;
        var from = KnowsRanges && isSame && headers.GetValueOrDefault("range") is { } range ? long.Parse(range[6..^1], null) : 0;
        if (_faults.TryDequeue(out var fault))
        {
            await fault(stream, Content, from, ct);
            return;
        }
        if (from >= Content.Length)
        {
            await WriteAsync(stream, RawServer.Status(416, $"Content-Range: bytes */{Content.Length}\r\n"), ct);
            return;
        }
        await WriteAsync(stream, Head(Content, from), ct);
        await stream.WriteAsync(Content.AsMemory((int)from), ct);
    }
}
