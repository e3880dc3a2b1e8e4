using AiDub.Domain.Dubbing;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>Sound of four seconds is rendered once, with half a second of speech in it.</summary>
public sealed class RenderStepTests
{
    private StepBench _bench = null!;
    private MediaBench _media = null!;
    private string _unheard = null!;
    private RenderedDub _rendered = null!;

    [OneTimeSetUp]
    public async Task Render()
    {
        (_bench, _media) = (new StepBench(Samples.Order() with { Subtitles = SubtitleMode.Soft }), new MediaBench());
        var id = _bench.Order.RequestId;
        await _bench.PutSourceAsync(FakeSynthesizer.Tone(4));
        var heard = await SpeakAsync(ObjectKeys.Speech(id, 0));
        _unheard = await SpeakAsync(ObjectKeys.FittedSpeech(id, 0));
        await _bench.PutAsync(ObjectKeys.Transcript(id), new Transcript("en", "Fake", [new(0, 1, 2, "One.")]));
        await _bench.PutAsync(ObjectKeys.Timeline(id), new Timeline
        {
            VideoSeconds = 4,
            Timing = new TimingReport(),
            Segments = [new TimelineSegment
            {
                Index = 0,
                Start = 1,
                End = 1.5,
                OriginalStart = 1,
                OriginalEnd = 2,
                Tempo = 1,
                Stretch = 1,
                Key = heard,
                Voice = "Juan",
                Text = "Uno.",
            }],
            Sounds = [new Cue(3, 4, "[Música]")],
        });
        await _bench.RunAsync(new RenderStep(
            new StretchedSpeech(_media.Shaper),
            new RenderFallback(_media.Renderer, new SubtitleBurner(_media.Tools), NullLogger<RenderFallback>.Instance),
            new SubtitledPicture(new SubtitleBurner(_media.Tools))));
        _rendered = await _bench.ReadAsync<RenderedDub>(ObjectKeys.Rendered(id));
    }

    [OneTimeTearDown]
    public void Close()
    {
        _bench.Dispose();
        _media.Dispose();
    }

    [Test]
    public async Task The_result_is_stored_whole_and_lasts_as_long_as_the_source()
    {
        Assert.That(await _bench.Objects.SizeAsync(_rendered.ResultKey, default), Is.EqualTo(_rendered.ResultBytes).And.GreaterThan(0));
        var result = await _bench.Artifacts.OpenAsync(_rendered.ResultKey, default);
        Assert.That(await _media.DurationAsync(result), Is.EqualTo(4).Within(0.05));
        Assert.That(_rendered.Picture, Is.Null);
    }

    [Test]
    public async Task Subtitles_tell_what_is_spoken_and_what_only_sounds()
    {
        var srt = await File.ReadAllTextAsync(await _bench.Artifacts.OpenAsync(_rendered.SrtKey, default));
        var vtt = await File.ReadAllTextAsync(await _bench.Artifacts.OpenAsync(_rendered.VttKey, default));

        Assert.That(srt, Does.Contain("00:00:01,000").And.Contain("Uno.").And.Contain("[Música]"));
        Assert.That(vtt, Does.StartWith("WEBVTT").And.Contain("Uno."));
    }

    [Test]
    public void Subtitles_that_nothing_can_show_are_warned_of() => Assert.That(_bench.Warned, Does.Contain("subtitles_without_picture"));

    [Test]
    public void Speech_that_is_not_heard_is_removed() => Assert.That(_bench.Objects.Keys, Does.Not.Contain(_unheard));

    private async Task<string> SpeakAsync(string name)
    {
        var path = _bench.Artifacts.NewFile(".wav");
        await FakeSynthesizer.Tone(0.5).WriteAsync(path, default);
        return await _bench.Artifacts.PutPartAsync(name, path, "audio/wav", default);
    }

    [TestCase(-20.0, -20.5, true, null)]
    [TestCase(null, -20.5, true, null)]
    [TestCase(-6.0, -9.0, true, "mastered")]
    [TestCase(-64.0, -60.0, true, "louder")]
    [TestCase(-20.0, -24.0, false, "nothing is spoken")]
    public void A_result_of_another_loudness_says_why_it_is(double? before, double after, bool isSpoken, string? why)
    {
        var fault = RenderStep.LoudnessFault(new LoudnessReport(before, after, -3), isSpoken);

        Assert.That(fault, why is null ? Is.Null : Does.Contain(why));
    }
}
