using AiDub.Domain.Dubbing;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>How many channels a dub has of a source's.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SoundInStereoTests : IDisposable
{
    private readonly StepBench _bench = new();
    private readonly MediaBench _media = new();

    public void Dispose()
    {
        _bench.Dispose();
        _media.Dispose();
    }

    [TestCase(1, 1, false)]
    [TestCase(2, 2, false)]
    [TestCase(6, 2, true)]
    public async Task A_dub_of_more_than_two_channels_is_in_stereo_and_says_so(int channels, int dubbed, bool isWarned)
    {
        var id = _bench.Order.RequestId;
        var source = await _media.MakeAsync("a.flac", $"-f lavfi -i sine=d=3 -ac {channels}");
        var media = await _media.ProbeAsync(source);
        await _bench.Artifacts.PutAsync(ObjectKeys.Source(_bench.Order.SourceId), source, "audio/flac", default);
        await _bench.PutAsync(ObjectKeys.Media(_bench.Order.SourceId), media);
        await _bench.PutAsync(ObjectKeys.Transcript(id), new Transcript("en", "Fake", []));
        await _bench.PutAsync(ObjectKeys.Timeline(id), new Timeline { VideoSeconds = 3, Timing = new TimingReport(), Segments = [] });

        await _bench.RunAsync(new RenderStep(
            new StretchedSpeech(_media.Shaper),
            new RenderFallback(_media.Renderer, new SubtitleBurner(_media.Tools), NullLogger<RenderFallback>.Instance),
            new SubtitledPicture(new SubtitleBurner(_media.Tools))));

        var rendered = await _bench.ReadAsync<RenderedDub>(ObjectKeys.Rendered(id));
        var result = await _media.ProbeAsync(await _bench.Artifacts.OpenAsync(rendered.ResultKey, default));
        Assert.That((media.Audio.Channels, result.Audio.Channels), Is.EqualTo((channels, dubbed)));
        Assert.That(_bench.Warned.Contains("sound_in_stereo"), Is.EqualTo(isWarned));
    }
}
