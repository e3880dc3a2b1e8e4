using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Estimates;
using AiDub.Jobs.Media;
using AiDub.Jobs.Storage;
using AiDub.Tests.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Media;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Estimates;

public sealed class SourceMeterTests
{
    private const string Address = "http://127.0.0.1/a.mp4";

    [Test]
    public void What_a_server_always_ends_before_anything_can_be_read_was_cut_short_and_is_not_called_damaged()
    {
        using var media = new MediaBench();
        using var data = new TestData();
        using var bench = new StepBench();
        var fetcher = new FakeFetcher { Lacking = new ShortFile(30, 999_999) };
        fetcher.Served[Address] = new byte[30];
        var finder = new NoFinder();
        var meter = new SourceMeter(
            fetcher, bench.Objects, media.Prober, new TrackListener(media.Tools, finder, NullLogger<TrackListener>.Instance),
            media.Extractor, finder, new Scratch(data.Directory), Options.Create(new EstimateOptions()), TimeProvider.System);

        var error = Assert.ThrowsAsync<PermanentDubException>(() => meter.MeasureAsync(Address, null, null, default))!;

        Assert.That(error.Code, Is.EqualTo(FailureCode.SourceCutShort));
    }

    private sealed class NoFinder : ISpeechFinder
    {
        public Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<AudioSpan>?>(null);
    }
}
