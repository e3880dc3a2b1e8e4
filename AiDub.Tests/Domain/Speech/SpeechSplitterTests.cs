using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

public sealed class SpeechSplitterTests
{
    private const float Quiet = -60;
    private const float Loud = -20;

    // Speech is never level: syllables and the gaps between them.
    [Test]
    public void Where_it_is_known_who_speaks_the_level_only_says_where_to_cut()
    {
        var levels = Level(1).Concat(Speech(14)).Concat(Level(0.2)).Concat(Speech(15)).Concat(Level(5, Loud)).ToList();

        var chunks = SpeechSplitter.Split(levels, [new AudioSpan(1, 4), new AudioSpan(4.2, 15), new AudioSpan(15.2, 30.2)]);

        Assert.That(chunks, Has.Count.EqualTo(2));
        Assert.That(chunks[0].Start, Is.EqualTo(0.6).Within(0.011));
        Assert.That(chunks[0].End, Is.EqualTo(chunks[1].Start).And.EqualTo(15.1).Within(0.15));
        Assert.That(chunks[1].End, Is.EqualTo(30.6).Within(0.011));
        Assert.That(SpeechSplitter.Split(levels, []), Is.Empty);
        Assert.That(SpeechSplitter.Split(levels, speech: null), Is.EqualTo(SpeechSplitter.Split(levels)));
    }

    private static IEnumerable<float> Speech(double seconds, float loud = Loud) =>
        Enumerable.Range(0, (int)Math.Round(seconds * 100)).Select(i => i % 20 < 15 ? loud : loud - 15);

    private static IEnumerable<float> Level(double seconds, float level = Quiet) =>
        Enumerable.Repeat(level, (int)Math.Round(seconds * 100));

    [Test]
    public void Nothing_is_in_nothing() => Assert.That(SpeechSplitter.Split([]), Is.Empty);

    [TestCase(LevelMeter.Silence)]
    [TestCase(Quiet)]
    [TestCase(Loud)]
    public void A_steady_level_holds_no_speech(float level) => Assert.That(SpeechSplitter.Split([.. Level(20, level)]), Is.Empty);

    [TestCase(LevelMeter.Silence)]
    [TestCase(Quiet)]
    [TestCase(-45)]
    public void Speech_between_silences_is_found_whatever_the_noise(float noise)
    {
        var chunks = SpeechSplitter.Split([.. Level(2, noise), .. Speech(3), .. Level(1, noise), .. Speech(2), .. Level(2, noise)]);
        Assert.That(chunks, Has.Count.EqualTo(2));
        Assert.That(chunks[0].Start, Is.EqualTo(1.8).Within(0.05));
        Assert.That(chunks[0].End, Is.EqualTo(5.2).Within(0.1));
        Assert.That(chunks[1].Start, Is.EqualTo(5.8).Within(0.05));
        Assert.That(chunks[1].End, Is.EqualTo(8.2).Within(0.1));
    }

    [Test]
    public void A_short_silence_does_not_cut() =>
        Assert.That(SpeechSplitter.Split([.. Level(1), .. Speech(3), .. Level(0.25), .. Speech(3), .. Level(1)]), Has.Count.EqualTo(1));

    [Test]
    public void A_click_is_no_speech() =>
        Assert.That(
            SpeechSplitter.Split([.. Level(3), .. Level(0.03, Loud), .. Level(3), .. Speech(3), .. Level(1)]), Has.Count.EqualTo(1));

    [Test]
    public void A_quieter_speaker_later_is_heard_too() =>
        Assert.That(SpeechSplitter.Split([.. Speech(5), .. Level(12), .. Speech(3, -42), .. Level(12)]), Has.Count.EqualTo(2));

    [Test]
    public void Speech_without_a_silence_is_cut_at_its_quietest_place()
    {
        var chunks = SpeechSplitter.Split([.. Level(1), .. Speech(14), .. Level(0.2), .. Speech(15), .. Level(1)]);
        Assert.That(chunks, Has.Count.EqualTo(2));
        Assert.That(chunks[0].End, Is.EqualTo(15.1).Within(0.1));
        Assert.That(chunks[1].Start, Is.EqualTo(chunks[0].End));
    }

    [Test]
    public void Chunks_never_overlap_nor_outgrow_the_limit()
    {
        var random = new Random(7);
        var levels = Enumerable.Range(0, 400)
            .SelectMany(_ => random.Next(3) == 0 ? Level(random.NextDouble()) : Speech(random.NextDouble() * 3))
            .ToArray();
        var chunks = SpeechSplitter.Split(levels);
        Assert.That(chunks, Has.All.Matches<AudioSpan>(c => c.Length is > 0 and <= 20.001));
        Assert.That(chunks.Zip(chunks.Skip(1)), Has.All.Matches<(AudioSpan A, AudioSpan B)>(p => p.A.End <= p.B.Start + 1e-9));
    }

    [Test]
    public void The_meter_measures_the_same_however_samples_come_in()
    {
        var samples = Enumerable.Range(0, 16000).Select(i => (short)(8000 * Math.Sin(i * 0.3))).ToArray();
        var whole = new LevelMeter();
        whole.Add(samples);
        var parts = new LevelMeter();
        foreach (var part in samples.Chunk(333))
            parts.Add(part);
        Assert.That(whole.Levels, Has.Count.EqualTo(100));
        Assert.That(parts.Levels, Is.EqualTo(whole.Levels));
    }
}
