namespace AiDub.Domain.Audio;

/// <summary>The frequency weighting of ITU-R BS.1770-4 for one channel: a high shelf for the head, then a high pass.</summary>
/// <remarks>
/// The standard lists coefficients for 48 kHz only; these are its filters as analogue prototypes, so that any rate can be had
/// (the same derivation as in libebur128).
/// </remarks>
internal sealed class KWeighting
{
    private readonly double _b0, _b1, _b2, _a1, _a2, _c1, _c2;
    private double _x1, _x2, _y1, _y2, _z1, _z2;

    public KWeighting(int sampleRate)
    {
        var k = Math.Tan(Math.PI * 1681.974450955533 / sampleRate);
        const double q = 0.7071752369554196;
        var high = Math.Pow(10, 3.999843853973347 / 20);
        var middle = Math.Pow(high, 0.4996667741545416);
        var a0 = 1 + (k / q) + (k * k);
        _b0 = (high + (middle * k / q) + (k * k)) / a0;
        _b1 = 2 * ((k * k) - high) / a0;
        _b2 = (high - (middle * k / q) + (k * k)) / a0;
        _a1 = 2 * ((k * k) - 1) / a0;
        _a2 = (1 - (k / q) + (k * k)) / a0;

        k = Math.Tan(Math.PI * 38.13547087602444 / sampleRate);
        const double q2 = 0.5003270373238773;
        a0 = 1 + (k / q2) + (k * k);
        _c1 = 2 * ((k * k) - 1) / a0;
        _c2 = (1 - (k / q2) + (k * k)) / a0;
    }

    /// <summary>The next weighted sample.</summary>
    public double Next(double x)
    {
        var y = (_b0 * x) + (_b1 * _x1) + (_b2 * _x2) - (_a1 * _y1) - (_a2 * _y2);
        var z = y - (2 * _y1) + _y2 - (_c1 * _z1) - (_c2 * _z2);

        // Filters that ring on below what a float can say would take many times as long.
        if (Math.Abs(y) < 1e-30)
            y = 0;
        if (Math.Abs(z) < 1e-30)
            z = 0;
        (_x2, _x1, _y2, _y1, _z2, _z1) = (_x1, x, _y1, y, _z1, z);
        return z;
    }
}
