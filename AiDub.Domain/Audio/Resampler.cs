using System.Numerics;

namespace AiDub.Domain.Audio;

/// <summary>
/// Brings sound from one rate to another: a Kaiser-windowed sinc for each of the places that a new sample can have between two old ones.
/// </summary>
/// <remarks>
/// It keeps nothing between calls, so that any stretch can be had. Up to 0.43 of the lower rate nothing changes by 0.1 dB; what lies above
/// half of it is 80 dB down. Where the rates are equal, samples pass unchanged.
/// </remarks>
public sealed class Resampler
{
    private const int TapsAtUnity = 64;
    private const double Beta = 8;
    private const double Cutoff = 0.94;
    private readonly int _from;
    private readonly int _to;
    private readonly int _taps;
    private readonly float[][] _phases;

    /// <summary>A resampler between two rates in Hz, 1000 or more.</summary>
    public Resampler(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 1000);
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        (_from, _to) = (from / divisor, to / divisor);

        // Going down, the filter is as much longer as its band is narrower; the number of taps stays a multiple of every vector's length.
        _taps = from == to ? 1 : TapsAtUnity * (int)Math.Ceiling(Math.Max(1, (double)from / to));
        _phases = new float[_to][];
    }

    /// <summary>How many new samples so many old ones make.</summary>
    public long Length(long frames) => (long)Math.Round((double)frames * _to / _from);

    /// <summary>Which old samples new ones are made of; those before the first and after the last are to be given as silence.</summary>
    /// <param name="first">The number of the first new sample, from 0.</param>
    /// <param name="count">How many new samples, 1 or more.</param>
    public (long First, int Count) Needed(long first, int count)
    {
        var from = Whole(first) - Before;
        return (from, (int)(Whole(first + count - 1) + _taps - Before - from));
    }

    /// <summary>Makes new samples.</summary>
    /// <param name="old">The samples that are <see cref="Needed"/>.</param>
    /// <param name="first">The number of the first new sample.</param>
    /// <param name="samples">What is written.</param>
    public void Resample(ReadOnlySpan<float> old, long first, Span<float> samples)
    {
        var start = Whole(first);
        for (var i = 0; i < samples.Length; i++)
        {
            var at = (first + i) * _from;
            samples[i] = Dot(Phase((int)(at % _to)), old.Slice((int)((at / _to) - start), _taps));
        }
    }

    private int Before => _taps == 1 ? 0 : (_taps / 2) - 1;

    private long Whole(long sample) => sample * _from / _to;

    private static float Dot(float[] taps, ReadOnlySpan<float> window)
    {
        if (taps.Length == 1)
            return window[0];
        var sums = Vector<float>.Zero;
        for (var i = 0; i < taps.Length; i += Vector<float>.Count)
            sums += new Vector<float>(taps, i) * new Vector<float>(window[i..]);
        return Vector.Sum(sums);
    }

    private float[] Phase(int phase) => _phases[phase] ??= _taps == 1 ? [1] : Filter((double)phase / _to);

    private float[] Filter(double offset)
    {
        var cutoff = Cutoff * Math.Min(1, (double)_to / _from);
        var taps = new double[_taps];
        for (var i = 0; i < _taps; i++)
        {
            var x = i - Before - offset;
            taps[i] = KaiserWindow.At(x / (_taps / 2.0), Beta) * (x == 0 ? cutoff : Math.Sin(Math.PI * cutoff * x) / (Math.PI * x));
        }
        var sum = taps.Sum();
        return [.. taps.Select(t => (float)(t / sum))];
    }
}
