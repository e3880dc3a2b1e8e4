using System.Collections.Concurrent;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.StandIns;

/// <summary>A span as it came over the wire.</summary>
internal sealed record SentSpan(string TraceId, string SpanId, string ParentId, string Name, IReadOnlyDictionary<string, string> Tags);

/// <summary>The last value of a metric with its tags: a sum, or a histogram's sum and count.</summary>
internal sealed record SentPoint(string Name, string Unit, IReadOnlyDictionary<string, string> Tags, double Value, long Count);

/// <summary>A collector on loopback that takes OTLP over HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ClipServer _server;
    private readonly ConcurrentQueue<byte[]> _bodies = [];

    private OtlpReceiver(ClipServer server) => _server = server;

    public string Endpoint => $"http://127.0.0.1:{_server.Port}";

    public ConcurrentQueue<SentSpan> Spans { get; } = [];

    public ConcurrentQueue<SentPoint> Points { get; } = [];

    /// <summary>All that was sent, as text in which names and values can be looked for.</summary>
    public string Everything => string.Concat(_bodies.Select(System.Text.Encoding.Latin1.GetString));

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver(await ClipServer.StartAsync());
        receiver._server.On("v1/traces", context => receiver.TakeAsync(context, receiver.TakeSpans));
        receiver._server.On("v1/metrics", context => receiver.TakeAsync(context, receiver.TakeMetrics));
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Action<ProtoMessage> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _bodies.Enqueue(body.ToArray());
        take(new ProtoMessage(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }

    // Field numbers are those of opentelemetry-proto: trace/v1, metrics/v1 and common/v1.
    private void TakeSpans(ProtoMessage request)
    {
        foreach (var span in request.Messages(1, 2, 2))
            Spans.Enqueue(new SentSpan(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Tags(span, 9)));
    }

    private void TakeMetrics(ProtoMessage request)
    {
        foreach (var metric in request.Messages(1, 2, 2))
        {
            foreach (var sum in metric.Messages(7, 1))
                Points.Enqueue(new SentPoint(metric.Text(1), metric.Text(3), Tags(sum, 7), sum.Has(6) ? sum.Number(6) : sum.Double(4), 0));
            foreach (var histogram in metric.Messages(9, 1))
                Points.Enqueue(new SentPoint(metric.Text(1), metric.Text(3), Tags(histogram, 9), histogram.Double(5), histogram.Number(4)));
        }
    }

    private static Dictionary<string, string> Tags(ProtoMessage of, int field) => of.Messages(field).ToDictionary(
        pair => pair.Text(1),
        pair => pair.Messages(2).Select(value => value.Has(1) ? value.Text(1) : value.Number(3).ToString()).FirstOrDefault() ?? "");
}
