using System.Globalization;
using AiDub.Domain.Audio;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Rendering;
using AiDub.Tests.EndToEnd;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Media;

/// <summary>The sound of rendered dubs, as encoded, by ffmpeg's own meters.</summary>
public sealed class DubSoundTests
{
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase(0.0, "a.mp4", TestName = "Mono music, AAC")]
    [TestCase(1.0, "a.mp4", TestName = "Wide music, AAC")]
    [TestCase(1.0, "a.webm", TestName = "Wide music, Opus")]
    public async Task What_sounds_between_speech_keeps_its_level(double width, string name)
    {
        // A tone by itself in a band of its own, in the middle, all through.
        var scene = await StereoScene.MakeAsync(_bench, 0, width, -20);
        var tone = Enumerable.Range(0, scene.Music.Length)
            .Select(i => (float)(0.05 * Math.Sin(2 * Math.PI * 2750 * (i / 2) / StereoScene.Rate)));
        var source =
            await StereoScene.WriteAsync(_bench, [.. scene.Sum.Zip(tone, (a, b) => a + b)], name,
                name.EndsWith("webm", StringComparison.Ordinal)
            ? "-c:v libvpx -deadline realtime -c:a libopus"
            : "-c:v libx264 -preset ultrafast -c:a aac -b:a 256k");

        var (_, dubbed) = await DubAsync(source);

        foreach (var (start, end) in (AudioSpan[])[new(0.3, 1.7), new(8.5, 9.8)])
        {
            var (before, after) = (await ToneAsync(source, start, end), await ToneAsync(dubbed, start, end));
            TestContext.Out.WriteLine($"{start}–{end} s: {before:0.00} dB before, {after:0.00} dB after");
            Assert.That(after, Is.EqualTo(before).Within(1));
        }
    }

    [TestCase(1.0, 1.0, TestName = "A usual source")]
    [TestCase(0.1, 1.0, TestName = "A quiet source")]
    [TestCase(2.2, 1.0, TestName = "A source mastered up to full scale")]
    [TestCase(2.2, 0.0, TestName = "A mono-like source mastered up to full scale")]
    public async Task The_encoded_dub_is_as_loud_as_its_source_and_its_true_peak_under_the_limit(double level, double width)
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, width, -6);
        var source = await StereoScene.WriteAsync(
            _bench, [.. scene.Sum.Select(s => (float)Math.Clamp(s * level, -1, 1))],
            "a.mp4", "-c:v libx264 -preset ultrafast -c:a aac -b:a 128k");

        var (outcome, dubbed) = await DubAsync(source);

        var (before, after) = (await MeterAsync(source), await MeterAsync(dubbed));
        TestContext.Out.WriteLine(
            $"before {before.Lufs:0.0} LUFS, peak {before.Peak:0.0} dBTP; after {after.Lufs:0.0} LUFS, peak {after.Peak:0.0} dBTP; "
                + $"{outcome}");
        Assert.That(after.Lufs, Is.EqualTo(before.Lufs).Within(1));
        Assert.That(after.Peak, Is.LessThan(-1));
        if (outcome.Loudness.EncodedPeakDbtp is { } encoded)
            Assert.That(encoded, Is.EqualTo(after.Peak).Within(0.3));
        Assert.That(outcome.Background.CentreRemoved, Is.EqualTo(width > 0));
    }

    [Test]
    [Category("Long")]
    public async Task A_source_that_is_clipped_hard_is_dubbed_under_the_limit_all_the_same()
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, 1, -6);
        var source = await StereoScene.WriteAsync(
            _bench, [.. scene.Sum.Select(s => Math.Clamp(s * 6, -1, 1))], "a.mp4", "-c:v libx264 -preset ultrafast -c:a aac -b:a 128k");

        var (outcome, dubbed) = await DubAsync(source);

        var (before, after) = (await MeterAsync(source), await MeterAsync(dubbed));
        TestContext.Out.WriteLine(
            $"before {before.Lufs:0.0} LUFS, peak {before.Peak:0.0} dBTP; after {after.Lufs:0.0} LUFS, peak {after.Peak:0.0} dBTP; "
                + $"{outcome}");
        Assert.That(before.Peak, Is.GreaterThan(0), "no sound as loud as this keeps its peaks under the limit");
        Assert.That(after.Peak, Is.LessThan(-1));
        Assert.That(after.Lufs, Is.EqualTo(before.Lufs).Within(4));
    }

    [Test]
    public async Task Peaks_that_the_encoder_makes_are_limited_too()
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, 1, -6);
        var source = await StereoScene.WriteAsync(_bench, [.. scene.Sum.Select(s => Math.Clamp(s * 3, -1, 1))], "a.mkv");
        var high = new DubRenderer(_bench.Tools, Options.Create(new MixOptions { PeakDbtp = -0.2 }));

        var (outcome, dubbed) = await DubAsync(source, high);

        TestContext.Out.WriteLine(outcome);
        Assert.That(outcome.Loudness.EncodedPeakDbtp, Is.LessThan(-1));
        Assert.That((await MeterAsync(dubbed)).Peak, Is.LessThan(-1));
    }

    [TestCase("0/0", TestName = "Samples that are no numbers are silence")]
    [TestCase("1/0", TestName = "Samples without bound are silence")]
    public async Task What_is_no_sound_costs_nothing_but_itself(string sample)
    {
        var source = await _bench.MakeAsync(
            "a.wav",
            $"-f lavfi -i aevalsrc=if(between(t\\,4\\,4.1)\\,{sample}\\,0.1*sin(2*PI*2750*t)):s=48000:d=10 -c:a pcm_f32le");

        var (outcome, dubbed) = await DubAsync(source);

        Assert.That(outcome.Loudness.ResultLufs, Is.EqualTo(outcome.Loudness.SourceLufs!.Value).Within(1));
        Assert.That(await ToneAsync(dubbed, 9.2, 9.8), Is.EqualTo(await ToneAsync(source, 9.2, 9.8)).Within(1));
    }

    private async Task<(RenderOutcome Outcome, string Path)> DubAsync(string source, DubRenderer? renderer = null)
    {
        var media = await _bench.ProbeAsync(source);
        var voice = await _bench.MakeAsync(
            "voice.wav",
            "-f lavfi -i flite=text='and_this_is_what_the_dub_says_instead_of_him_as_long_as_it_lasts':voice=slt -t 2.5 -ar 48000 -ac "
                + "1 -c:a pcm_s16le");
        var job = new RenderJob
        {
            SourcePath = source,
            Media = media,
            Speech = [.. StereoScene.Spoken.Select(s => new PlacedSpeech(voice, s.Start, 2.5))],
            OriginalSpeech = StereoScene.Spoken,
            Language = "es",
            OutputPath = _bench.Path("dubbed" + System.IO.Path.GetExtension(source)),
            Scratch = _bench.Folder,
        };
        return (await (renderer ?? _bench.Renderer).RenderAsync(job, new NoProgress(), default), job.OutputPath);
    }

    private static async Task<double> ToneAsync(string path, double start, double end) => Number(await Tool.FfmpegAsync(
        "-i", path, "-map", "0:a:0", "-af",
        string.Create(
            CultureInfo.InvariantCulture, $"atrim={start}:{end},bandpass=f=2750:width_type=h:w=40,astats=measure_perchannel=none"),
        "-f", "null", "-"), "RMS level dB:");

    private static async Task<(double Lufs, double Peak)> MeterAsync(string path)
    {
        var report = await Tool.FfmpegAsync("-i", path, "-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-");
        return (Number(report, "I:"), Number(report, "Peak:"));
    }

    private static double Number(string report, string name) => double.Parse(
        report[(report.LastIndexOf(name, StringComparison.Ordinal) + name.Length)..]
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[0],
        CultureInfo.InvariantCulture);
}
