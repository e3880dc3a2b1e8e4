using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Translating;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

public sealed class TranslateStepTests
{
    private static readonly Transcript Said = new("en", "Fake", [new(0, 0, 2, "One."), new(1, 3, 5.5, "Two.") { Caption = "[Door] Two." }]);

    private StepBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new StepBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Every_segment_is_translated_with_the_time_that_it_takes()
    {
        var translator = new FakeTranslator();

        var translation = await TranslateAsync(Said, translator);

        Assert.That(translation.Segments.Select(s => (s.Start, s.Text)), Is.EqualTo(new[] { (0.0, "Dicho: One."), (3.0, "Dicho: Two.") }));
        Assert.That(translation.Segments.Select(s => s.Caption), Is.All.Null);
        Assert.That((translation.Language, translation.Engine), Is.EqualTo(("es", "Fake en-es")));
        Assert.That(translator.Asked.Single().Seconds, Is.EqualTo(new[] { 2.0, 2.5 }));
        Assert.That(_bench.Warned, Is.Empty);
    }

    [Test]
    public async Task A_sound_that_nobody_speaks_is_translated_for_the_subtitles_alone()
    {
        var translation = await TranslateAsync(Said with { Segments = [new(0, 0, 2, "") { Caption = "[Rain]" }] }, new FakeTranslator());

        Assert.That(translation.Segments.Single(), Has.Property("Text").Empty.And.Property("Caption").EqualTo("Dicho: [Rain]"));
    }

    [Test]
    public async Task What_a_draft_or_the_engine_itself_warns_of_is_told_and_kept_with_the_translation()
    {
        var translator = new FakeTranslator { Quality = TranslationQuality.Draft, Warnings = [new(WarningCode.GlossaryMissed, "A term.")] };

        var translation = await TranslateAsync(Said, translator);

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "glossary_missed", "draft_translation" }));
        Assert.That(translation.Warnings, Is.EqualTo(_bench.Context.Warnings));
    }

    [Test]
    public async Task An_engine_that_is_left_out_gives_way_to_the_next_at_once()
    {
        var broken = new FakeTranslator("Broken")
        {
            Answer = _ => throw new TransientDubException("Broken broke off.") { IsEngineLeftOut = true },
        };

        var translation = await TranslateAsync(Said, broken, new FakeTranslator());

        Assert.That(translation.Engine, Is.EqualTo("Fake en-es"));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "engine_replaced" }));
    }

    [Test]
    public void The_only_engine_that_is_left_out_lets_the_dub_be_tried_again()
    {
        var broken = new FakeTranslator
        {
            Answer = _ => throw new TransientDubException("Broken broke off.") { IsEngineLeftOut = true },
        };

        Assert.That(() => TranslateAsync(Said, broken), Throws.TypeOf<TransientDubException>());
    }

    [Test]
    public async Task Speech_in_the_target_language_stays_as_it_is_and_the_user_is_told()
    {
        var translator = new FakeTranslator();

        var translation = await TranslateAsync(Said with { Language = "es" }, translator);

        Assert.That((translation.Engine, translation.Segments), Is.EqualTo(("none", Said.Segments)));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "same_language" }));
        Assert.That(translator.Asked, Is.Empty);
    }

    [Test]
    public async Task Where_nothing_is_said_nobody_is_asked()
    {
        var translator = new FakeTranslator();

        Assert.That((await TranslateAsync(Said with { Segments = [] }, translator)).Segments, Is.Empty);
        Assert.That(translator.Asked, Is.Empty);
    }

    [TestCase(0)]
    [TestCase(36000)]
    public async Task A_translation_that_the_user_gave_is_taken_as_far_as_the_video_goes_and_from_the_hour_of_its_programme(double hour)
    {
        var translator = new FakeTranslator();
        var media = new SourceMedia { Container = Container.Mp4, DurationSeconds = 4, Audio = new AudioStream(1, "aac", 2) };
        await _bench.PutAsync(ObjectKeys.Media(_bench.Order.SourceId), media);
        var given = new GivenTexts(null, [new(hour, hour + 1, "Uno."), new(hour + 3, hour + 5, "Dos."), new(hour + 6, hour + 7, "Tres.")]);
        await _bench.PutAsync(ObjectKeys.GivenTexts(_bench.Order.SourceId), given);

        var translation = await TranslateAsync(Said, translator);

        Assert.That((translation.Engine, translator.Asked.Count), Is.EqualTo(("given", 0)));
        Assert.That(translation.Segments.Select(s => (s.Text, s.End)), Is.EqualTo(new[] { ("Uno.", 1.0), ("Dos.", 4.0) }));
    }

    [Test]
    public void Where_no_engine_translates_the_dub_fails_and_says_between_which_languages()
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => TranslateAsync(Said with { Language = "fi" }, new FakeTranslator()))!;

        Assert.That(error.Code.Value, Is.EqualTo("to_lang_unsupported"));
        Assert.That(error.Message, Is.EqualTo("No installed engine translates Finnish into Spanish."));
    }

    private async Task<Translation> TranslateAsync(Transcript said, params FakeTranslator[] translators)
    {
        await _bench.PutAsync(ObjectKeys.Transcript(_bench.Order.SourceId), said);
        await _bench.RunAsync(new TranslateStep(new SegmentTranslator(FakeTranslator.InOrder(translators))));
        return await _bench.ReadAsync<Translation>(ObjectKeys.Translation(_bench.Order.RequestId));
    }
}
