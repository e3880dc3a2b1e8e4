using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Estimates;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>
/// What an attempt is doing and how fast, for the heartbeat to tell. Every member may be called from several threads at once.
/// </summary>
/// <param name="clock">Measures.</param>
/// <param name="before">What the attempt before waited for when it ended: the same wait goes on.</param>
public sealed class DubMeter(TimeProvider clock, DubWait? before = null)
{
    private readonly Lock _lock = new();
    private readonly List<StepTime> _done = [];
    private readonly List<DubWarning> _warned = [];
    private readonly List<DubWarning> _warnings = [];
    private readonly long _origin = clock.GetTimestamp();
    private readonly List<Waiting> _waiting = [];
    private DubWait? _before = before;
    private SteadyCountdown _eta = SteadyCountdown.Unknown;
    private string? _step;
    private double _weight;
    private double _weightAfter;
    private double _startedAt;
    private double _share;
    private (int Done, int Total)? _segments;

    private double Now => clock.GetElapsedTime(_origin).TotalSeconds;

    /// <summary>A step begins.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="weight">Its weight in estimates.</param>
    /// <param name="weightAfter">That of all steps that follow.</param>
    public void Begin(string step, double weight, double weightAfter)
    {
        lock (_lock)
        {
            (_step, _weight, _weightAfter, _segments, _share, _startedAt) = (step, weight, weightAfter, null, 0, Now);
            _warnings.Clear();
        }
    }

    /// <summary>A step is done, now or by an earlier attempt.</summary>
    public void Done(StepRecord record, double weight)
    {
        lock (_lock)
        {
            _before = null;
            _done.Add(new StepTime(weight, record.Seconds));
            _warned.AddRange(record.Warnings);
            _warnings.Clear();
        }
    }

    /// <summary>Notes the share of the step that is done, 0–1.</summary>
    public void Report(double share)
    {
        lock (_lock)
            _share = Math.Max(_share, Math.Clamp(share, 0, 1));
    }

    /// <summary>Notes how many of its segments the step has done.</summary>
    public void Count(int done, int total)
    {
        lock (_lock)
            _segments = (Math.Max(done, _segments is { } before && before.Total == total ? before.Done : 0), total);
    }

    /// <summary>Notes a warning of the step.</summary>
    public void Warn(DubWarning warning)
    {
        lock (_lock)
            _warnings.Add(warning);
    }

    /// <summary>Notes that something is waited for, until the wait is disposed of.</summary>
    public Waiting Wait(Outage outage)
    {
        lock (_lock)
        {
            var since = _waiting.Select(w => w.Wait)
                .Append(_before)
                .FirstOrDefault(w => w?.For == outage.Word && w.Message == outage.Message)?.Since;
            var waiting = new Waiting(this, new DubWait(outage.Word, outage.Message, since ?? clock.GetUtcNow()));
            _waiting.Add(waiting);
            return waiting;
        }
    }

    /// <summary>What is being done now.</summary>
    public DubActivity Read()
    {
        lock (_lock)
        {
            var now = Now;
            var wait = _waiting.Count == 0 ? null : _waiting[0].Wait;
            if (_step is not null && wait is null)
            {
                var current = new StepTime(_weight, now - _startedAt);
                _eta = _eta.Next(TimeLeft.Estimate(_done, current, _share, _weightAfter), now);
            }
            return new DubActivity
            {
                Step = _step,
                SegmentsDone = _segments?.Done,
                SegmentsTotal = _segments?.Total,
                EtaSeconds = wait is null && _eta.Seconds is { } seconds ? (int)Math.Ceiling(seconds) : null,
                Wait = wait,
                Warnings = [.. _warned.Concat(_warnings).Distinct()],
            };
        }
    }

    /// <summary>One wait of several at once.</summary>
    public sealed class Waiting(DubMeter meter, DubWait wait) : IDisposable
    {
        internal DubWait Wait => wait;

        /// <summary>Since when the attempt, or the one before it, waits.</summary>
        public DateTimeOffset Since => wait.Since;

        /// <inheritdoc />
        public void Dispose()
        {
            lock (meter._lock)
            {
                meter._waiting.Remove(this);
                // What comes back for a moment only is still the same wait.
                meter._before = wait;
            }
        }
    }
}
