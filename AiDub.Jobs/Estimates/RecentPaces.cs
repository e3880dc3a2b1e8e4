using AiDub.Domain.Dubbing;
using AiDub.Domain.Estimates;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Estimates;

/// <summary>How long the last dubs took, whichever process made them: read from their records, and remembered for half a minute.</summary>
/// <param name="dubs">The records that all processes share.</param>
/// <param name="clock">Says when to read them again.</param>
public sealed class RecentPaces(IDubStore dubs, TimeProvider clock)
{
    private const int Most = 20;

    // Renderings and dubs of one request with others are left out, so more records are read than are counted.
    private const int Read = 50;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private volatile Remembered? _kept;

    /// <summary>The paces of the last dubs.</summary>
    public async Task<DubPaces> FindAsync(CancellationToken ct)
    {
        if (_kept is not { } kept || clock.GetElapsedTime(kept.At) > KeptFor)
            _kept = kept = new Remembered(clock.GetTimestamp(), Of(await dubs.FindLatestAsync(Read, ct)));
        return kept.Paces;
    }

    // Later renderings and shared work say little of a whole dub.
    private static DubPaces Of(IReadOnlyList<DubRecord> latest)
    {
        var whole = latest
            .Where(dub => dub.Order is { Revision: 0, Batch: null } && dub.Response.DurationSeconds > 0)
            .Select(dub => (Seconds: dub.Response.Report.StepSeconds.Values.Sum(), dub.Response.DurationSeconds))
            .Take(Most)
            .ToList();
        return new DubPaces(
            [.. whole.Select(dub => Math.Max(0, dub.Seconds - DubEstimate.LeastSeconds) / dub.DurationSeconds)],
            whole.Count == 0 ? null : whole.Average(dub => dub.Seconds));
    }

    // A class, so that whoever reads it beside whoever replaces it sees one of the two whole.
    private sealed record Remembered(long At, DubPaces Paces);
}

/// <summary>How long dubs took.</summary>
/// <param name="Paces">
/// Seconds of work a second of source, beside those that every dub takes (<see cref="DubEstimate.LeastSeconds"/>); one a dub, the latest
/// first.
/// </param>
/// <param name="TypicalSeconds">Seconds of work of a dub on average; null when there was none.</param>
public sealed record DubPaces(IReadOnlyList<double> Paces, double? TypicalSeconds);
