using System.Numerics;

namespace AiDub.Domain.Speakers;

/// <summary>
/// Finds the pitch of about 40 ms of sound by YIN (de Cheveigné and Kawahara, JASA 111, 2002, steps 1 to 5): the shortest lag at which the
/// cumulative mean normalised difference d'(τ) = d(τ)·τ / Σ d(1…τ) has a minimum below a threshold, placed by a parabola.
/// </summary>
internal sealed class PitchDetector
{
    /// <summary>The rate of the sound, in Hz: speech has its fundamental far below half of it.</summary>
    public const int SampleRate = 8000;

    /// <summary>How many samples are looked at.</summary>
    public const int FrameSamples = Window + LongestLag + 1;

    private const int Window = 240;
    private const int ShortestLag = SampleRate / 450;
    private const int LongestLag = SampleRate / 60;
    private const double Threshold = 0.2;
    private readonly double[] _difference = new double[LongestLag + 2];

    /// <summary>The pitch in Hz, 60 to 450; null when the sound has none.</summary>
    public double? Find(ReadOnlySpan<float> frame)
    {
        var sum = 0.0;
        _difference[0] = 1;
        for (var lag = 1; lag <= LongestLag + 1; lag++)
        {
            var difference = Difference(frame[..Window], frame.Slice(lag, Window));
            sum += difference;
            _difference[lag] = sum > 0 ? difference * lag / sum : 1;
            var before = lag - 1;
            if (before >= ShortestLag && _difference[before] < Threshold && _difference[lag] >= _difference[before])
                return SampleRate / (before + Offset(_difference[before - 1], _difference[before], _difference[lag]));
        }
        return null;
    }

    private static double Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(a[i..]) - new Vector<float>(b[i..]);
            sums += difference * difference;
        }
        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    // Where the parabola through three neighbouring values is lowest, from the middle one.
    private static double Offset(double before, double at, double after)
    {
        var curve = before - (2 * at) + after;
        return curve > 0 ? Math.Clamp((before - after) / (2 * curve), -0.5, 0.5) : 0;
    }
}
