using System.Numerics;
using AiDub.Domain.Numerics;

namespace AiDub.Jobs.Engines.Demucs;

/// <summary>The spectrum of stereo sound as Demucs has it, and sound of such a spectrum.</summary>
/// <remarks>
/// <c>_spec</c>, <c>_magnitude</c> and <c>_ispec</c> of <c>demucs/htdemucs.py</c>: windows of 4096 samples (Hann), 1024 apart, divided by
/// 64; the first begins 1536 samples before the sound, which is mirrored at its ends. Four planes, real and imaginary part of the left,
/// then of the right; in each 2048 rows, the frequencies without the highest, of as many numbers as there are windows. Two windows more at
/// either end, which hold most of the mirrored sound, are left out: the sound of a spectrum fades over its first and last 1536 samples.
/// </remarks>
internal sealed class DemucsSpectrum
{
    /// <summary>Planes: two channels, each with two parts.</summary>
    public const int Planes = 4;

    /// <summary>Rows of a plane.</summary>
    public const int Rows = Size / 2;

    /// <summary>The least samples whose ends can be mirrored.</summary>
    public const int LeastLength = Size;

    private const int Size = 4096;
    private const int Hop = Size / 4;
    private const int Before = Hop / 2 * 3;

    // What the squares of four windows, each a quarter further, come to everywhere.
    private const double Overlap = 1.5;
    private static readonly double Scale = Math.Sqrt(Size);
    private static readonly double[] Window =
        [.. Enumerable.Range(0, Size).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Size)))];
    private readonly FourierTransform _transform = new(Size);
    private readonly Complex[] _values = new Complex[Size];
    private readonly int _length;

    /// <summary>Of sound of some length.</summary>
    /// <param name="length">Samples of a channel, <see cref="LeastLength"/> or more.</param>
    public DemucsSpectrum(int length) => (_length, Columns) = (length, ColumnsOf(length));

    /// <summary>Windows, which are the numbers of a row.</summary>
    public int Columns { get; }

    /// <summary>How many windows sound of some length has.</summary>
    public static int ColumnsOf(int length) => (length + Hop - 1) / Hop;

    /// <summary>Writes the spectrum of sound.</summary>
    /// <param name="sound">The left channel, then the right.</param>
    /// <param name="spectrum">Filled with the planes.</param>
    public void Write(ReadOnlySpan<float> sound, Span<float> spectrum)
    {
        for (var column = 0; column < Columns; column++)
        {
            for (var i = 0; i < Size; i++)
            {
                var at = Mirrored((column * Hop) - Before + i);
                _values[i] = new Complex(sound[at] * Window[i], sound[_length + at] * Window[i]);
            }
            _transform.Forward(_values);
            for (var row = 0; row < Rows; row++)
            {
                // Of left + i·right: each is what is even, or odd, of it.
                var (here, there) = (_values[row], Complex.Conjugate(_values[(Size - row) % Size]));
                var (left, right) = ((here + there) / (2 * Scale), (here - there) / (2 * Scale));
                Put(spectrum, 0, row, column, left.Real);
                Put(spectrum, 1, row, column, left.Imaginary);
                Put(spectrum, 2, row, column, right.Imaginary);
                Put(spectrum, 3, row, column, -right.Real);
            }
        }
    }

    /// <summary>Adds the sound of a spectrum to sound.</summary>
    /// <param name="spectrum">The planes.</param>
    /// <param name="sound">The left channel, then the right.</param>
    public void AddTo(ReadOnlySpan<float> spectrum, Span<float> sound)
    {
        for (var column = 0; column < Columns; column++)
        {
            _values[Rows] = 0;
            for (var row = 0; row < Rows; row++)
            {
                var left = new Complex(Get(spectrum, 0, row, column), row == 0 ? 0 : Get(spectrum, 1, row, column));
                var right = new Complex(Get(spectrum, 2, row, column), row == 0 ? 0 : Get(spectrum, 3, row, column));
                _values[row] = left + (Complex.ImaginaryOne * right);
                if (row > 0)
                    _values[Size - row] = Complex.Conjugate(left) + (Complex.ImaginaryOne * Complex.Conjugate(right));
            }
            _transform.Backward(_values);
            var first = (column * Hop) - Before;
            for (var i = Math.Max(0, -first); i < Math.Min(Size, _length - first); i++)
            {
                var gain = Scale * Window[i] / Overlap;
                sound[first + i] += (float)(gain * _values[i].Real);
                sound[_length + first + i] += (float)(gain * _values[i].Imaginary);
            }
        }
    }

    private int Mirrored(int at) => at < 0 ? -at : at < _length ? at : (2 * (_length - 1)) - at;

    private void Put(Span<float> spectrum, int plane, int row, int column, double value) =>
        spectrum[(((plane * Rows) + row) * Columns) + column] = (float)value;

    private float Get(ReadOnlySpan<float> spectrum, int plane, int row, int column) =>
        spectrum[(((plane * Rows) + row) * Columns) + column];
}
