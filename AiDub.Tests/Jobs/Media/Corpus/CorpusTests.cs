using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;
using AiDub.Tests.Jobs.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Media.Corpus;

/// <summary>Every file of the corpus ends as a refusal with a stable code or as a dub that is right, in time, and leaves nothing.</summary>
[Category("Long")]
public sealed class CorpusTests
{
    // What a damaged header says of the length may be off by so much, in seconds.
    private const double DamagedLength = 1;

    // What encoders add at the ends of clips as short as these, a share of their length.
    private const double OddLength = 0.06;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private static readonly string[] Codes =
        ["media_invalid", "source_cut_short", "media_empty", "audio_missing", "media_too_long", "media_pixels", "media_frame_rate",
            "media_streams", "media_too_slow",
        "clock_broken"];

    /// <param name="dubOneIn">Of the damaged files that can be read, one in so many is dubbed whole; the others' sound is taken
    /// out.</param>
    [TestCase(10)]
    [TestCase(1, Explicit = true, Reason = "It dubs every file that can be read, which takes a while.")]
    public async Task Every_file_is_refused_with_a_reason_or_dubbed_and_leaves_nothing(int dubOneIn)
    {
        using var bench = new MediaBench();
        var watch = Stopwatch.StartNew();
        var prober = new MediaProber(
            bench.Tools,
            Options.Create(new SourceOptions { MaxDurationSeconds = 60, MaxPixels = 1_000_000, MaxFrameRate = 240, MaxStreams = 50 }));
        var files = await CorpusFiles.MakeAsync(bench);
        var (ends, wrong) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());

        await Parallel.ForEachAsync(files.Index(), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (file, _) =>
        {
            var (name, scratch) = (
                Path.GetFileName(file.Item.Path), Directory.CreateDirectory(bench.Path($"scratch-{file.Index}")).FullName);
            try
            {
                using var hang = new CancellationTokenSource(Hang);
                var dubs = file.Item.MustDub || file.Index % dubOneIn == 0;
                ends.Add(await RunAsync(bench, prober, file.Item, scratch, dubs, hang.Token));
            }
            catch (PermanentDubException e) when (Codes.Contains(e.Code.Value) && !file.Item.MustDub)
            {
                ends.Add(e.Code.Value);
                if (e.Message.Contains('/') || Directory.EnumerateFiles(scratch).Any(f => !f.EndsWith(".wav", StringComparison.Ordinal)))
                    wrong.Add($"{name}: left something or told a path: {e.Message}");
            }
            catch (OperationCanceledException)
            {
                ends.Add("hanging");
                wrong.Add($"{name}: took longer than {Hang}");
            }
            catch (Exception e)
            {
                wrong.Add($"{name}: {e.GetType().Name} {e.Message}");
            }
        });

        var left = LivingTools.In(bench.Folder).ToList();
        TestContext.Out.WriteLine(
            $"{files.Count} files tried in {watch.Elapsed.TotalSeconds:0} s: "
                + $"{string.Join(", ", ends.CountBy(e => e).OrderBy(e => e.Key).Select(e => $"{e.Value} {e.Key}"))}, "
                    + $"{ends.Count(e => e == "hanging")} hung, {wrong.Count} wrong, {left.Count} tools left");
        Assert.That(wrong, Is.Empty);
        Assert.That(files, Has.Count.GreaterThanOrEqualTo(200));
        Assert.That(left, Is.Empty);
    }

    [Test]
    public async Task Every_recording_of_an_odd_clock_or_changing_sound_is_dubbed_as_long_as_it_is()
    {
        using var bench = new MediaBench();
        var (files, wrong) = (await CorpusClocks.MakeAsync(bench), new ConcurrentBag<string>());

        await Parallel.ForEachAsync(files.Index(), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (file, ct) =>
        {
            var ((path, seconds), scratch) = (file.Item, Directory.CreateDirectory(bench.Path($"scratch-{file.Index}")).FullName);
            try
            {
                await RunAsync(bench, bench.Prober, (path, true), scratch, dubs: true, ct);
                var lasts = await bench.DurationAsync(Directory.EnumerateFiles(scratch, "dubbed.*").Single());
                if (Math.Abs(lasts - seconds) > OddLength * (seconds + 2))
                    wrong.Add($"{Path.GetFileName(path)}: {lasts} s, not {seconds} s");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                wrong.Add($"{Path.GetFileName(path)}: {e.GetType().Name} {e.Message}");
            }
        });

        TestContext.Out.WriteLine($"{files.Count} files, {wrong.Count} wrong: {string.Join("; ", wrong)}");
        Assert.That(wrong, Is.Empty);
        Assert.That(files, Has.Count.GreaterThanOrEqualTo(35));
    }

    private static async Task<string> RunAsync(
        MediaBench bench, MediaProber prober, (string Path, bool MustDub) file, string scratch, bool dubs, CancellationToken ct)
    {
        var source = file.Path;
        var media = await new TrackListener(bench.Tools, new NoFinder(), NullLogger<TrackListener>.Instance)
            .ChooseAsync(source, await prober.ProbeAsync(source, scratch, ct), null, null, scratch, ct);
        Assert.That(media.CutShort is null || !file.MustDub, "a whole file is called cut short");
        await bench.Extractor.ExtractAsync(source, media, Path.Combine(scratch, "speech.wav"), scratch, new NoProgress(), ct);
        if (!dubs)
            return "readable";
        foreach (var (way, _) in RenderFallback.Ways(media))
        {
            var output = Path.Combine(scratch, "dubbed" + way.Container.Extension());
            try
            {
                await bench.Renderer.RenderAsync(Job(source, way, output, scratch), new NoProgress(), ct);
                var seconds = await bench.DurationAsync(output);
                var frame = file.MustDub ? Math.Max(media.Video?.FrameSeconds ?? 0, 0.045) : DamagedLength;
                Assert.That(seconds, Is.EqualTo(media.DurationSeconds).Within(frame), "the length");
                Assert.That(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(output, ct)), Does.Not.Contain(CorpusFiles.Secret));
                return "dubbed";
            }
            catch (ToolFailedException e) when (e.EndedByItself)
            {
                // The next way, as a dub does.
            }
        }
        throw new PermanentDubException(FailureCode.MediaInvalid, "No container takes the picture.");
    }

    private static RenderJob Job(string source, SourceMedia media, string output, string scratch) => new()
    {
        SourcePath = source,
        Media = media,
        Speech = [],
        OriginalSpeech = [],
        Language = "es",
        OutputPath = output,
        Scratch = scratch,
    };
}
