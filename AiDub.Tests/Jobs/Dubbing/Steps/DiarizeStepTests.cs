using AiDub.Domain.Dubbing;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Recognition;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.Jobs.Engines;
using AiDub.Tests.Jobs.Media;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>Who speaks, in recordings whose speakers are known.</summary>
public sealed class DiarizeStepTests
{
    private const string LibriVox = "/usr/share/pocketsphinx/test/data/librivox";
    private EngineHost _host = null!;

    [OneTimeSetUp]
    public void Open() => _host = new EngineHost();

    [OneTimeTearDown]
    public void Close() => _host.Dispose();

    [TestCase("rms", "slt", null)]
    [TestCase("rms", "awb", null)]
    [TestCase("kal16", "slt", null)]
    [TestCase("awb", "slt", null)]
    [TestCase("kal16", "rms", null)]
    [TestCase("rms", "slt", -20.0)]
    [TestCase("rms", "awb", -20.0)]
    public async Task Two_speakers_are_told_apart(string first, string second, double? musicDb)
    {
        var dialogue = await Dialogue.SpokenAsync(_host, musicDb, first, second);

        var map = Map(dialogue);

        var right = Right(map, dialogue.Voices);
        TestContext.Out.WriteLine($"{first} and {second}, music {musicDb?.ToString() ?? "none"}: {map.Speakers.Count} speakers, "
            + $"{right:P0} right, " +
            string.Join(", ", map.Speakers.Select(s => $"{s.Id} {s.PitchHz} Hz {s.Gender}")));
        Assert.That(map.Speakers, Has.Count.EqualTo(2));
        Assert.That(right, Is.GreaterThanOrEqualTo(0.9));
        Assert.That(map.Speakers[0].Gender, Is.EqualTo(Gender.Male));
        Assert.That(map.Speakers[1].Gender, Is.EqualTo(second == "slt" ? Gender.Female : Gender.Male));
    }

    [Test]
    public async Task Three_speakers_are_told_apart()
    {
        var dialogue = await Dialogue.SpokenAsync(_host, null, "slt", "rms", "awb");

        var map = Map(dialogue);

        Assert.That(map.Speakers, Has.Count.EqualTo(3));
        Assert.That(Right(map, dialogue.Voices), Is.GreaterThanOrEqualTo(0.9));
    }

    [TestCase("rms", null)]
    [TestCase("slt", null)]
    [TestCase("awb", null)]
    [TestCase("rms", -20.0)]
    [TestCase("slt", -20.0)]
    public async Task One_synthetic_speaker_stays_one(string voice, double? musicDb) =>
        Assert.That(Map(await Dialogue.SpokenAsync(_host, musicDb, voice)).Speakers, Has.Count.EqualTo(1));

    [Test]
    public async Task A_person_who_reads_stays_one_speaker() =>
        Assert.That(Map(await Dialogue.JoinAsync(_host, [.. Person()])).Speakers, Has.Count.EqualTo(1));

    [Test]
    public async Task A_person_and_a_synthetic_voice_are_told_apart()
    {
        var woman = await Dialogue.SpokenAsync(_host, null, "slt");
        var samples = WavFile.Read(woman.WavPath).Samples;
        var turns = woman.Segments.Select(s => ("slt", samples[(int)(s.Start * 16000)..(int)(s.End * 16000)]))
            .Zip(Person(), (a, b) => new[] { b, a });
        var dialogue = await Dialogue.JoinAsync(_host, [.. turns.SelectMany(t => t)]);

        var map = Map(dialogue);

        Assert.That(map.Speakers, Has.Count.EqualTo(2));
        Assert.That(Right(map, dialogue.Voices), Is.GreaterThanOrEqualTo(0.9));
    }

    [TestCase(0)]
    [TestCase(3600)]
    public async Task Who_speaks_is_believed_of_a_text_that_says_so_also_from_the_hour_of_its_programme(double hour)
    {
        using var bench = new StepBench();
        var given = new GivenTexts(
            null, [new(hour, hour + 1, "Uno.", "Ana"), new(hour + 1, hour + 2, "Dos.", "Juan"), new(hour + 2, hour + 3, "Tres.", "Ana")]);
        await bench.PutAsync(ObjectKeys.GivenTexts(bench.Order.SourceId), given);

        Assert.That((await RunAsync(bench)).Segments, Is.EqualTo(new[] { "S1", "S2", "S1" }));
    }

    [Test]
    public async Task Where_nobody_says_anything_there_are_no_speakers()
    {
        using var bench = new StepBench();

        Assert.That((await RunAsync(bench)).Speakers, Is.Empty);
    }

    // Of three seconds in which nothing was recognised.
    private static async Task<SpeakerMap> RunAsync(StepBench bench)
    {
        using var media = new MediaBench();
        await bench.PutSourceAsync(FakeSynthesizer.Tone(3));
        await bench.PutAsync(ObjectKeys.Transcript(bench.Order.SourceId), new Transcript("en", "Fake", []));
        await bench.RunAsync(new DiarizeStep(new SpeechAudio(media.Extractor)));
        return await bench.ReadAsync<SpeakerMap>(ObjectKeys.Speakers(bench.Order.SourceId));
    }

    private static IEnumerable<(string Voice, short[] Samples)> Person() =>
        Directory.GetFiles(LibriVox, "*.wav").Order(StringComparer.Ordinal).Select(f => ("person", WavFile.Read(f).Samples));

    private static SpeakerMap Map(Dialogue dialogue) => SpeakerMap.Of(
        DiarizeStep.Measure(dialogue.WavPath, dialogue.Segments, new NoProgress(), default),
        [.. dialogue.Segments.Select(s => s.Speaker)]);

    // Speakers that are found are called what most of their segments are; no two may be called the same.
    private static double Right(SpeakerMap map, IReadOnlyList<string> voices)
    {
        var named = map.Segments.Zip(voices)
            .GroupBy(pair => pair.First)
            .Select(g => g.GroupBy(pair => pair.Second).MaxBy(v => v.Count())!)
            .ToList();
        return named.GroupBy(g => g.Key).Sum(same => same.Max(g => g.Count())) / (double)voices.Count;
    }
}
