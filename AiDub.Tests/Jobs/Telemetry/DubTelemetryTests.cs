using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Telemetry;
using AiDub.Tests.Jobs.Dubbing;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Telemetry;

/// <summary>Spans and measurements as a listener in the same process gets them, those of other tests too.</summary>
[NonParallelizable]
internal sealed class DubTelemetryTests : VendorTests
{
    [Test]
    public void Without_a_listener_there_is_no_span() => Assert.That(DubTelemetry.BeginStep("fetch"), Is.Null);

    [Test]
    public async Task All_attempts_of_a_dub_are_in_one_trace_and_the_one_that_failed_says_why()
    {
        using var bench = new JobBench();
        await bench.AcceptAsync();
        var spans = new List<Activity>();
        using (Listen(spans))
        {
            var faulty = bench.Job(bench.Steps((step, _, _) => step == "speak" ? throw new IOException("/secret") : Task.CompletedTask));
            Assert.That(async () => await faulty.RunAsync(bench.Order.RequestId, default), Throws.TypeOf<TransientDubException>());
            await bench.Job(bench.Steps()).RunAsync(bench.Order.RequestId, default);
        }

        var attempts = spans.Where(s => s.OperationName == "dub attempt").ToList();
        Assert.That(attempts.Select(a => a.GetTagItem("aidub.attempt")), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(spans.Select(s => s.TraceId.ToHexString()), Has.All.EqualTo(bench.Order.RequestId.ToString("N")));
        Assert.That(attempts.Select(a => a.Status), Is.EqualTo(new[] { ActivityStatusCode.Error, ActivityStatusCode.Unset }));
        Assert.That(spans.SelectMany(s => s.TagObjects).Select(t => t.Value?.ToString()), Has.None.Contains("secret"));
    }

    [Test]
    public async Task A_call_of_an_engine_is_a_span_and_its_failure_is_counted_by_code()
    {
        var spans = new List<Activity>();
        var errors = new List<(object? Engine, object? Code)>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "aidub.engine.errors")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) => errors.Add((tags[0].Value, tags[1].Value)));
        meters.Start();
        Server.Fail("/translate", Fault.Unauthorized);
        var host = Host("LibreTranslate");

        using (Listen(spans))
        {
            Assert.That(
                async () =>
                    await Translator(host, "LibreTranslate").TranslateAsync(new TranslationRequest("en", "es", ["Hello."]), default),
                Throws.TypeOf<PermanentDubException>());
        }

        Assert.That(errors, Is.EqualTo(new[] { ((object?)"LibreTranslate", (object?)"engine_refused") }));
        var failed = spans.Single(s => s.OperationName == "engine LibreTranslate" && s.Status == ActivityStatusCode.Error);
        Assert.That(failed.GetTagItem("error.type"), Is.EqualTo("engine_refused"));
    }

    private static ActivityListener Listen(List<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DubTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
