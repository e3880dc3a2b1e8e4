namespace AiDub.Domain.Audio;

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
        if (Threshold(Peak(samples)) is not { } threshold)
            return [];
        var (first, last) = (0, samples.Length - 1);
        while (Math.Abs((int)samples[first]) < threshold)
            first++;
        while (Math.Abs((int)samples[last]) < threshold)
            last--;
        var margin = Margin(sampleRate);
        first = Math.Max(0, first - margin);
        last = Math.Min(samples.Length - 1, last + margin);
        var trimmed = samples[first..(last + 1)].ToArray();
        for (var i = 0; i < trimmed.Length; i++)
            trimmed[i] = (short)(trimmed[i] * Gain(i, trimmed.Length, sampleRate));
        return trimmed;
    }

    /// <summary>The largest of the samples without their signs, 0–32768.</summary>
    public static int Peak(ReadOnlySpan<short> samples)
    {
        var peak = 0;
        foreach (var sample in samples)
            peak = Math.Max(peak, Math.Abs((int)sample));
        return peak;
    }

    /// <summary>The level from which on samples are no silence, in a recording with this peak; null when all of it is silent.</summary>
    public static double? Threshold(int peak) => peak <= 1 ? null : Math.Max(1, peak * Math.Pow(10, ThresholdDb / 20));

    /// <summary>How many samples of silence are kept on either side.</summary>
    public static int Margin(int sampleRate) => (int)(MarginSeconds * sampleRate);

    /// <summary>What a sample of a trimmed recording is multiplied by, 0–1.</summary>
    /// <param name="at">Its place, from 0.</param>
    /// <param name="length">How many samples there are.</param>
    /// <param name="sampleRate">In Hz.</param>
    public static double Gain(long at, long length, int sampleRate)
    {
        var fade = Math.Min((int)(FadeSeconds * sampleRate), length / 2);
        var fromEdge = Math.Min(at, length - 1 - at);
        return fromEdge < fade ? (double)fromEdge / fade : 1;
    }
}
