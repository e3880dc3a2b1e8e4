namespace AiDub.Domain.Speakers;

/// <summary>
/// The timbre of 25 ms of sound: mel-frequency cepstral coefficients (Davis and Mermelstein, 1980), the logarithms of the power in 26 bands
/// that are even on the mel scale of O'Shaughnessy (mel = 2595·log10(1 + f/700)), by their cosine transform. Coefficient 0, which is only
/// level, is left out.
/// </summary>
internal sealed class MelCepstrum
{
    /// <summary>How many samples are measured at once: 25 ms.</summary>
    public const int FrameSamples = SegmentVoice.SampleRate / 40;

    /// <summary>How many coefficients there are.</summary>
    public const int Coefficients = 14;

    private const int Size = 512;
    private const int Bands = 26;
    private const double LowestHertz = 120;
    private const double HighestHertz = 6800;
    private static readonly double[][] Cosines = [.. Enumerable.Range(1, Coefficients).Select(k => Enumerable.Range(0, Bands)
        .Select(b => Math.Sqrt(2.0 / Bands) * Math.Cos(Math.PI * k * (b + 0.5) / Bands)).ToArray())];

    private readonly PowerSpectrum _spectrum = new(FrameSamples, Size);
    private readonly double[] _bands = new double[Bands];
    private readonly double[] _edges = [.. Enumerable.Range(0, Bands + 2)
        .Select(i =>
            Hertz(Mel(LowestHertz) + ((Mel(HighestHertz) - Mel(LowestHertz)) * i / (Bands + 1))) * Size / SegmentVoice.SampleRate)];

    /// <summary>Writes the coefficients of a frame, of which there are <see cref="Coefficients"/>.</summary>
    public void Measure(ReadOnlySpan<float> frame, Span<double> coefficients)
    {
        _spectrum.Measure(frame);
        for (var b = 0; b < Bands; b++)
            _bands[b] = Math.Log(Power(_edges[b], _edges[b + 1], _edges[b + 2]) + 1e-9);
        for (var k = 0; k < Coefficients; k++)
        {
            var sum = 0.0;
            for (var b = 0; b < Bands; b++)
                sum += Cosines[k][b] * _bands[b];
            coefficients[k] = sum;
        }
    }

    private double Power(double from, double peak, double to)
    {
        var sum = 0.0;
        for (var bin = (int)Math.Ceiling(from); bin < to; bin++)
            sum += _spectrum.Bins[bin] * (bin < peak ? (bin - from) / (peak - from) : (to - bin) / (to - peak));
        return sum;
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
