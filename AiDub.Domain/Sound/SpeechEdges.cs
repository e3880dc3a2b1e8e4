namespace AiDub.Domain.Sound;

/// <summary>Finds where speech begins and ends within a recording.</summary>
public static class SpeechEdges
{
    private const double ThresholdDb = -50;
    private const double MarginSeconds = 0.02;
    private const double FadeSeconds = 0.005;

    /// <summary>
    /// The recording without the silence at its ends, with short fades there. Silence is what stays 50 dB below the peak;
    /// 20 ms of it are kept on either side. Empty when all of it is silent.
    /// </summary>
    public static short[] Trim(ReadOnlySpan<short> samples, int sampleRate)
    {
        var peak = 0;
        foreach (var sample in samples)
            peak = Math.Max(peak, Math.Abs((int)sample));
        if (peak <= 1)
            return [];
        var threshold = Math.Max(1, peak * Math.Pow(10, ThresholdDb / 20));
        var (first, last) = (0, samples.Length - 1);
        while (Math.Abs((int)samples[first]) < threshold)
            first++;
        while (Math.Abs((int)samples[last]) < threshold)
            last--;
        var margin = (int)(MarginSeconds * sampleRate);
        first = Math.Max(0, first - margin);
        last = Math.Min(samples.Length - 1, last + margin);
        var trimmed = samples[first..(last + 1)].ToArray();
        Fade(trimmed, (int)(FadeSeconds * sampleRate));
        return trimmed;
    }

    private static void Fade(Span<short> samples, int length)
    {
        length = Math.Min(length, samples.Length / 2);
        for (var i = 0; i < length; i++)
        {
            var gain = (double)i / length;
            samples[i] = (short)(samples[i] * gain);
            samples[^(i + 1)] = (short)(samples[^(i + 1)] * gain);
        }
    }
}
