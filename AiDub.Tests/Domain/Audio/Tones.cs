namespace AiDub.Tests.Domain.Audio;

/// <summary>Sound for tests.</summary>
internal static class Tones
{
    public static float[] Sine(double hertz, double amplitude, double seconds, int rate = 48000, double phase = 0) =>
        [.. Enumerable.Range(0, (int)(seconds * rate)).Select(n =>
            (float)(amplitude * Math.Sin((2 * Math.PI * hertz * n / rate) + phase)))];

    public static float[] Noise(double amplitude, double seconds, int seed, int rate = 48000)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)(seconds * rate)).Select(_ => (float)(amplitude * ((2 * random.NextDouble()) - 1)))];
    }

    public static float[] FadedIn(float[] sound, double seconds, int rate = 48000) =>
        [.. sound.Select((s, n) => (float)(s * Math.Min(1, n / (seconds * rate))))];

    public static float[] Silence(double seconds, int rate = 48000) => new float[(int)(seconds * rate)];
}
