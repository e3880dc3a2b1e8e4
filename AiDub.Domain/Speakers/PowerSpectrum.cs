using System.Numerics;
using AiDub.Domain.Numerics;

namespace AiDub.Domain.Speakers;

/// <summary>The power of a short stretch of sound by frequency, under a Hann window.</summary>
internal sealed class PowerSpectrum
{
    private readonly double[] _window;
    private readonly FourierTransform _transform;
    private readonly Complex[] _values;

    /// <summary>A transform of so many samples.</summary>
    /// <param name="samples">How long the stretch is; it is padded with zeros to <paramref name="size"/>.</param>
    /// <param name="size">A power of two.</param>
    public PowerSpectrum(int samples, int size)
    {
        _window = [.. Enumerable.Range(0, samples).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / samples)))];
        (_transform, _values) = (new FourierTransform(size), new Complex[size]);
        Bins = new double[(size / 2) + 1];
    }

    /// <summary>The powers from 0 Hz to half the sample rate, as of the last stretch.</summary>
    public double[] Bins { get; }

    /// <summary>Measures a stretch into <see cref="Bins"/>.</summary>
    public void Measure(ReadOnlySpan<float> samples)
    {
        Array.Clear(_values);
        for (var i = 0; i < _window.Length; i++)
            _values[i] = samples[i] * _window[i];
        _transform.Forward(_values);
        for (var i = 0; i < Bins.Length; i++)
            Bins[i] = (_values[i].Real * _values[i].Real) + (_values[i].Imaginary * _values[i].Imaginary);
    }
}
