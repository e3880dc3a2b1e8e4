namespace AiDub.Domain.Speakers;

/// <summary>
/// The power of a short stretch of sound by frequency: a Hann window, then a radix-2 Fourier transform (Cooley and Tukey, 1965).
/// </summary>
internal sealed class PowerSpectrum
{
    private readonly double[] _window;
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private readonly double[] _real;
    private readonly double[] _imaginary;

    /// <summary>A transform of so many samples.</summary>
    /// <param name="samples">How long the stretch is; it is padded with zeros to <paramref name="size"/>.</param>
    /// <param name="size">A power of two.</param>
    public PowerSpectrum(int samples, int size)
    {
        _window = [.. Enumerable.Range(0, samples).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / samples)))];
        _cosines = [.. Enumerable.Range(0, size / 2).Select(i => Math.Cos(2 * Math.PI * i / size))];
        _sines = [.. Enumerable.Range(0, size / 2).Select(i => -Math.Sin(2 * Math.PI * i / size))];
        (_real, _imaginary) = (new double[size], new double[size]);
        Bins = new double[(size / 2) + 1];
    }

    /// <summary>The powers from 0 Hz to half the sample rate, as of the last stretch.</summary>
    public double[] Bins { get; }

    /// <summary>Measures a stretch into <see cref="Bins"/>.</summary>
    public void Measure(ReadOnlySpan<float> samples)
    {
        Array.Clear(_imaginary);
        Array.Clear(_real);
        var bits = System.Numerics.BitOperations.Log2((uint)_real.Length);
        for (var i = 0; i < _window.Length; i++)
            _real[Reversed(i, bits)] = samples[i] * _window[i];
        for (var half = 1; half < _real.Length; half *= 2)
            Join(half);
        for (var i = 0; i < Bins.Length; i++)
            Bins[i] = (_real[i] * _real[i]) + (_imaginary[i] * _imaginary[i]);
    }

    private void Join(int half)
    {
        var step = _cosines.Length / half;
        for (var from = 0; from < _real.Length; from += 2 * half)
        {
            for (var i = 0; i < half; i++)
            {
                var (a, b) = (from + i, from + i + half);
                var (c, s) = (_cosines[i * step], _sines[i * step]);
                var (re, im) = ((_real[b] * c) - (_imaginary[b] * s), (_real[b] * s) + (_imaginary[b] * c));
                (_real[b], _imaginary[b]) = (_real[a] - re, _imaginary[a] - im);
                (_real[a], _imaginary[a]) = (_real[a] + re, _imaginary[a] + im);
            }
        }
    }

    private static int Reversed(int value, int bits)
    {
        var reversed = 0;
        for (var i = 0; i < bits; i++)
            reversed |= ((value >> i) & 1) << (bits - 1 - i);
        return reversed;
    }
}
