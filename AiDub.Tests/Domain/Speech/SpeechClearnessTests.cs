using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Speech;

public sealed class SpeechClearnessTests
{
    private const int Rate = 24000;

    [TestCase(0.1, 30, 60)]
    [TestCase(1, 15, 30)]
    [TestCase(10, 0, 12)]
    public void A_voice_is_as_clear_as_what_is_beside_it_is_quiet(double noisePercent, double least, double most) =>
        Assert.That(SpeechClearness.Of(Voice(0.3, noisePercent / 100), Rate), Is.InRange(least, most));

    [Test]
    public void A_voice_that_was_recorded_too_loud_is_less_clear() =>
        Assert.That(SpeechClearness.Of(Voice(3, 0.001), Rate), Is.LessThan(SpeechClearness.Of(Voice(0.3, 0.001), Rate) - 10));

    [Test]
    public void Nothing_is_not_clear() => Assert.That(SpeechClearness.Of([], Rate), Is.Zero);

    // Half a second of sound, a quarter of pause, and so on, over noise.
    private static short[] Voice(double level, double noise)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 4 * Rate).Select(i =>
        {
            var voice = i % (3 * Rate / 4) < Rate / 2 ? level * Math.Sin(i * 0.3) : 0;
            return (short)(32767 * Math.Clamp(voice + (noise * (random.NextDouble() - 0.5) * 2), -1, 1));
        })];
    }
}
