using AiDub.Domain.Audio;

namespace AiDub.Tests.Domain.Audio;

public sealed class ResamplerTests
{
    [TestCase(22050, 300)]
    [TestCase(22050, 8000)]
    [TestCase(16000, 1000)]
    [TestCase(24000, 5000)]
    [TestCase(44100, 15000)]
    [TestCase(96000, 10000)]
    public void A_tone_below_the_band_edge_comes_out_as_it_is(int from, double hertz)
    {
        var old = Tone(from, hertz, from);

        var made = Resampled(old, from, 48000);

        Assert.That(made, Has.Length.EqualTo(48000));
        var wanted = Tone(48000, hertz, 48000);
        Assert.That(made.Zip(wanted).Skip(400).SkipLast(400).Max(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(0.006));
    }

    [Test]
    public void What_the_lower_rate_cannot_hold_is_left_out()
    {
        var made = Resampled(Tone(96000, 30000, 96000), 96000, 48000);

        Assert.That(made[400..^400].Max(Math.Abs), Is.LessThan(0.001));
    }

    [Test]
    public void No_image_appears_above_the_old_band()
    {
        // The image of 9 kHz at 22.05 kHz lies at 13.05 kHz: what is there when the tone itself is subtracted.
        var made = Resampled(Tone(22050, 9000, 22050), 22050, 48000);

        var (cosine, sine) = (0.0, 0.0);
        for (var i = 400; i < 47600; i++)
        {
            cosine += made[i] * Math.Cos(2 * Math.PI * 13050 * i / 48000);
            sine += made[i] * Math.Sin(2 * Math.PI * 13050 * i / 48000);
        }
        Assert.That(2 * Math.Sqrt((cosine * cosine) + (sine * sine)) / 47200, Is.LessThan(0.0003));
    }

    [Test]
    public void Equal_rates_change_nothing()
    {
        var old = Tone(48000, 440, 4800);

        Assert.That(Resampled(old, 48000, 48000), Is.EqualTo(old));
    }

    [Test]
    public void Pieces_make_the_same_as_the_whole()
    {
        var old = Tone(22050, 440, 22050);

        Assert.That(Resampled(old, 22050, 48000, piece: 777), Is.EqualTo(Resampled(old, 22050, 48000, piece: 48000)));
    }

    private static float[] Tone(int rate, double hertz, int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    private static float[] Resampled(float[] old, int from, int to, int piece = 4096)
    {
        var resampler = new Resampler(from, to);
        var made = new float[resampler.Length(old.Length)];
        for (var at = 0; at < made.Length; at += piece)
        {
            var part = made.AsSpan(at, Math.Min(piece, made.Length - at));
            var (first, count) = resampler.Needed(at, part.Length);
            var needed = Enumerable.Range(0, count).Select(i => first + i).Select(i => i >= 0 && i < old.Length ? old[i] : 0).ToArray();
            resampler.Resample(needed, at, part);
        }
        return made;
    }
}
