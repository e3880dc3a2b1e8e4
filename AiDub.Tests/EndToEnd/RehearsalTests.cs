using System.Diagnostics.Metrics;
using AiDub.Jobs.Hosting.Rehearsal;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Configuration;

namespace AiDub.Tests.EndToEnd;

/// <summary>The dub that a service makes before its first one.</summary>
[NonParallelizable] // It listens to all that is measured in the process.
public sealed class RehearsalTests
{
    [Test]
    public async Task A_dub_can_be_rehearsed_in_a_folder_of_its_own_and_is_not_counted()
    {
        var folder = Directory.CreateTempSubdirectory("aidub-tests-").FullName;
        var counted = 0;
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == DubTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref counted));
        meter.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref counted));
        meter.Start();

        await new RehearsalDub(new ConfigurationBuilder().Build(), folder).MakeAsync(CancellationToken.None);

        var results = Directory.GetFiles(Path.Combine(folder, "objects", "results"), "*", SearchOption.AllDirectories);
        Assert.That(results.Select(Path.GetExtension), Is.EquivalentTo([".mp4", ".srt", ".vtt"]));
        Assert.That(counted, Is.Zero);
        Directory.Delete(folder, recursive: true);
    }
}
