namespace AiDub.Domain.Audio;

/// <summary>The window of Kaiser (1974): as little beside its main lobe as its β asks for.</summary>
internal static class KaiserWindow
{
    /// <summary>The window at a place between its ends at −1 and 1, where it is 0, as it is beyond them.</summary>
    public static double At(double place, double beta) =>
        Math.Abs(place) >= 1 ? 0 : Bessel(beta * Math.Sqrt(1 - (place * place))) / Bessel(beta);

    // The modified Bessel function of order 0.
    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
