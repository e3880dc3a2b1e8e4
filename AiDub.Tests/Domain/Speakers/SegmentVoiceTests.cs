using AiDub.Domain.Speakers;

namespace AiDub.Tests.Domain.Speakers;

public sealed class SegmentVoiceTests
{
    [TestCase(70)]
    [TestCase(110)]
    [TestCase(173.3)]
    [TestCase(220)]
    [TestCase(390)]
    public void The_pitch_of_a_voice_is_found(double hertz)
    {
        var print = new SegmentVoice().Measure(Voice(hertz, 1.5))!;

        Assert.That(print.PitchHz, Is.EqualTo(hertz).Within(0.01 * hertz));
        Assert.That(print.PitchSpread, Is.LessThan(0.2));
        Assert.That(print.VoicedSeconds, Is.EqualTo(1.5).Within(0.15));
    }

    [Test]
    public void The_pitch_is_found_under_noise()
    {
        var noise = new Random(1);
        var noisy = Voice(140, 1.5).Select(s => (short)(s + noise.Next(-600, 600))).ToArray();

        Assert.That(new SegmentVoice().Measure(noisy)!.PitchHz, Is.EqualTo(140).Within(2));
    }

    [Test]
    public void The_spread_of_pitches_is_in_semitones()
    {
        short[] glide = [.. Enumerable.Range(0, 13).SelectMany(step => Voice(110 * Math.Pow(2, step / 12.0), 0.3))];

        Assert.That(new SegmentVoice().Measure(glide)!.PitchSpread, Is.EqualTo(6).Within(1));
    }

    [Test]
    public void Level_changes_neither_pitch_nor_timbre()
    {
        var loud = Voice(120, 1);
        var (a, b) = (new SegmentVoice().Measure(loud)!, new SegmentVoice().Measure([.. loud.Select(s => (short)(s / 4))])!);

        Assert.That(b.PitchHz, Is.EqualTo(a.PitchHz).Within(0.1));
        Assert.That(b.Timbre, Is.EqualTo(a.Timbre).Within(0.1));
    }

    [Test]
    public void Silence_and_noise_and_next_to_nothing_have_no_voice()
    {
        var noise = new Random(1);

        Assert.That(new SegmentVoice().Measure(new short[16000]), Is.Null);
        Assert.That(new SegmentVoice().Measure([.. Enumerable.Range(0, 16000).Select(_ => (short)noise.Next(-9000, 9000))]), Is.Null);
        Assert.That(new SegmentVoice().Measure(Voice(120, 0.03)), Is.Null);
        Assert.That(new SegmentVoice().Measure([]), Is.Null);
    }

    // Harmonics that fall by 6 dB an octave, as a sawtooth's do.
    private static short[] Voice(double hertz, double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * 16000)).Select(n => (short)(6000 * Enumerable.Range(1, (int)(7000 / hertz))
            .Sum(h => Math.Sin(2 * Math.PI * h * hertz * n / 16000) / h)))];
}
