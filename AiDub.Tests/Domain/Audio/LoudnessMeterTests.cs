using AiDub.Domain.Audio;

namespace AiDub.Tests.Domain.Audio;

public sealed class LoudnessMeterTests
{
    // EBU Tech 3341 test cases 1 to 3 and 5, in one channel of the two that they have: 3 LU less.
    [TestCase(-23, -26.0)]
    [TestCase(-33, -36.0)]
    public void A_steady_tone_of_1_kHz_measures_as_EBU_Tech_3341_says(double dbfs, double lufs)
    {
        Assert.That(Measure(Tones.Sine(1000, Level(dbfs), 20)), Is.EqualTo(lufs).Within(0.1));
    }

    [TestCase(16000)]
    [TestCase(44100)]
    [TestCase(96000)]
    public void The_rate_does_not_matter(int rate)
    {
        Assert.That(Measure(Tones.Sine(1000, Level(-20), 5, rate), rate), Is.EqualTo(-23.0).Within(0.1));
    }

    [Test]
    public void Quiet_parts_are_gated_out()
    {
        float[] sound = [.. Tones.Sine(1000, Level(-36), 10), .. Tones.Sine(1000, Level(-23), 60), .. Tones.Sine(1000, Level(-36), 10)];

        Assert.That(Measure(sound), Is.EqualTo(-26.0).Within(0.1));
    }

    [Test]
    public void The_same_sound_in_two_channels_is_3_LU_louder()
    {
        var tone = Tones.Sine(1000, Level(-23), 5);
        var meter = new LoudnessMeter(48000, 2);

        meter.Add(tone.SelectMany(s => new[] { s, s }).ToArray());

        Assert.That(meter.Integrated, Is.EqualTo(-23.0).Within(0.1));
    }

    [Test]
    public void Silence_has_no_loudness()
    {
        Assert.That(Measure(Tones.Silence(2)), Is.Null);
    }

    private static double? Measure(float[] samples, int rate = 48000)
    {
        var meter = new LoudnessMeter(rate, 1);
        meter.Add(samples);
        return meter.Integrated;
    }

    private static double Level(double dbfs) => Math.Pow(10, dbfs / 20);
}
