using System.Diagnostics.Metrics;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Telemetry;

/// <summary>
/// The gauges <c>aidub.queue.length</c> and <c>aidub.queue.oldest_seconds</c>: what waits for a worker, whether or not one lives. Every
/// process tells of the whole queue, so of several the largest counts and not their sum.
/// </summary>
internal sealed class QueueGauges : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly IDubTurns _turns;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Meter _meter = new(DubTelemetry.Name);
    private QueueDepth? _seen;

    public QueueGauges(IDubTurns turns, TimeProvider clock, ILogger<QueueGauges> log)
    {
        (_turns, _clock, _log) = (turns, clock, log);
        _meter.CreateObservableGauge("aidub.queue.length", () => Tell(seen => seen.Waiting), "{dub}", "Dubs that wait for a worker.");
        _meter.CreateObservableGauge(
            "aidub.queue.oldest_seconds", () => Tell(seen => seen.OldestSeconds(_clock.GetUtcNow())),
            "s", "For how long the oldest of them has waited.");
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        do
        {
            try
            {
                _seen = await _turns.DepthAsync(_clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // What is not known is not told; an old figure would mislead who scales by it.
                _seen = null;
                _log.LogDebug(e, "The queue's length could not be read.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<T>> Tell<T>(Func<QueueDepth, T> of)
        where T : struct => _seen is { } seen ? [new Measurement<T>(of(seen))] : [];
}
