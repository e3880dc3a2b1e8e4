namespace AiDub.Domain.Speakers;

/// <summary>
/// Measures the voice in stretches of speech, one after another: nothing of a stretch is kept but its <see cref="VoicePrint"/>.
/// </summary>
public sealed class SegmentVoice
{
    /// <summary>The rate of the speech, in Hz.</summary>
    public const int SampleRate = 16000;

    private const int Hop = SampleRate / 50;
    private const int Reach = 2 * PitchDetector.FrameSamples;

    // Softer frames are left out: there music and noise are as loud as the voice.
    private const double QuietestDb = -18;
    private const double LoudShare = 0.95;
    private readonly MelCepstrum _cepstrum = new();
    private readonly PitchDetector _pitch = new();

    /// <summary>The voice of a stretch of mono speech; null when nothing in it is voiced.</summary>
    public VoicePrint? Measure(ReadOnlySpan<short> samples)
    {
        if (samples.Length < Reach)
            return null;
        var sound = new float[samples.Length];
        for (var i = 0; i < sound.Length; i++)
            sound[i] = samples[i] / 32768f;
        var half = Halved(sound);
        var floor = Floor(sound);
        var pitches = new List<double>();
        var (sums, squares) = (new double[MelCepstrum.Coefficients], new double[MelCepstrum.Coefficients]);
        Span<double> timbre = stackalloc double[MelCepstrum.Coefficients];
        for (var at = 0; at + Reach <= sound.Length; at += Hop)
        {
            var middle = sound.AsSpan(at + ((Reach - MelCepstrum.FrameSamples) / 2), MelCepstrum.FrameSamples);
            if (Power(middle) < floor || _pitch.Find(half.AsSpan(at / 2, PitchDetector.FrameSamples)) is not { } pitch)
                continue;
            pitches.Add(pitch);
            _cepstrum.Measure(middle, timbre);
            for (var k = 0; k < timbre.Length; k++)
            {
                sums[k] += timbre[k];
                squares[k] += timbre[k] * timbre[k];
            }
        }
        return pitches.Count == 0 ? null : Print(pitches, sums, squares);
    }

    private static VoicePrint Print(List<double> pitches, double[] sums, double[] squares)
    {
        pitches.Sort();
        var count = pitches.Count;
        return new VoicePrint
        {
            VoicedSeconds = (double)count * Hop / SampleRate,
            PitchHz = pitches[count / 2],
            PitchSpread = 12 * Math.Log2(pitches[count * 3 / 4] / pitches[count / 4]),
            Timbre = [.. sums.Select(s => s / count)],
            TimbreVariance = [.. sums.Zip(squares, (s, q) => Math.Max(0, (q / count) - (s / count * (s / count))))],
        };
    }

    private static double Floor(float[] sound)
    {
        var powers = new List<double>();
        for (var at = 0; at + MelCepstrum.FrameSamples <= sound.Length; at += Hop)
            powers.Add(Power(sound.AsSpan(at, MelCepstrum.FrameSamples)));
        powers.Sort();
        return Math.Max(1e-9, powers[(int)(LoudShare * (powers.Count - 1))] * Math.Pow(10, QuietestDb / 10));
    }

    private static double Power(ReadOnlySpan<float> samples)
    {
        var sum = 0f;
        foreach (var sample in samples)
            sum += sample * sample;
        return sum / samples.Length;
    }

    // A half-band low pass of seven taps, then every other sample.
    private static float[] Halved(float[] sound)
    {
        var half = new float[sound.Length / 2];
        for (var i = 0; i < half.Length; i++)
        {
            var at = 2 * i;
            half[i] = (((16 * sound[at]) + (9 * (At(sound, at - 1) + At(sound, at + 1)))) - At(sound, at - 3) - At(sound, at + 3)) / 32;
        }
        return half;
    }

    private static float At(float[] sound, int index) => index >= 0 && index < sound.Length ? sound[index] : 0;
}
