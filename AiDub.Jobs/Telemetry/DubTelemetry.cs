using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Telemetry;

/// <summary>The traces and metrics of dubs. Without a listener a span is null and a measurement costs nothing.</summary>
/// <remarks>
/// All spans of a dub are in one trace, whichever attempt, process or machine they are of: its trace id is the 32 hex digits of the
/// request_id. The spans at its top (<c>dub submit</c>, <c>dub attempt</c>) name a parent that is made of the same digits and is never
/// sent: nobody could send it once.
/// </remarks>
public static class DubTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "AiDub";

    private static readonly AsyncLocal<bool> Silent = new();
    private static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> DubCount = Meter.CreateCounter<long>(
        "aidub.dubs", "{dub}", "Dubs that were accepted, completed, failed or cancelled.");

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        "aidub.dubs.active", "{dub}", "Dubs that this process works on now.");

    private static readonly Histogram<double> StepDuration = Meter.CreateHistogram(
        "aidub.step.duration", "s", "How long a step took.", advice: Buckets(0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600));

    private static readonly Histogram<double> RealTimeFactor = Meter.CreateHistogram(
        "aidub.dub.real_time_factor", "1", "Seconds of work a second of the result, all steps together.",
        advice: Buckets(0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5, 10));

    private static readonly Histogram<double> QueueWait = Meter.CreateHistogram(
        "aidub.queue.wait", "s", "From accepting a dub to the beginning of its first attempt.",
        advice: Buckets(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800));

    private static readonly Counter<long> EngineErrors = Meter.CreateCounter<long>(
        "aidub.engine.errors", "{error}", "Calls of engines over HTTP that failed, repetitions included.");

    /// <summary>From here on, until what is returned is disposed of, the work of the caller leaves no span and no measurement.</summary>
    public static IDisposable Silence()
    {
        Silent.Value = true;
        return new Silenced();
    }

    /// <summary>Notes that a dub was accepted, as a span and in the metrics.</summary>
    public static void Accepted(DubOrder order)
    {
        if (Silent.Value)
            return;
        DubCount.Add(1, State("accepted"));
        using var span = Start("dub submit", ActivityKind.Producer, TraceOf(order.RequestId));
        Describe(span, order);
    }

    /// <summary>Begins an attempt: its span, and its count among the active ones, end with what is returned.</summary>
    public static AttemptSpan BeginAttempt(DubProgress claimed, DateTimeOffset now)
    {
        if (Silent.Value)
            return new AttemptSpan(null, () => { });
        if (claimed.Attempt == 1)
            QueueWait.Record(Math.Max(0, (now - claimed.CreatedAt).TotalSeconds));
        var span = Start("dub attempt", ActivityKind.Consumer, TraceOf(claimed.RequestId));
        Describe(span, claimed.Order);
        span?.SetTag("aidub.attempt", claimed.Attempt);
        Active.Add(1);
        return new AttemptSpan(span, () => Active.Add(-1));
    }

    /// <summary>Begins the span of a step.</summary>
    public static Activity? BeginStep(string step) => Start($"step {step}", ActivityKind.Internal)?.SetTag("aidub.step", step);

    /// <summary>Begins the span of a tool's run: its name and nothing else, for arguments hold paths and texts.</summary>
    public static Activity? BeginTool(string tool)
    {
        var name = Path.GetFileName(tool);
        return Start($"tool {name}", ActivityKind.Internal)?.SetTag("process.executable.name", name);
    }

    /// <summary>Begins the span of a call of an engine over HTTP, its repetitions included.</summary>
    public static Activity? BeginEngineCall(string engine) =>
        Start($"engine {engine}", ActivityKind.Client)?.SetTag("aidub.engine", engine);

    /// <summary>Notes how a step ended.</summary>
    public static void StepEnded(string step, double seconds, bool isDone)
    {
        if (!Silent.Value)
            StepDuration.Record(seconds, new("aidub.step", step), new("aidub.outcome", isDone ? "done" : "failed"));
    }

    /// <summary>Notes that an engine's call failed.</summary>
    public static void EngineFailed(string engine, string code) =>
        EngineErrors.Add(1, new("aidub.engine", engine), new("error.type", code));

    /// <summary>Notes that a dub is complete.</summary>
    public static void Completed(FinalResponse response)
    {
        if (Silent.Value)
            return;
        DubCount.Add(1, State("complete"));
        if (response.DurationSeconds > 0)
            RealTimeFactor.Record(response.Report.StepSeconds.Values.Sum() / response.DurationSeconds);
    }

    /// <summary>Notes that a dub failed for good.</summary>
    public static void Failed(FailureCode code)
    {
        if (!Silent.Value)
            DubCount.Add(1, State("failed"), new("error.type", code.Value));
    }

    /// <summary>Notes that a dub was cancelled.</summary>
    public static void Cancelled() => DubCount.Add(1, State("cancelled"));

    /// <summary>Marks a span as failed, by a stable name and without the error's text.</summary>
    public static void Fail(this Activity? span, string type) => span?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error);

    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent = default) =>
        Silent.Value ? null : Spans.StartActivity(name, kind, parent);

    private static ActivityContext TraceOf(Guid requestId)
    {
        var digits = requestId.ToString("N");
        return new ActivityContext(
            ActivityTraceId.CreateFromString(digits),
            ActivitySpanId.CreateFromString(digits.AsSpan(16)), ActivityTraceFlags.Recorded, isRemote: true);
    }

    private static void Describe(Activity? span, DubOrder order) => span?
        .SetTag("aidub.request_id", order.RequestId.ToString())
        .SetTag("aidub.to_lang", order.ToLang);

    private static InstrumentAdvice<double> Buckets(params double[] upperBounds) => new() { HistogramBucketBoundaries = upperBounds };

    private static KeyValuePair<string, object?> State(string state) => new("aidub.state", state);

    private sealed class Silenced : IDisposable
    {
        public void Dispose() => Silent.Value = false;
    }
}

/// <summary>An attempt in the traces and metrics.</summary>
/// <param name="span">Its span; null when nobody listens.</param>
/// <param name="ended">Told that it ended.</param>
public sealed class AttemptSpan(Activity? span, Action ended) : IDisposable
{
    /// <summary>Marks it as failed, by a stable name.</summary>
    public void Fail(string type) => span.Fail(type);

    /// <inheritdoc />
    public void Dispose()
    {
        ended();
        span?.Dispose();
    }
}
