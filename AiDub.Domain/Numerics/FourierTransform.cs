using System.Numerics;

namespace AiDub.Domain.Numerics;

/// <summary>The discrete Fourier transform of a size that is a power of two (Cooley and Tukey); several threads may use it.</summary>
public sealed class FourierTransform
{
    private readonly Complex[] _turns;
    private readonly int[] _order;

    /// <summary>A transform.</summary>
    /// <param name="size">How many values it takes: a power of two, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public FourierTransform(int size)
    {
        if (size < 2 || !BitOperations.IsPow2(size))
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size must be a power of two.");
        _turns = [.. Enumerable.Range(0, size / 2).Select(i => Complex.FromPolarCoordinates(1, -2 * Math.PI * i / size))];
        _order = new int[size];
        for (var i = 1; i < size; i++)
            _order[i] = (_order[i / 2] / 2) + (i % 2 * size / 2);
    }

    /// <summary>Replaces values by their transform, Σ x·e^(−2πi·kn/N).</summary>
    /// <param name="values">As many as the size.</param>
    public void Forward(Span<Complex> values)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            if (_order[i] > i)
                (values[i], values[_order[i]]) = (values[_order[i]], values[i]);
        }
        for (var half = 1; half < _order.Length; half *= 2)
        {
            var stride = _order.Length / (2 * half);
            for (var from = 0; from < _order.Length; from += 2 * half)
            {
                for (var i = 0; i < half; i++)
                {
                    var (even, odd) = (values[from + i], values[from + half + i] * _turns[i * stride]);
                    (values[from + i], values[from + half + i]) = (even + odd, even - odd);
                }
            }
        }
    }

    /// <summary>Replaces a transform by what it is of, the sum divided by the size.</summary>
    /// <param name="values">As many as the size.</param>
    public void Backward(Span<Complex> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Complex.Conjugate(values[i]);
        Forward(values);
        for (var i = 0; i < values.Length; i++)
            values[i] = Complex.Conjugate(values[i]) / values.Length;
    }
}
