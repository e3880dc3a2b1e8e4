using AiDub.Domain.Speakers;

namespace AiDub.Tests.Domain.Speakers;

public sealed class SpeakerDiarizationTests
{
    [Test]
    public void Nobody_speaks_where_there_are_no_segments() => Assert.That(SpeakerDiarization.Group([]), Is.Empty);

    [Test]
    public void Segments_in_which_no_voice_was_found_are_one_speakers() =>
        Assert.That(SpeakerDiarization.Group([null, null, null]), Is.EqualTo(new[] { 0, 0, 0 }));

    [Test]
    public void A_segment_without_a_voice_is_the_speakers_before_it()
    {
        var labels = SpeakerDiarization.Group([null, Print(100), Print(101), null, Print(220), null, Print(221), Print(102)]);

        Assert.That(labels, Is.EqualTo(new[] { 0, 0, 0, 0, 1, 1, 1, 0 }));
    }

    [Test]
    public void Sentences_of_one_speaker_stay_one_however_many_there_are()
    {
        var random = new Random(5);
        var prints = Enumerable.Range(0, 400).Select(_ => Print(110 * Math.Pow(2, Normal(random) * 1.5 / 12), 0, 2, random)).ToArray();

        Assert.That(SpeakerDiarization.Group(prints).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Timbre_alone_tells_two_speakers_apart()
    {
        var random = new Random(6);
        var prints = Enumerable.Range(0, 60).Select(i => Print(110, i % 3 == 0 ? 1 : 0, 2, random)).ToArray();

        Assert.That(SpeakerDiarization.Group(prints), Is.EqualTo(Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? 0 : 1)));
    }

    [Test]
    public void A_short_word_makes_no_speaker_and_is_given_to_the_nearest()
    {
        var prints = new[] { Print(100), Print(220), Print(101), Print(210), Print(205, seconds: 0.1), Print(330, 3, 0.1) };

        Assert.That(SpeakerDiarization.Group(prints), Is.EqualTo(new[] { 0, 1, 0, 1, 1, 1 }));
    }

    [Test]
    public void A_long_recording_is_grouped_in_seconds()
    {
        var random = new Random(7);
        var prints = Enumerable.Range(0, 1500).Select(i => Print(i % 2 == 0 ? 110 : 200, i % 2, 2, random)).ToArray();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var labels = SpeakerDiarization.Group(prints);

        Assert.That(labels, Is.EqualTo(Enumerable.Range(0, 1500).Select(i => i % 2)));
        TestContext.Out.WriteLine($"1500 segments: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void What_the_recogniser_says_of_speakers_is_believed()
    {
        var map = SpeakerMap.Of([Print(100), Print(100), Print(210), null], ["B", "A", "A", "B"]);

        Assert.That(map.Segments, Is.EqualTo(new[] { "S1", "S2", "S2", "S1" }));
        Assert.That(map.Speakers, Is.EqualTo(new[] { new Speaker("S1", 100, Gender.Male, 2), new Speaker("S2", 100, Gender.Male, 2) }));
    }

    [Test]
    public void Where_it_says_it_of_some_segments_only_the_voices_are_compared()
    {
        var map = SpeakerMap.Of([Print(100), Print(210), Print(100)], ["A", null, "A"]);

        Assert.That(map.Segments, Is.EqualTo(new[] { "S1", "S2", "S1" }));
        Assert.That(map.Speakers.Select(s => s.Gender), Is.EqualTo(new Gender?[] { Gender.Male, Gender.Female }));
    }

    [TestCase(null, null)]
    [TestCase(159.9, Gender.Male)]
    [TestCase(160.0, Gender.Female)]
    public void Gender_is_guessed_by_pitch(double? pitch, Gender? gender) => Assert.That(Speaker.GenderOf(pitch), Is.EqualTo(gender));

    // Coefficients vary by 1 from frame to frame; with a random, the mean varies as that of so many phones does.
    private static VoicePrint Print(double pitch, double timbre = 0, double seconds = 2, Random? random = null) => new()
    {
        VoicedSeconds = seconds,
        PitchHz = pitch,
        PitchSpread = 2,
        Timbre = [.. Enumerable.Range(0, 14).Select(_ => timbre + (random is null ? 0 : Normal(random) * Math.Sqrt(0.1 / seconds)))],
        TimbreVariance = [.. Enumerable.Repeat(1.0, 14)],
    };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
