namespace AiDub.Domain.Speech;

/// <summary>How a level rises and falls about its mean of 0.4 s, as syllables do.</summary>
internal static class LevelMovement
{
    private const float Deepest = 40;
    private const float ActiveRange = 25;
    private const int Fast = 6;
    private const int Slow = 40;
    private const int ShortestBeat = 12;
    private const int LongestBeat = 130;

    /// <summary>The movement of levels (10 ms each) in dB, and where something is heard at all.</summary>
    /// <param name="levels">In dB.</param>
    /// <param name="top">The level of what is loud.</param>
    public static (float[] Movement, bool[] IsActive) Of(IReadOnlyList<float> levels, float top)
    {
        var clamped = levels.Select(level => Math.Max(level, top - Deepest)).ToArray();
        var (fast, slow) = (Means(clamped, Fast), Means(clamped, Slow));
        return ([.. fast.Zip(slow, (f, s) => f - s)], [.. slow.Select(s => s > top - ActiveRange)]);
    }

    /// <summary>How strong it is where something is heard, in dB.</summary>
    public static double Strength(float[] movement, bool[] isActive)
    {
        var active = movement.Where((_, i) => isActive[i]).ToList();
        return active.Count == 0 ? 0 : Math.Sqrt(active.Average(m => m * m));
    }

    /// <summary>How much of it comes again after the same time, 0.12 to 1.3 s: 1 for a beat.</summary>
    public static double Regularity(float[] movement)
    {
        var power = movement.Sum(m => (double)m * m) / movement.Length;
        var most = 0.0;
        for (var lag = ShortestBeat; lag < LongestBeat && power > 0; lag += 2)
        {
            var count = movement.Length - lag;
            if (count < LongestBeat)
                break;
            var sum = 0.0;
            for (var i = 0; i < count; i++)
                sum += movement[i] * movement[i + lag];
            most = Math.Max(most, sum / count / power);
        }
        return most;
    }

    private static float[] Means(float[] values, int width)
    {
        var means = new float[values.Length];
        var sum = 0.0;
        int from = 0, to = 0;
        for (var i = 0; i < means.Length; i++)
        {
            for (; to < Math.Min(values.Length, i + (width / 2) + 1); to++)
                sum += values[to];
            for (; from < i - (width / 2); from++)
                sum -= values[from];
            means[i] = (float)(sum / (to - from));
        }
        return means;
    }
}
