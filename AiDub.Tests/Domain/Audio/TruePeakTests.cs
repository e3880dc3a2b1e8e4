using AiDub.Domain.Audio;

namespace AiDub.Tests.Domain.Audio;

public sealed class TruePeakTests
{
    // EBU Tech 3341 test cases 15 to 19: tones whose samples miss their peaks; +0.2 and -0.4 dB are allowed.
    [TestCase(12000, 45, 0.5, -6.0)]
    [TestCase(8000, 60, 0.5, -6.0)]
    [TestCase(6000, 67.5, 0.5, -6.0)]
    [TestCase(12000, 45, 1.41, 3.0)]
    public void Peaks_between_samples_are_found(double hertz, double degrees, double amplitude, double dbtp)
    {
        var meter = new TruePeakMeter(1);

        meter.Add(Tones.FadedIn(Tones.Sine(hertz, amplitude, 1, phase: degrees * Math.PI / 180), 0.1));

        Assert.That(meter.Dbtp, Is.InRange(dbtp - 0.4, dbtp + 0.2));
    }

    [Test]
    public void A_peak_in_the_first_channel_does_not_leak_into_the_second()
    {
        var meter = new TruePeakMeter(2);

        meter.Add(Tones.Sine(997, 0.5, 1).SelectMany(s => new[] { s, 0f }).ToArray());

        Assert.That(meter.Dbtp, Is.EqualTo(-6.02).Within(0.05));
    }

    [Test]
    public void What_is_below_the_ceiling_passes_the_limiter_unchanged()
    {
        var limiter = new PeakLimiter(48000, 1, -1.5);
        var sound = Tones.Sine(440, 0.8, 1);
        var limited = sound.ToArray();

        limiter.Process(limited);

        Assert.That(limited[limiter.Delay..], Is.EqualTo(sound[..^limiter.Delay]));
    }

    [TestCase(2.0)]
    [TestCase(8.0)]
    public void Nothing_leaves_the_limiter_above_the_ceiling(double amplitude)
    {
        var limiter = new PeakLimiter(48000, 1, -1.5);
        float[] sound =
        [
            .. Tones.Noise(0.3, 0.5, 1), .. Tones.Noise(amplitude, 0.5, 2),
            .. Tones.Noise(0.3, 0.5, 3), .. Tones.Sine(11025, amplitude, 0.5),
        ];

        limiter.Process(sound);

        var meter = new TruePeakMeter(1);
        meter.Add(sound);
        Assert.That(meter.Dbtp, Is.InRange(-3.0, -1.3));
    }

    [Test]
    public void The_limiter_lets_go_after_a_peak()
    {
        var limiter = new PeakLimiter(48000, 1, -1.5);
        var quiet = Tones.Sine(440, 0.5, 3);
        float[] sound = [.. Tones.Sine(440, 2, 0.1), .. quiet];

        limiter.Process(sound);

        Assert.That(sound[^4800..], Is.EqualTo(quiet.AsSpan(quiet.Length - 4800 - limiter.Delay, 4800).ToArray()));
    }
}
