using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Domain.Errors;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Speaking;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.Jobs.Media;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>A man and a woman who say a sentence each, and a segment in which nothing is said.</summary>
public sealed class SpeakStepTests
{
    private static readonly Translation Said = new(
        "es", "Fake", [new(0, 0, 2, "Uno."), new(1, 3, 5, "…"), new(2, 6, 8, "Dos.")]);

    private static readonly SpeakerMap Speakers = new(
        [new("S1", 120, Gender.Male, 2), new("S2", 220, Gender.Female, 1)], ["S1", "S1", "S2"]);

    private StepBench _bench = null!;
    private Translation _said = Said;

    [SetUp]
    public void Open() => (_bench, _said) = (new StepBench(), Said);

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Every_segment_with_something_to_say_is_spoken_by_a_voice_for_who_says_it()
    {
        var spoken = await SpeakAsync(new FakeSynthesizer());

        Assert.That(spoken.Segments.Select(s => (s.Index, s.Voice)), Is.EqualTo(new[] { (0, "Juan"), (2, "Ana") }));
        Assert.That(spoken.Segments.Select(s => s.Seconds), Is.All.EqualTo(1).Within(0.01));
        Assert.That(spoken.Segments.Select(s => _bench.Objects.Keys.Contains(s.Key)), Is.All.True);
        Assert.That(spoken.Voices.Select(v => (v.Speaker, v.Voice)), Is.EqualTo(new[] { ("S1", "Juan"), ("S2", "Ana") }));
    }

    [Test]
    public async Task What_was_spoken_before_a_crash_is_not_spoken_again()
    {
        var synthesizer = new FakeSynthesizer();
        var before = await SpeakAsync(synthesizer);

        var after = await SpeakAsync(synthesizer);

        Assert.That(synthesizer.Asked, Has.Count.EqualTo(2));
        Assert.That(after.Segments, Is.EqualTo(before.Segments));
    }

    [Test]
    public async Task A_segment_of_which_nothing_is_heard_is_left_out()
    {
        // The voice passes over what its language does not write.
        _said = Said with { Segments = [Said.Segments[0], Said.Segments[1], Said.Segments[2] with { Text = "東京。" }] };

        var spoken = await SpeakAsync(new FakeSynthesizer { Seconds = text => text == "Uno." ? 1 : 0 });

        Assert.That(spoken.Segments.Select(s => s.Index), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task An_engine_that_makes_no_sound_gives_way_to_the_next_which_speaks_all_of_it()
    {
        var dumb = new FakeSynthesizer("Dumb") { Seconds = text => text == "Uno." ? 1 : -1 };
        var able = new FakeSynthesizer();

        var spoken = await SpeakAsync(dumb, able);

        Assert.That(spoken.Engine, Is.EqualTo("Fake"));
        Assert.That(able.Spoken, Is.EquivalentTo(new[] { "Uno.", "Dos." }));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "engine_replaced" }));
    }

    [Test]
    public async Task A_voice_that_was_chosen_speaks_and_one_for_nobody_is_told_of()
    {
        _bench.Dispose();
        _bench = new StepBench(Samples.Order() with { Voices = new Dictionary<string, string> { ["S1"] = "Ana", ["S7"] = "Juan" } });

        var spoken = await SpeakAsync(new FakeSynthesizer());

        Assert.That(spoken.Segments[0].Voice, Is.EqualTo("Ana"));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "voices_unused" }));
    }

    [Test]
    public async Task Of_an_edited_dub_only_what_changed_is_spoken_again()
    {
        await EditAsync(new SegmentEdit(2) { Translation = "Dos más." }, "Dos más.");
        var synthesizer = new FakeSynthesizer();

        var spoken = await SpeakAsync(synthesizer);

        Assert.That(synthesizer.Spoken, Is.EqualTo(new[] { "Dos más." }));
        Assert.That((spoken.Segments[0].Key, spoken.Segments[0].Seconds), Is.EqualTo(("work/kept.wav", 1.2)));
    }

    [Test]
    public async Task A_segment_for_which_another_voice_was_chosen_is_spoken_again_by_it()
    {
        await EditAsync(new SegmentEdit(0) { Voice = "Ana" }, "Dos.");

        var spoken = await SpeakAsync(new FakeSynthesizer());

        Assert.That(spoken.Segments[0], Has.Property("Voice").EqualTo("Ana").And.Property("Key").Not.EqualTo("work/kept.wav"));
    }

    [Test]
    public async Task Who_is_to_speak_in_their_own_voice_does_by_the_engine_that_can_and_the_others_are_cast()
    {
        await AskForCloneAsync(new(0, 0, 2, "Uno."), new(1, 3, 7, "Dos."), new(2, 8, 9, "Tres."));
        var (plain, able) = (new FakeSynthesizer("Plain"), new FakeSynthesizer { ClonesVoices = true });

        var spoken = await SpeakAsync(plain, able);

        Assert.That(spoken.Engine, Is.EqualTo("Fake"));
        Assert.That(spoken.Segments.Select(s => s.Voice), Is.EqualTo(new[] { "clone:S1", "clone:S1", "Ana" }));
        Assert.That(plain.Spoken, Is.Empty);
        var sample = able.Samples.Single();
        Assert.That((sample.RequestId, sample.Speaker), Is.EqualTo((_bench.Order.RequestId, "S1")));
        Assert.That(able.SampleSeconds, Is.EqualTo(6).Within(0.1), "both of their segments");
        Assert.That(able.Asked.Where(a => a.Sample is not null).Select(a => a.Text), Is.EquivalentTo(new[] { "Uno.", "Dos." }));
        Assert.That(_bench.Warned, Is.Empty);
    }

    [Test]
    public async Task Where_an_own_voice_cannot_be_made_another_speaks_and_it_is_told()
    {
        await AskForCloneAsync(new(0, 0, 1, "Uno."), new(1, 3, 4, "Dos."), new(2, 8, 9, "Tres."));
        var tooShort = await SpeakAsync(new FakeSynthesizer { ClonesVoices = true });
        var warned = _bench.Warned.ToList();
        await AskForCloneAsync(new(0, 0, 5, "Uno."), new(1, 6, 7, "Dos."), new(2, 8, 9, "Tres."));
        var unable = await SpeakAsync(new FakeSynthesizer());

        Assert.That(tooShort.Segments.Select(s => s.Voice), Is.EqualTo(new[] { "Juan", "Juan", "Ana" }));
        Assert.That(warned, Is.EqualTo(new[] { "voice_not_cloned" }));
        Assert.That(unable.Segments.Select(s => s.Voice), Is.EqualTo(new[] { "Juan", "Juan", "Ana" }));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "voice_not_cloned" }));
    }

    [Test]
    public async Task Where_the_sound_ends_before_its_speaker_was_heard_for_long_enough_another_voice_speaks()
    {
        await AskForCloneAsync(new(0, 8, 14, "Uno."), new(1, 20, 25, "Dos."), new(2, 30, 31, "Tres."));

        var spoken = await SpeakAsync(new FakeSynthesizer { ClonesVoices = true });

        Assert.That(spoken.Segments[0].Voice, Is.EqualTo("Juan"));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "voice_not_cloned" }));
    }

    [Test]
    public void Where_no_engine_speaks_the_language_the_dub_fails()
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => SpeakAsync([]))!;

        Assert.That((error.Code.Value, error.Message), Is.EqualTo(("to_lang_unsupported", "No installed engine speaks Spanish.")));
    }

    private async Task AskForCloneAsync(params Segment[] segments)
    {
        _bench.Dispose();
        _bench = new StepBench(Samples.Order() with
        {
            Voices = new Dictionary<string, string> { ["S1"] = "clone" },
            VoiceConsent = new VoiceConsent("Juan", DateTimeOffset.UnixEpoch),
        });
        _said = new Translation("es", "Fake", segments);
        await _bench.PutSourceAsync(FakeSynthesizer.Tone(10));
    }

    private async Task<SpokenTranslation> SpeakAsync(params FakeSynthesizer[] synthesizers)
    {
        var (id, revision) = (_bench.Order.RequestId, _bench.Order.Revision);
        if (revision == 0)
            await _bench.PutAsync(ObjectKeys.Translation(id), _said);
        await _bench.PutAsync(ObjectKeys.Speakers(_bench.Order.SourceId), Speakers);
        using var media = new MediaBench();
        await _bench.RunAsync(
            new SpeakStep(FakeSynthesizer.InOrder(synthesizers), new VoiceSamples(new VoiceSampleCutter(media.Tools))));
        return await _bench.ReadAsync<SpokenTranslation>(ObjectKeys.SpeechList(id, revision));
    }

    // The first revision of a dub whose first segment is heard at 1.2 times the voice's rate.
    private async Task EditAsync(SegmentEdit edit, string last)
    {
        _bench.Dispose();
        _bench = new StepBench(Samples.Order() with { Revision = 1 });
        var id = _bench.Order.RequestId;
        var kept = new TimelineSegment
        {
            Index = 0,
            Start = 0,
            End = 1,
            OriginalStart = 0,
            OriginalEnd = 2,
            Tempo = 1.2,
            Stretch = 1.2,
            Key = "work/kept.wav",
            Voice = "Juan",
            Text = "Uno.",
        };
        await _bench.PutAsync("work/kept.wav", "sound");
        await _bench.PutAsync(ObjectKeys.Edits(id, 1), new RevisionPlan(0, DubEdits.None(id), new DubEdits(id, 1, [edit])));
        await _bench.PutAsync(ObjectKeys.Transcript(id), new Transcript("en", "Fake", []));
        await _bench.PutAsync(ObjectKeys.Translation(id), Said);
        await _bench.PutAsync(ObjectKeys.Timeline(id), new Timeline { VideoSeconds = 9, Timing = new TimingReport(), Segments = [kept] });
        var edited = Said with { Segments = [.. Said.Segments.Take(2), Said.Segments[2] with { Text = last }] };
        await _bench.PutAsync(ObjectKeys.Translation(id, 1), edited);
    }
}
