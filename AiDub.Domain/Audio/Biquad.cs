namespace AiDub.Domain.Audio;

/// <summary>
/// A filter of second order, by the bilinear transform of its analogue prototype (R. Bristow-Johnson, Audio EQ Cookbook), with Q = 1/√2.
/// </summary>
internal sealed class Biquad
{
    private readonly double _b0, _b1, _b2, _a1, _a2;
    private double _z1, _z2;

    private Biquad(double b0, double b1, double b2, double cosine, double alpha)
    {
        var a0 = 1 + alpha;
        (_b0, _b1, _b2, _a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, -2 * cosine / a0, (1 - alpha) / a0);
    }

    public static Biquad LowPass(double hertz, int sampleRate)
    {
        var (cosine, alpha) = Prototype(hertz, sampleRate);
        return new Biquad((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2, cosine, alpha);
    }

    public static Biquad HighPass(double hertz, int sampleRate)
    {
        var (cosine, alpha) = Prototype(hertz, sampleRate);
        return new Biquad((1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2, cosine, alpha);
    }

    public static Biquad AllPass(double hertz, int sampleRate)
    {
        var (cosine, alpha) = Prototype(hertz, sampleRate);
        return new Biquad(1 - alpha, -2 * cosine, 1 + alpha, cosine, alpha);
    }

    /// <summary>The next filtered sample (transposed direct form 2).</summary>
    public double Next(double x)
    {
        var y = (_b0 * x) + _z1;
        _z1 = (_b1 * x) - (_a1 * y) + _z2;
        _z2 = (_b2 * x) - (_a2 * y);

        // Filters that ring on below what a float can say would take many times as long.
        if (Math.Abs(_z1) < 1e-30)
            _z1 = 0;
        if (Math.Abs(_z2) < 1e-30)
            _z2 = 0;
        return y;
    }

    private static (double Cosine, double Alpha) Prototype(double hertz, int sampleRate)
    {
        var angle = 2 * Math.PI * hertz / sampleRate;
        return (Math.Cos(angle), Math.Sin(angle) / Math.Sqrt(2));
    }
}
