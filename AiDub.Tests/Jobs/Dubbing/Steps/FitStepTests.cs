using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Fitting;
using AiDub.Jobs.Dubbing.Steps.Translating;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>Speech of one or two segments within a video of ten seconds.</summary>
public sealed class FitStepTests
{
    private StepBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new StepBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Speech_that_is_as_long_as_the_original_is_heard_where_that_is()
    {
        var synthesizer = new FakeSynthesizer { SpeaksAtRate = true };

        var timeline = await FitAsync(synthesizer, [], (2, 4, 2), (6, 8, 2));

        Assert.That(timeline.Segments.Select(s => s.Start), Is.EqualTo(new[] { 2.0, 6.0 }).Within(0.05));
        Assert.That(timeline.Segments.Select(s => s.Tempo), Is.All.EqualTo(1).Within(0.02));
        Assert.That(synthesizer.Asked, Is.Empty, "nothing has to be spoken again");
        Assert.That(_bench.Warned, Is.Empty);
    }

    [Test]
    public async Task A_voice_that_can_speak_faster_speaks_at_the_rate_that_fits()
    {
        var synthesizer = new FakeSynthesizer { SpeaksAtRate = true, Seconds = _ => 2.4 };

        var timeline = await FitAsync(synthesizer, [], (0, 2, 2.4), (2, 4, 2.4), (4, 6, 2.4), (6, 8, 2.4), (8, 10, 2.4));

        Assert.That(timeline.Segments.Select(s => s.Tempo), Is.All.GreaterThan(1.1));
        Assert.That(synthesizer.Asked.Select(a => a.Rate), Is.EquivalentTo(timeline.Segments.Select(s => s.Tempo)));
        Assert.That(timeline.Segments.Select(s => s.Stretch), Is.All.EqualTo(1).Within(0.01), "nothing is left to stretch");
    }

    [Test]
    public async Task A_voice_that_cannot_is_stretched()
    {
        var synthesizer = new FakeSynthesizer();

        var timeline = await FitAsync(synthesizer, [], (0, 2, 2.4), (2, 4, 2.4), (4, 6, 2.4), (6, 8, 2.4), (8, 10, 2.4));

        Assert.That(synthesizer.Asked, Is.Empty);
        Assert.That(timeline.Segments.Select(s => s.Stretch / s.Tempo), Is.All.EqualTo(1).Within(0.01));
    }

    [Test]
    public async Task Speech_of_an_engine_that_is_left_out_by_now_is_stretched()
    {
        var synthesizer = new FakeSynthesizer
        {
            SpeaksAtRate = true,
            Seconds = _ => throw new TransientDubException("Fake broke off.") { IsEngineLeftOut = true },
        };
        var translator = new FakeTranslator { KeepsToLength = true, Answer = _ => "Corto." };

        var timeline = await FitAsync(synthesizer, [translator], (0, 2, 2.8), (2, 4, 2.4), (4, 6, 2.4), (6, 8, 2.4), (8, 10, 2.4));

        Assert.That(synthesizer.Asked, Is.Not.Empty);
        Assert.That(timeline.Segments.Select(s => s.Stretch / s.Tempo), Is.All.EqualTo(1).Within(0.01));
        Assert.That(timeline.Segments.Select(s => s.Text), Has.None.EqualTo("Corto."));
    }

    [Test]
    public async Task What_is_too_long_is_said_in_fewer_words_where_a_translator_can()
    {
        var synthesizer = new FakeSynthesizer { SpeaksAtRate = true, Seconds = _ => 2 };
        var translator = new FakeTranslator { KeepsToLength = true, Answer = _ => "Corto." };

        var timeline = await FitAsync(synthesizer, [translator], (0, 2, 3), (2, 4, 2), (4, 6, 2), (6, 8, 2), (8, 10, 2));

        Assert.That(timeline.Segments[0].Text, Is.EqualTo("Corto."));
        Assert.That(translator.Asked.Single().Texts, Does.Contain("Text 0."));
        Assert.That(timeline.Timing.MaxTempo, Is.LessThan(1.1));
    }

    [Test]
    public async Task Words_that_a_draft_shortened_are_warned_of()
    {
        var translator = new FakeTranslator { KeepsToLength = true, Answer = _ => "Corto.", Quality = TranslationQuality.Draft };

        await FitAsync(new FakeSynthesizer(), [translator], (0, 2, 3), (2, 4, 2), (4, 6, 2), (6, 8, 2), (8, 10, 2));

        Assert.That(_bench.Warned, Does.Contain("draft_translation"));
    }

    [Test]
    public async Task What_there_is_no_room_for_is_left_out_with_a_warning()
    {
        var timeline = await FitAsync(new FakeSynthesizer(), [], (0, 5, 5), (5, 10, 60));

        Assert.That(timeline.Segments.Select(s => s.Index), Is.EqualTo(new[] { 0 }));
        Assert.That(timeline.LeftOut.Select(s => s.Index), Is.EqualTo(new[] { 1 }));
        Assert.That(_bench.Warned, Does.Contain("segment_left_out"));
    }

    [Test]
    public void A_video_that_none_of_its_speech_fits_into_is_refused()
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => FitAsync(new FakeSynthesizer(), [], (0, 10, 60)))!;

        Assert.That(error.Code.Value, Is.EqualTo("speech_does_not_fit"));
    }

    // Each segment with when the original starts and ends, and how long its speech is.
    private async Task<Timeline> FitAsync(
        FakeSynthesizer synthesizer, FakeTranslator[] translators, params (double Start, double End, double Seconds)[] segments)
    {
        var id = _bench.Order.RequestId;
        var said = segments.Select((s, i) => new Segment(i, s.Start, s.End, $"Text {i}.")).ToList();
        var media = new SourceMedia { Container = Container.Mp4, DurationSeconds = 10, Audio = new AudioStream(1, "aac", 2) };
        var spoken = segments.Select((s, i) => new SpokenSegment(i, $"work/{i}.wav", s.Seconds, "Juan"));
        await _bench.PutAsync(ObjectKeys.Media(id), media);
        await _bench.PutAsync(ObjectKeys.Transcript(id), new Transcript("en", "Fake", said));
        await _bench.PutAsync(
            ObjectKeys.Translation(id), new Translation("es", "Fake", [.. said.Select(s => s with { Text = $"Dicho: {s.Text}" })]));
        await _bench.PutAsync(ObjectKeys.SpeechList(id), new SpokenTranslation("Fake", [.. spoken]));
        var shortener = new TextShortener(new SegmentTranslator(FakeTranslator.InOrder(translators)));
        await _bench.RunAsync(new FitStep(FakeSynthesizer.InOrder(synthesizer), shortener));
        return await _bench.ReadAsync<Timeline>(ObjectKeys.Timeline(id));
    }
}
