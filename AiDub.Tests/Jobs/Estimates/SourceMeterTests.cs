using AiDub.Domain.Dubbing;
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
        var fetcher = new FakeFetcher { Lacking = new ShortFile(30, 999_999) };
        fetcher.Served[Address] = new byte[30];
        using var bench = new StepBench();

        Assert.That(Refusal(bench, fetcher, Address).Code, Is.EqualTo(FailureCode.SourceCutShort));
    }

    [Test]
    public async Task An_upload_that_is_plainly_no_video_is_refused_by_what_it_is()
    {
        var upload = ObjectKeys.Upload(DateTimeOffset.UnixEpoch, 51, Guid.NewGuid());
        using var bench = new StepBench();
        await bench.UploadAsync(upload, "#EXTM3U\n#EXT-X-VERSION:3\n"u8.ToArray());

        var refusal = Refusal(bench, new FakeFetcher(), await StepBench.AddressAsync(upload));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.SourceIsPlaylist));
    }

    private static PermanentDubException Refusal(StepBench bench, FakeFetcher fetcher, string address)
    {
        using var media = new MediaBench();
        using var data = new TestData();
        var finder = new NoFinder();
        var meter = new SourceMeter(
            fetcher, bench.Objects, media.Prober, new TrackListener(media.Tools, finder, NullLogger<TrackListener>.Instance),
            media.Extractor, finder, new Scratch(data.Directory), Options.Create(new EstimateOptions()), TimeProvider.System);
        return Assert.ThrowsAsync<PermanentDubException>(() => meter.MeasureAsync(address, null, null, default))!;
    }

    private sealed class NoFinder : ISpeechFinder
    {
        public Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<AudioSpan>?>(null);
    }
}
