using System.Text;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Media;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

public sealed class FetchStepTests
{
    private FakeFetcher _fetcher = null!;
    private MediaBench _media = null!;
    private byte[] _second = null!;

    [OneTimeSetUp]
    public async Task MakeSound()
    {
        _media = new MediaBench();
        await FakeSynthesizer.Tone(1).WriteAsync(_media.Path("second.wav"), default);
        _second = await File.ReadAllBytesAsync(_media.Path("second.wav"));
    }

    [SetUp]
    public void Open() => _fetcher = new FakeFetcher();

    [OneTimeTearDown]
    public void Remove() => _media.Dispose();

    [Test]
    public async Task What_lies_at_the_address_is_stored_with_what_it_was_found_to_be()
    {
        using var bench = new StepBench();
        _fetcher.Served[bench.Order.SourceVideoUrl] = _second;

        await bench.RunAsync(Step(bench));

        var media = await bench.ReadAsync<SourceMedia>(ObjectKeys.Media(bench.Order.SourceId));
        Assert.That((media.Video, media.Audio.Channels, media.SourceAudio?.Index), Is.EqualTo(((VideoStream?)null, 1, (int?)0)));
        Assert.That(media.DurationSeconds, Is.EqualTo(1).Within(0.01));
        var source = await bench.Artifacts.OpenAsync(ObjectKeys.Source(bench.Order.SourceId), default);
        Assert.That(await File.ReadAllBytesAsync(source), Is.EqualTo(_second));
    }

    [Test]
    public async Task What_a_server_always_ends_early_is_dubbed_as_far_as_it_goes_with_a_warning()
    {
        using var bench = new StepBench();
        _fetcher.Served[bench.Order.SourceVideoUrl] = _second;
        _fetcher.Lacking = new ShortFile(_second.Length, 999_999);

        await bench.RunAsync(Step(bench));

        var warning = bench.Context.Warnings.Single();
        Assert.That(warning.Code, Is.EqualTo(WarningCode.SourceCutShort));
        Assert.That(warning.Msg, Does.Contain("999999 bytes").And.Contain($"{_second.Length}"));
    }

    [Test]
    public async Task What_a_server_always_ends_before_anything_can_be_read_was_cut_short_and_is_not_called_damaged()
    {
        using var bench = new StepBench();
        _fetcher.Served[bench.Order.SourceVideoUrl] = _second[..30];
        _fetcher.Lacking = new ShortFile(30, 999_999);

        var error = Assert.ThrowsAsync<PermanentDubException>(() => bench.RunAsync(Step(bench)))!;

        Assert.That(error.Code, Is.EqualTo(FailureCode.SourceCutShort));
    }

    [TestCase("ts")]
    [TestCase("m2ts")]
    public async Task A_piece_of_a_broadcast_without_a_picture_that_stands_alone_is_dubbed_from_its_sound_with_a_warning(string kind)
    {
        using var bench = new StepBench();
        var whole = await _media.MakeAsync(
            $"whole.{kind}", "-f lavfi -i testsrc2=s=160x90:r=25:d=4 -f lavfi -i sine=d=4 -c:v libx264 -preset ultrafast -g 999 -c:a aac");
        var bytes = await File.ReadAllBytesAsync(whole);
        _fetcher.Served[bench.Order.SourceVideoUrl] = bytes[(bytes.Length * 4 / 10)..];

        await bench.RunAsync(Step(bench));

        var media = await bench.ReadAsync<SourceMedia>(ObjectKeys.Media(bench.Order.SourceId));
        Assert.That((media.Video, media.Container), Is.EqualTo(((VideoStream?)null, Container.M4a)));
        Assert.That(media.DurationSeconds, Is.GreaterThan(1.5));
        Assert.That(bench.Warned, Does.Contain("picture_left_out").And.Not.Contain("streams_dropped"));
    }

    [Test]
    public async Task What_was_uploaded_is_taken_from_where_it_lies_and_stays_there()
    {
        var upload = ObjectKeys.Upload(DateTimeOffset.UnixEpoch, 51, Guid.NewGuid());
        using var bench = new StepBench(Samples.Order() with { SourceVideoUrl = await StepBench.AddressAsync(upload) });
        await bench.UploadAsync(upload, _second);

        await bench.RunAsync(Step(bench));

        Assert.That(await bench.Artifacts.SizeAsync(ObjectKeys.Source(bench.Order.SourceId), default), Is.EqualTo(_second.Length));
        Assert.That(bench.Objects.Keys, Does.Contain(upload));
    }

    [TestCase("PK\x03\x04\x14\0", "source_is_archive", "an archive or a compressed file, not a video: unpack it first.")]
    [TestCase("<!DOCTYPE html><p>Please log in", "source_is_web_page", "a web page, not a video.")]
    [TestCase("#EXTM3U\n#EXTINF:4\n1.ts", "source_is_playlist", "a playlist or a streaming manifest, not a video.")]
    [TestCase("%PDF-1.7", "source_is_not_media", "a PDF document, not a video.")]
    public async Task An_upload_that_is_plainly_no_video_is_refused_by_what_it_is_and_not_by_an_address(
        string head, string code, string what)
    {
        var upload = ObjectKeys.Upload(DateTimeOffset.UnixEpoch, 51, Guid.NewGuid());
        using var bench = new StepBench(Samples.Order() with { SourceVideoUrl = await StepBench.AddressAsync(upload) });
        await bench.UploadAsync(upload, Encoding.Latin1.GetBytes(head));

        var error = Assert.ThrowsAsync<PermanentDubException>(() => bench.RunAsync(Step(bench)))!;

        Assert.That(error.Code.Value, Is.EqualTo(code));
        Assert.That(error.Message, Is.EqualTo("The file that was uploaded is " + what));
    }

    [Test]
    public async Task What_a_source_begins_with_that_is_no_media_is_left_out_with_a_warning()
    {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n"u8.ToArray();
        using var bench = new StepBench();
        _fetcher.Served[bench.Order.SourceVideoUrl] = [.. head, .. _second];

        await bench.RunAsync(Step(bench));

        var warning = bench.Context.Warnings.Single();
        Assert.That(warning.Code, Is.EqualTo(WarningCode.SourceHeadSkipped));
        Assert.That(warning.Msg, Does.Contain($" {head.Length} bytes"));
    }

    [Test]
    public async Task An_upload_that_is_gone_fails_the_dub()
    {
        var upload = ObjectKeys.Upload(DateTimeOffset.UnixEpoch, 51, Guid.NewGuid());
        using var bench = new StepBench(Samples.Order() with { SourceVideoUrl = await StepBench.AddressAsync(upload) });

        var error = Assert.ThrowsAsync<PermanentDubException>(() => bench.RunAsync(Step(bench)))!;

        Assert.That((error.Code.Value, error.Message), Is.EqualTo(("source_not_found", "The uploaded video is no longer there.")));
    }

    private FetchStep Step(StepBench bench) => new(
        _fetcher, bench.Objects, _media.Prober, new TrackListener(_media.Tools, new NoFinder(), NullLogger<TrackListener>.Instance));
}
