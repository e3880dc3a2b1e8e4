using AiDub.Domain.Dubbing;

namespace AiDub.Jobs.Estimates;

/// <summary>How long the last dubs of this process took, a second of their source; forgotten when it ends.</summary>
public sealed class RecentPaces
{
    private const int Kept = 20;
    private readonly Lock _lock = new();
    private readonly Queue<(double Pace, double Seconds)> _dubs = new();

    /// <summary>Seconds of work a second of source, one a dub.</summary>
    public IReadOnlyList<double> Paces
    {
        get
        {
            lock (_lock)
                return [.. _dubs.Select(dub => dub.Pace)];
        }
    }

    /// <summary>Seconds of work of a dub on average; null when there was none.</summary>
    public double? TypicalSeconds
    {
        get
        {
            lock (_lock)
                return _dubs.Count == 0 ? null : _dubs.Average(dub => dub.Seconds);
        }
    }

    /// <summary>Notes a first dub that is complete; later renderings and shared work say little of a whole dub.</summary>
    public void Add(DubOrder order, FinalResponse response)
    {
        var seconds = response.Report.StepSeconds.Values.Sum();
        if (order is not { Revision: 0, Batch: null } || response.DurationSeconds <= 0)
            return;
        lock (_lock)
        {
            _dubs.Enqueue((seconds / response.DurationSeconds, seconds));
            if (_dubs.Count > Kept)
                _dubs.Dequeue();
        }
    }
}
