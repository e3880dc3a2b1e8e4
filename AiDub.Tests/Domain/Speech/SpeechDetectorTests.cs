using AiDub.Domain.Speech;
using AiDub.Tests.Jobs.Engines.PocketSphinx;

namespace AiDub.Tests.Domain.Speech;

public sealed class SpeechDetectorTests
{
    private const int Rate = Recordings.Rate;
    private static readonly short[] Voice = Recordings.ReadByAPerson().Samples[..(10 * Rate)];

    [TestCase(0)]
    [TestCase(500)]
    [TestCase(300)]
    public void A_person_speaks_also_in_noise(int noise) =>
        Assert.That(IsSpeech(Mixed(Voice, Recordings.Noise(10, noise == 0 ? 1 : noise))), Is.True);

    [Test]
    public void A_person_speaks_also_over_quiet_music() =>
        Assert.That(IsSpeech(Mixed(Voice, [.. Recordings.Music(10).Select(s => (short)(s / 10))])), Is.True);

    [Test]
    public void A_sentence_in_ten_seconds_of_silence_is_speech() =>
        Assert.That(IsSpeech([.. Voice[..(3 * Rate)], .. Recordings.Silence(7)]), Is.True);

    [Test]
    public void Silence_noise_tones_beeps_beats_and_typing_are_none()
    {
        Assert.That(IsSpeech(Recordings.Silence(10)), Is.False, "silence");
        Assert.That(IsSpeech(Recordings.Noise(10, 3000)), Is.False, "noise");
        Assert.That(IsSpeech(Recordings.Music(10)), Is.False, "music");
        Assert.That(IsSpeech(Made(t => 0.3 * Math.Sin(2 * Math.PI * 330 * t))), Is.False, "a tone");
        Assert.That(IsSpeech(Made(t => t % 1 < 0.2 ? 0.5 * Math.Sin(2 * Math.PI * 800 * t) : 0)), Is.False, "beeps");
        Assert.That(IsSpeech(Made(t => 0.3 * Math.Sin((2 * Math.PI * 600 * t) + (200 * Math.Sin(Math.PI * t))))), Is.False, "a siren");
        var random = new Random(3);
        Assert.That(
            IsSpeech(Made(t =>
                (0.6 * (random.NextDouble() - 0.5) * Math.Exp(-20 * (t % 0.25)))
                    + (0.5 * Math.Sin(2 * Math.PI * 60 * t) * Math.Exp(-8 * (t % 0.5))))),
            Is.False,
            "drums");
        Assert.That(
            IsSpeech(Made(t => 0.9 * (random.NextDouble() - 0.5) * Math.Exp(-200 * ((t + (0.05 * Math.Sin(3 * t))) % 0.13)))),
            Is.False,
            "typing");
    }

    private static bool IsSpeech(short[] samples)
    {
        var detector = new SpeechDetector(Rate);
        foreach (var sample in samples)
            detector.Add(sample / 32768f);
        return detector.IsSpeech(0, detector.Frames);
    }

    private static short[] Mixed(short[] a, short[] b) => [.. a.Zip(b, (x, y) => (short)Math.Clamp(x + y, short.MinValue, short.MaxValue))];

    private static short[] Made(Func<double, double> wave) =>
        [.. Enumerable.Range(0, 10 * Rate).Select(i => (short)(32767 * wave(i / (double)Rate)))];
}
