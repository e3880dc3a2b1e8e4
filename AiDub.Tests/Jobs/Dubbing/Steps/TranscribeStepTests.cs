using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Recognition;
using AiDub.Jobs.Engines;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>The transcript of a source of three seconds; what tracks are tried is tested where they are.</summary>
public sealed class TranscribeStepTests
{
    private StepBench _bench = null!;
    private MediaBench _media = null!;

    [SetUp]
    public async Task Open()
    {
        (_bench, _media) = (new StepBench(), new MediaBench());
        await _bench.PutSourceAsync(FakeSynthesizer.Tone(3));
    }

    [TearDown]
    public void Close()
    {
        _bench.Dispose();
        _media.Dispose();
    }

    [Test]
    public async Task What_was_heard_ends_with_the_video_at_the_latest()
    {
        var transcript = await TranscribeAsync(new FakeRecognizer(new(0, 0, 1, "One."), new(1, 2, 3.2, "Two.")));

        Assert.That(transcript.Segments.Select(s => (s.Index, s.Text, s.End)), Is.EqualTo(new[] { (0, "One.", 1.0), (1, "Two.", 3.0) }));
        Assert.That(_bench.Warned, Is.Empty);
    }

    [Test]
    public async Task When_nobody_says_anything_the_transcript_is_empty_and_the_user_is_told()
    {
        Assert.That((await TranscribeAsync(new FakeRecognizer())).Segments, Is.Empty);
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "no_speech" }));
    }

    [Test]
    public async Task A_transcript_that_the_user_gave_is_taken_and_nobody_listens()
    {
        var recognizer = new FakeRecognizer();
        await GiveAsync(new GivenTexts([new(0, 1, "Uno."), new(5, 6, "Tarde.")], null));

        var transcript = await TranscribeAsync(recognizer);

        Assert.That((transcript.Engine, recognizer.Calls), Is.EqualTo(("given", 0)));
        Assert.That(transcript.Segments.Select(s => s.Text), Is.EqualTo(new[] { "Uno." }));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "texts_after_end" }));
    }

    [TestCase(0.04, 1, 2)]
    [TestCase(1.001 / 30, 0.834, 1.668)]
    [TestCase(0.02, 1.043, 2.085)]
    [TestCase(0, 1.043, 2.085)]
    public async Task Texts_that_count_in_frames_of_unknown_length_count_in_those_of_the_video(double frame, double start, double end)
    {
        var reading = SubtitleParser.Read("{25}{50}Uno.");
        await GiveAsync(new GivenTexts(reading.Texts, null) { TranscriptRate = reading.SupposedRate });
        var media = await _bench.ReadAsync<SourceMedia>(ObjectKeys.Media(_bench.Order.SourceId));
        await _bench.PutAsync(ObjectKeys.Media(_bench.Order.SourceId), media with { Video = new VideoStream(1, "h264", frame) });

        var said = (await TranscribeAsync(new FakeRecognizer())).Segments.Single();

        Assert.That((said.Start, said.End), Is.EqualTo((start, end)).Using<(double, double)>(
            (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 0.002));
    }

    [TestCase(36000)]
    [TestCase(3600)]
    public async Task Texts_that_count_from_the_hour_at_which_a_programme_begins_are_said_in_the_video(double hour)
    {
        await GiveAsync(new GivenTexts([new(hour + 0.5, hour + 1, "One."), new(hour + 2, hour + 2.5, "Two.")], [new(0.5, 1, "Uno.")]));

        var transcript = await TranscribeAsync(new FakeRecognizer());

        Assert.That(
            transcript.Segments.Select(s => (s.Start, s.End, s.Text)), Is.EqualTo(new[] { (0.5, 1.0, "One."), (2.0, 2.5, "Two.") }));
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "text_repaired" }));
    }

    [Test]
    public async Task Texts_that_begin_later_in_their_hour_than_the_video_lasts_are_of_another_part()
    {
        await GiveAsync(new GivenTexts([new(36300, 36301, "One.")], null));

        Assert.That((await TranscribeAsync(new FakeRecognizer())).Segments, Is.Empty);
        Assert.That(_bench.Warned, Is.EqualTo(new[] { "texts_after_end" }));
    }

    [Test]
    public async Task Of_a_translation_alone_only_the_times_are_known_of_what_is_said()
    {
        await GiveAsync(new GivenTexts(null, [new(0, 1, "Uno."), new(1, 2, "") { Caption = "[Música]" }]));

        var transcript = await TranscribeAsync(new FakeRecognizer());

        Assert.That(transcript.Engine, Is.EqualTo("none"));
        Assert.That(transcript.Segments.Select(s => (s.Text, s.Caption)), Is.EqualTo(new[] { ("", null), ("", "[Música]") }));
    }

    [Test]
    public void Where_no_engine_recognises_the_language_the_dub_fails()
    {
        _bench.Dispose();
        _bench = new StepBench(Samples.Order() with { FromLang = "fi" });

        Assert.That(
            async () =>
            {
                await _bench.PutSourceAsync(FakeSynthesizer.Tone(1));
                await TranscribeAsync(new FakeRecognizer());
            },
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.FromLangUnsupported));
    }

    private Task GiveAsync(GivenTexts given) => _bench.PutAsync(ObjectKeys.GivenTexts(_bench.Order.SourceId), given);

    private async Task<Transcript> TranscribeAsync(FakeRecognizer recognizer)
    {
        var recognizers = new Recognizers([recognizer], Options.Create(new EnginesOptions { Recognizer = [recognizer.Name] }));
        var tracks = new TrackRecognition(new SpeechAudio(_media.Extractor), new NoFinder(), recognizers);
        await _bench.RunAsync(new TranscribeStep(tracks));
        return await _bench.ReadAsync<Transcript>(ObjectKeys.Transcript(_bench.Order.SourceId));
    }

    /// <summary>Hears the same in every sound, in English.</summary>
    private sealed class FakeRecognizer(params Segment[] heard) : IRecognizer
    {
        public int Calls { get; private set; }

        public string Name => "Fake";

        public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) =>
            Task.FromResult<IReadOnlySet<string>>(new HashSet<string> { "en" });

        public Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct)
        {
            Calls++;
            return Task.FromResult(new Transcript("en", Name, heard));
        }
    }
}
