using AiDub.Domain.Audio;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Audio;

public sealed class GainEnvelopeTests
{
    private const int Rate = 1000;
    private static readonly MixOptions Options = new()
    {
        DuckingDb = -20,
        AttackSeconds = 0.1,
        ReleaseSeconds = 0.2,
        PaddingSeconds = 0,
        BridgeSeconds = 0.4,
    };

    [Test]
    public void The_original_is_untouched_away_from_speech()
    {
        var gains = Gains(5, new AudioSpan(2, 3));

        Assert.That(gains[..1900], Is.All.EqualTo(1f));
        Assert.That(gains[3200..], Is.All.EqualTo(1f));
    }

    [Test]
    public void The_original_is_lowered_all_through_speech()
    {
        Assert.That(Gains(5, new AudioSpan(2, 3))[2000..3001], Is.All.EqualTo(0.1f).Within(1e-5));
    }

    [Test]
    public void The_slopes_are_even_in_decibels()
    {
        var gains = Gains(5, new AudioSpan(2, 3));

        Assert.That(20 * Math.Log10(gains[1950]), Is.EqualTo(-10).Within(0.01));
        Assert.That(20 * Math.Log10(gains[3050]), Is.EqualTo(-15).Within(0.01));
    }

    [Test]
    public void A_short_pause_stays_lowered()
    {
        Assert.That(Gains(5, new AudioSpan(2, 2.5), new AudioSpan(2.8, 3))[2000..3000], Is.All.EqualTo(0.1f).Within(1e-5));
    }

    [Test]
    public void A_longer_pause_does_not()
    {
        Assert.That(Gains(5, new AudioSpan(1, 2), new AudioSpan(2.5, 3))[2201..2399], Is.All.EqualTo(1f));
    }

    [Test]
    public void Chunks_join_without_a_seam()
    {
        AudioSpan[] speech = [new(0, 0.3), new(1, 2), new(1.5, 1.7), new(2.35, 2.6), new(4.9, 6)];
        var envelope = new GainEnvelope(speech, new MixOptions { BridgeSeconds = 0.1 }, Rate);
        var whole = new float[5000];
        envelope.Fill(0, whole);
        var parts = new float[5000];
        for (var at = 0; at < parts.Length; at += 77)
            envelope.Fill(at, parts.AsSpan(at, Math.Min(77, parts.Length - at)));

        Assert.That(parts, Is.EqualTo(whole));
    }

    [Test]
    public void No_step_is_audible()
    {
        var gains = Gains(5, new AudioSpan(1, 2), new AudioSpan(2.41, 3));

        Assert.That(gains.Zip(gains.Skip(1), (a, b) => Math.Abs(20 * Math.Log10(a / b))).Max(), Is.LessThan(0.25));
    }

    [Test]
    public void Whatever_is_spoken_nothing_pumps()
    {
        var random = new Random(4);
        for (var round = 0; round < 100; round++)
        {
            var (speech, at) = (new List<AudioSpan>(), 0.0);
            while (at < 25)
            {
                at += random.NextDouble() * (random.Next(3) == 0 ? 2 : 0.5);
                speech.Add(new AudioSpan(at, at += 0.1 + random.NextDouble()));
            }
            var envelope = new GainEnvelope(speech, Options, Rate);
            var gains = new float[30 * Rate];
            envelope.Fill(0, gains);

            var steps = gains.Zip(gains.Skip(1), (a, b) => 20 * Math.Log10(b / a)).ToList();
            Assert.That(steps.Min(), Is.GreaterThanOrEqualTo(-20 / 0.1 / Rate - 1e-4), "never down faster than the attack");
            Assert.That(steps.Max(), Is.LessThanOrEqualTo(20 / 0.2 / Rate + 1e-4), "never up faster than the release");
            Assert.That(
                envelope.Lowered.Zip(envelope.Lowered.Skip(1), (a, b) => b.Start - a.End),
                Is.All.GreaterThanOrEqualTo(Options.BridgeSeconds));
            foreach (var (before, after) in speech.Zip(speech.Skip(1)).Where(pair => pair.Second.Start - pair.First.End < 0.4))
                Assert.That(
                    gains[(int)(before.End * Rate)..(int)(after.Start * Rate)],
                    Is.All.EqualTo(0.1f).Within(1e-5),
                    "a short gap stays lowered");
        }
    }

    private static float[] Gains(double seconds, params AudioSpan[] speech)
    {
        var gains = new float[(int)(seconds * Rate)];
        new GainEnvelope(speech, Options, Rate).Fill(0, gains);
        return gains;
    }
}
