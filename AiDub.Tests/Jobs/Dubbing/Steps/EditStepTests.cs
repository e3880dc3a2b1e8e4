using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Domain.Errors;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Translating;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>The texts of a dub of two segments, edited.</summary>
public sealed class EditStepTests
{
    private static readonly DubWarning Draft = new(WarningCode.DraftTranslation, "Have a person read it.");

    private StepBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new StepBench(Samples.Order() with { Revision = 1 });

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task A_translation_that_a_person_wrote_is_taken_as_it_is_and_the_others_stay()
    {
        var translator = new FakeTranslator();

        await EditAsync(translator, new SegmentEdit(1) { Translation = "Dos, de otra manera." });

        Assert.That(await TranslationsAsync(), Is.EqualTo(new[] { "Uno.", "Dos, de otra manera." }));
        Assert.That(translator.Asked, Is.Empty);
    }

    [Test]
    public async Task Only_a_segment_whose_source_text_was_edited_is_translated_anew_with_the_time_it_has_now()
    {
        var translator = new FakeTranslator();

        await EditAsync(translator, new SegmentEdit(1) { Text = "Three.", End = 6 });

        Assert.That(await TranslationsAsync(), Is.EqualTo(new[] { "Uno.", "Dicho: Three." }));
        Assert.That((translator.Asked.Single().Texts.Single(), translator.Asked.Single().Seconds!.Single()), Is.EqualTo(("Three.", 3.0)));
        Assert.That((await TranscriptAsync()).Segments.Select(s => s.Text), Is.EqualTo(new[] { "One.", "Three." }));
    }

    [Test]
    public async Task What_describes_a_sound_is_shown_and_neither_translated_nor_spoken()
    {
        var translator = new FakeTranslator();

        await EditAsync(translator, new SegmentEdit(0) { Text = "[Music] One and a half." });

        Assert.That(translator.Asked.Single().Texts, Is.EqualTo(new[] { "One and a half." }));
        var edited = (await TranscriptAsync()).Segments[0];
        Assert.That((edited.Text, edited.Caption), Is.EqualTo(("One and a half.", "[Music] One and a half.")));
    }

    [Test]
    public async Task What_is_kept_of_a_draft_is_a_draft_still()
    {
        await EditAsync(new FakeTranslator(), [Draft], new SegmentEdit(1) { Translation = "Dos, de otra manera." });

        Assert.That(_bench.Context.Warnings, Is.EqualTo(new[] { Draft }));
        Assert.That((await TranslationAsync()).Warnings, Is.EqualTo(new[] { Draft }), "for the next revision");
    }

    [Test]
    public async Task A_draft_of_which_a_person_wrote_every_segment_is_none_any_more()
    {
        await EditAsync(
            new FakeTranslator(), [Draft], new SegmentEdit(0) { Translation = "Un." }, new SegmentEdit(1) { Translation = "Dos." });

        Assert.That(_bench.Warned, Is.Empty);
    }

    [Test]
    public async Task A_segment_that_a_draft_translated_anew_is_warned_of()
    {
        await EditAsync(new FakeTranslator { Quality = TranslationQuality.Draft }, new SegmentEdit(1) { Text = "Three." });

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "draft_translation" }));
    }

    [Test]
    public async Task An_engine_that_answers_garbage_gives_way_to_the_next()
    {
        var garbage = new FakeTranslator("Wild") { Answer = _ => "\u0001\ufffd\u0002" };

        await EditAsync([garbage, new FakeTranslator()], [], new SegmentEdit(1) { Text = "Three." });

        Assert.That((await TranslationsAsync())[1], Is.EqualTo("Dicho: Three."));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "engine_replaced" }));
    }

    [Test]
    public void Where_no_engine_translates_the_person_is_told_to()
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => EditAsync([], [], new SegmentEdit(1) { Text = "Three." }))!;

        Assert.That(error.Code.Value, Is.EqualTo("to_lang_unsupported"));
        Assert.That(error.Message, Is.EqualTo("No installed engine translates English into Spanish: edit the translation."));
    }

    private Task EditAsync(FakeTranslator translator, params SegmentEdit[] edits) => EditAsync([translator], [], edits);

    private Task EditAsync(FakeTranslator translator, IReadOnlyList<DubWarning> warned, params SegmentEdit[] edits) =>
        EditAsync([translator], warned, edits);

    private async Task EditAsync(FakeTranslator[] translators, IReadOnlyList<DubWarning> warned, params SegmentEdit[] edits)
    {
        var id = _bench.Order.RequestId;
        await _bench.PutAsync(ObjectKeys.Edits(id, 1), new RevisionPlan(0, DubEdits.None(id), new DubEdits(id, 1, edits)));
        await _bench.PutAsync(ObjectKeys.Transcript(id), new Transcript("en", "Fake", [new(0, 0, 2, "One."), new(1, 3, 5, "Two.")]));
        var translation = new Translation("es", "Fake", [new(0, 0, 2, "Uno."), new(1, 3, 5, "Dos.")]) { Warnings = warned };
        await _bench.PutAsync(ObjectKeys.Translation(id), translation);
        await _bench.PutAsync(ObjectKeys.Timeline(id), new Timeline { VideoSeconds = 8, Timing = new TimingReport(), Segments = [] });
        await _bench.RunAsync(new EditStep(new SegmentTranslator(FakeTranslator.InOrder(translators))));
    }

    private Task<Transcript> TranscriptAsync() => _bench.ReadAsync<Transcript>(_bench.Context.TranscriptKey);

    private Task<Translation> TranslationAsync() => _bench.ReadAsync<Translation>(ObjectKeys.Translation(_bench.Order.RequestId, 1));

    private async Task<IReadOnlyList<string>> TranslationsAsync() => [.. (await TranslationAsync()).Segments.Select(s => s.Text)];
}
