using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Recognition;
using AiDub.Jobs.Engines;
using AiDub.Tests.Jobs.Media;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Recognition;

/// <summary>What becomes of tracks that yield no words, and of words in a language that the engine does not know.</summary>
public sealed class TrackRecognitionTests
{
    private MediaBench _bench = null!;
    private SourceMedia _media = null!;
    private FakeRecognizer _engine = null!;
    private FakeFinder _finder = null!;
    private DubContext _context = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        _bench = new MediaBench();
        var source = await _bench.MakeAsync(
            "source.mkv",
            "-f lavfi -i sine=d=1 -f lavfi -i sine=d=1 -f lavfi -i sine=d=1 -map 0 -map 1 -map 2 -c:a flac -metadata:s:a:0 "
                + "language=jpn -metadata:s:a:1 language=eng");
        var probed = await _bench.ProbeAsync(source);
        var order = AudioTracks.InOrder(probed.AudioTracks, [HeardSound.Speech, HeardSound.Speech, HeardSound.Speech], null, null);
        _media = probed with { Choices = [.. order.Select(o => new SourceAudio(o.Track.Number, o.Track.Language, null, o.Reason))] };
        (_engine, _finder) = (new FakeRecognizer(), new FakeFinder());
        _context = Context(Samples.Order());
    }

    [TearDown]
    public void Remove() => _bench.Dispose();

    [Test]
    public async Task A_track_without_words_gives_way_to_the_next_that_has_some()
    {
        _engine.Yields = [false, false, true];

        var heard = await RecognizeAsync();

        Assert.That(heard.Media.SourceAudio, Is.EqualTo(new SourceAudio(2, null, null, "speech")));
        Assert.That(heard.Media.CarriedStreams, Does.Not.Contain(heard.Media.Audio.Index));
        Assert.That(_context.Warnings, Is.Empty);
    }

    [Test]
    public async Task When_no_track_has_words_the_first_stays_and_the_user_is_told()
    {
        _engine.Yields = [false, false, false];

        var heard = await RecognizeAsync();

        Assert.That(heard.Media.Audio, Is.EqualTo(_media.Audio));
        Assert.That(_context.Warnings.Select(w => w.Code.Value), Is.EqualTo(new[] { "no_speech" }));
    }

    [Test]
    public async Task Tracks_of_other_languages_than_the_spoken_one_are_not_tried()
    {
        _engine.Yields = [false, false, true];
        _context = Context(_context.Order with { FromLang = "en" });

        await RecognizeAsync(_media.Dubbing(_media.AudioTracks[1]));

        Assert.That(_engine.Calls, Is.EqualTo(2), "the English track and the one that does not say");
    }

    [Test]
    public async Task The_track_that_was_asked_for_is_the_only_one_that_is_tried()
    {
        _engine.Yields = [false, true];
        _context = Context(_context.Order with { SourceAudio = "0" });

        await RecognizeAsync();

        Assert.That(_engine.Calls, Is.EqualTo(1));
    }

    [TestCase(null, true, "refused")]
    [TestCase(null, false, "from_lang_doubtful")]
    [TestCase("en", true, "from_lang_doubtful")]
    [TestCase("en", false, "from_lang_doubtful")]
    public async Task A_track_that_is_tagged_with_another_language_is_doubted(string? fromLang, bool areDoubtful, string outcome)
    {
        (_engine.Yields, _engine.AreDoubtful) = ([true], areDoubtful);
        _context = Context(_context.Order with { FromLang = fromLang });

        if (outcome == "refused")
        {
            Assert.That(
            () => RecognizeAsync(),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.FromLangDoubtful));
            return;
        }
        await RecognizeAsync();

        Assert.That(_context.Warnings.Select(w => w.Code.Value), Is.EqualTo(new[] { outcome }));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task Improbable_words_of_a_track_that_does_not_contradict_are_warned_of_and_never_refused(int track)
    {
        (_engine.Yields, _engine.AreDoubtful) = ([true], true);

        await RecognizeAsync(_media.Dubbing(_media.AudioTracks[track]));

        Assert.That(_context.Warnings.Select(w => w.Code.Value), Is.EqualTo(new[] { "from_lang_doubtful" }));
    }

    [Test]
    public async Task The_engine_is_told_where_somebody_speaks_and_words_elsewhere_are_left_out()
    {
        _finder.Speech = [new AudioSpan(5, 8)];
        (_engine.Yields, _engine.Heard) = ([true], [new Segment(0, 0, 1, "La la."), new Segment(1, 4.8, 8, "Hello.")]);

        var heard = await RecognizeAsync(_media.Dubbing(_media.AudioTracks[1]));

        Assert.That(_engine.Asked!.Speech, Is.EqualTo(_finder.Speech));
        Assert.That(heard.Transcript.Segments.Select(s => (s.Index, s.Text)), Is.EqualTo(new[] { (0, "Hello.") }));
        Assert.That(heard.Transcript.Speech, Is.EqualTo(_finder.Speech));
        Assert.That(_context.Warnings, Is.Empty);
    }

    [Test]
    public async Task Speech_without_words_is_told_of()
    {
        _finder.Speech = [new AudioSpan(0, 1), new AudioSpan(5, 8)];
        _engine.Yields = [true];

        await RecognizeAsync(_media.Dubbing(_media.AudioTracks[1]));

        var warning = _context.Warnings.Single();
        Assert.That(warning, Is.EqualTo(new DubWarning(
            WarningCode.SpeechUnrecognized, "No words were recognised in 3 of 4 seconds of speech.")));
    }

    [Test]
    public async Task When_it_cannot_be_found_out_where_somebody_speaks_the_dub_goes_on_and_says_so()
    {
        (_finder.IsBroken, _engine.Yields) = (true, [true]);

        var heard = await RecognizeAsync(_media.Dubbing(_media.AudioTracks[1]));

        Assert.That(_context.Warnings.Select(w => w.Code.Value), Is.EqualTo(new[] { "speech_finder_skipped" }));
        Assert.That(heard.Transcript.Segments, Has.Count.EqualTo(1));
        Assert.That(_engine.Asked!.Speech, Is.Null);
        Assert.That(heard.Transcript.Speech, Is.Null);
    }

    private Task<RecognizedTrack> RecognizeAsync(SourceMedia? media = null) => new TrackRecognition(
        new SpeechAudio(_bench.Extractor),
        _finder,
        new Recognizers([_engine], Options.Create(new EnginesOptions { Recognizer = [FakeRecognizer.Id] })))
        .RecognizeAsync(_context, media ?? _media, default);

    private DubContext Context(DubOrder order)
    {
        var scratch = Directory.CreateDirectory(_bench.Path($"scratch-{Guid.NewGuid():N}")).FullName;
        return new DubContext(
            DubProgress.Accept(order, DateTimeOffset.UnixEpoch),
            new DubArtifacts(new OneSource(_bench.Path("source.mkv")), scratch),
            scratch, new DubMeter(TimeProvider.System));
    }

    /// <summary>Holds nothing but the source.</summary>
    private sealed class OneSource(string path) : IObjectStore
    {
        public Task<string> MaterializeAsync(string key, string directory, CancellationToken ct) => Task.FromResult(path);

        public Task<long?> SizeAsync(string key, CancellationToken ct) => Task.FromResult<long?>(null);

        public Task PutAsync(string key, string path, string contentType, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct) => throw new NotSupportedException();

        public Task DeleteAsync(string key, CancellationToken ct) => throw new NotSupportedException();

        public Task<Uri> AddressAsync(string key, Uri publicBase, CancellationToken ct) => throw new NotSupportedException();

        public string? KeyOf(string address) => null;
    }

    /// <summary>Says that somebody speaks where a test says so.</summary>
    private sealed class FakeFinder : ISpeechFinder
    {
        public IReadOnlyList<AudioSpan>? Speech { get; set; }

        public bool IsBroken { get; set; }

        public Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct) =>
            IsBroken ? throw new TransientDubException("It broke off.") : Task.FromResult(Speech);
    }

    /// <summary>Hears words in some calls and in others none, as if they were English.</summary>
    private sealed class FakeRecognizer : IRecognizer
    {
        public const string Id = "Fake";

        public bool[] Yields { get; set; } = [];

        public bool AreDoubtful { get; set; }

        public int Calls { get; private set; }

        public string Name => Id;

        public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) =>
            Task.FromResult<IReadOnlySet<string>>(new HashSet<string> { "en" });

        public RecognitionRequest? Asked { get; private set; }

        public IReadOnlyList<Segment> Heard { get; set; } = [new Segment(0, 0, 1, "Hello.")];

        public Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct)
        {
            Asked = request;
            return Task.FromResult(new Transcript("en", Name, Yields[Calls++] ? Heard : []) { IsDoubtful = AreDoubtful });
        }
    }
}
