using System.Runtime.InteropServices;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>What is heard under a dub whose background was told from the voices: here by one who has it already.</summary>
public sealed class KnownBackgroundTests
{
    private static readonly AudioSpan[] Between = [new(0.2, 1.7), new(8.4, 9.7)];
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase(0, 0.0, TestName = "Mono")]
    [TestCase(0, 1.0, TestName = "A voice in the middle")]
    [TestCase(-1, 1.0, TestName = "A voice on the left")]
    public async Task The_voice_is_gone_and_its_background_is_lowered_a_little_wherever_the_voice_stands(double pan, double width)
    {
        var scene = await StereoScene.MakeAsync(_bench, pan, width);

        var (outcome, dub) = await DubAsync(scene, "-c:v libx264 -preset ultrafast -c:a pcm_s16le");

        var (music, voice) = Parts(dub, scene, StereoScene.Spoken);
        var (musicBetween, _) = Parts(dub, scene, Between);
        TestContext.Out.WriteLine($"music {Db(music):0.0} dB, voice {Db(voice):0.0} dB, music between {Db(musicBetween):0.00} dB");
        Assert.That(Db(music), Is.EqualTo(-6).Within(0.3));
        Assert.That(Db(voice), Is.LessThan(-40));
        Assert.That(Db(musicBetween), Is.EqualTo(0).Within(0.2));
        Assert.That(outcome.Background.VoicesRemoved, Is.True);
        Assert.That(outcome.Background.CentreRemoved, Is.False);
    }

    [Test]
    public async Task A_source_of_one_channel_keeps_one()
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, 0);

        var (_, dub) = await DubAsync(scene, "-c:v libx264 -preset ultrafast -ac 1 -c:a pcm_s16le");

        var (music, voice) = Parts(dub, scene, StereoScene.Spoken);
        Assert.That(Db(music), Is.EqualTo(-6).Within(0.3));
        Assert.That(Db(voice), Is.LessThan(-40));
    }

    [Test]
    public async Task Sound_whose_channels_mirror_each_other_is_turned_over_together_with_its_background()
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, 0);
        var mirrored = new StereoScene(Mirrored(scene.Voice), Mirrored(scene.Music));

        var (_, dub) = await DubAsync(mirrored, "-c:v libx264 -preset ultrafast -c:a pcm_s16le");

        var (music, voice) = Parts(dub, scene, StereoScene.Spoken);
        Assert.That(Db(music), Is.EqualTo(-6).Within(0.3));
        Assert.That(Db(voice), Is.LessThan(-40));
    }

    private static float[] Mirrored(float[] stereo) => [.. stereo.Select((sample, i) => i % 2 == 0 ? sample : -sample)];

    private static double Db(double factor) => 20 * Math.Log10(Math.Abs(factor) + 1e-9);

    // How much of the music and of the voice is in a dub, as factors: the least squares of both over stretches of time.
    private static (double Music, double Voice) Parts(float[] dub, StereoScene scene, AudioSpan[] where)
    {
        var (mm, mv, vv, dm, dv) = (1e-12, 0.0, 1e-12, 0.0, 0.0);
        foreach (var (start, end) in where)
        {
            for (var i = 2 * (int)(start * StereoScene.Rate); i < 2 * (int)(end * StereoScene.Rate); i++)
            {
                var (m, v, d) = ((double)scene.Music[i], (double)scene.Voice[i], (double)dub[i]);
                (mm, mv, vv, dm, dv) = (mm + (m * m), mv + (m * v), vv + (v * v), dm + (d * m), dv + (d * v));
            }
        }
        var determinant = (mm * vv) - (mv * mv);
        return (((dm * vv) - (dv * mv)) / determinant, ((dv * mm) - (dm * mv)) / determinant);
    }

    private async Task<(RenderOutcome Outcome, float[] Dub)> DubAsync(StereoScene scene, string options)
    {
        var source = await StereoScene.WriteAsync(_bench, scene.Sum, "source.mov", options);
        var media = await _bench.ProbeAsync(source);
        var separator = new Knowing(_bench, scene.Music);
        var background = _bench.Path("background.flac");
        await new SourceSeparation(_bench.Tools).WriteAsync(
            separator, source, media, background, _bench.Folder, new NoProgress(), default);
        Assert.That(File.Exists(_bench.Path("recording.f32")), Is.False);
        var job = new RenderJob
        {
            SourcePath = source,
            Media = media,
            BackgroundPath = background,
            Speech = [],
            OriginalSpeech = StereoScene.Spoken,
            Language = "es",
            OutputPath = _bench.Path("dub.mov"),
            Scratch = _bench.Folder,
        };
        var outcome = await _bench.Renderer.RenderAsync(job, new NoProgress(), default);
        var raw = await _bench.MakeAsync("dub.f32", "-i dub.mov -map 0:a:0 -ac 2 -ar 48000 -c:a pcm_f32le -f f32le");
        return (outcome, MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(raw)).ToArray());
    }

    /// <summary>Knows the background of a scene.</summary>
    private sealed class Knowing(MediaBench bench, float[] music) : ISourceSeparator
    {
        public string Name => "Knowing";

        public bool IsInstalled => true;

        public async Task SeparateAsync(string recording, string background, IProgress<double> progress, CancellationToken ct)
        {
            await File.WriteAllBytesAsync(bench.Path("music.f32"), MemoryMarshal.AsBytes(music.AsSpan()).ToArray(), ct);
            await bench.MakeAsync(
                Path.GetFileName(background),
                $"-f f32le -ar {StereoScene.Rate} -ac 2 -i music.f32 -ar {ISourceSeparator.SampleRate} -c:a pcm_f32le -f f32le");
            Assert.That(
                new FileInfo(recording).Length, Is.EqualTo(new FileInfo(background).Length).Within(20000), "as long as the recording");
        }
    }
}
