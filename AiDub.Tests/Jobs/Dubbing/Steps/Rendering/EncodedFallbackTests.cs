using AiDub.Domain.Errors;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Rendering;

/// <summary>Pictures that ffmpeg decodes and no container takes from it as they are.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EncodedFallbackTests
{
    private const string Clip = "-f lavfi -i testsrc2=s=352x288:r=25:d=2 -f lavfi -i sine=d=2";
    private StepBench _bench = null!;
    private MediaBench _media = null!;

    [SetUp]
    public void Open() => (_bench, _media) = (new StepBench(), new MediaBench());

    [TearDown]
    public void Close()
    {
        _bench.Dispose();
        _media.Dispose();
    }

    [TestCase("a.rm", "-c:v rv20 -c:a ac3", TestName = "RealVideo in RealMedia")]
    [TestCase("a.avi", "-c:v bmp -c:a mp3", TestName = "Pictures of RGB in AVI")]
    public async Task A_picture_that_no_container_carries_as_it_is_is_encoded_and_warned_of(string name, string codecs)
    {
        var job = await JobAsync(name, $"{Clip} {codecs}");

        var (rendered, _) = await RenderAsync(job);

        var result = await _media.ProbeAsync(rendered.OutputPath);
        Assert.That(result.Video!.Codec, Is.EqualTo("h264"));
        Assert.That(result.DurationSeconds, Is.EqualTo(job.Media.DurationSeconds).Within(0.1));
        var packets = await _media.PacketsAsync(rendered.OutputPath, "v:0");
        Assert.That(packets.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(50));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "picture_encoded" }));
    }

    [Test]
    public async Task A_picture_that_can_be_copied_is()
    {
        var job = await JobAsync("a.mkv", $"{Clip} -c:v ffv1 -c:a mp3");

        var (rendered, _) = await RenderAsync(job);

        Assert.That((await _media.ProbeAsync(rendered.OutputPath)).Video!.Codec, Is.EqualTo("ffv1"));
        Assert.That(_bench.Warned, Is.Empty);
    }

    [Test]
    public async Task What_can_neither_be_copied_nor_encoded_is_refused()
    {
        var job = await JobAsync("a.rm", $"{Clip} -c:v rv20 -c:a ac3");
        var none = job with { Media = job.Media with { Video = job.Media.Video! with { Index = 7 } } };

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => RenderAsync(none));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaInvalid));
    }

    private Task<(RenderJob Job, RenderOutcome Outcome)> RenderAsync(RenderJob job)
    {
        _bench.Context.BeginStep(new NoProgress());
        var fallback = new RenderFallback(
            _media.Renderer, new SubtitleBurner(_media.Tools), NullLogger<RenderFallback>.Instance);
        return fallback.RenderAsync(_bench.Context, job, new NoProgress(), default);
    }

    private async Task<RenderJob> JobAsync(string name, string arguments)
    {
        var source = await _media.MakeAsync(name, arguments);
        return new RenderJob
        {
            SourcePath = source,
            Media = await _media.ProbeAsync(source),
            Speech = [],
            OriginalSpeech = [new AudioSpan(0, 1)],
            Language = "es",
            OutputPath = _media.Path("dubbed.mp4"),
            Scratch = _media.Folder,
        };
    }
}
