namespace AiDub.Domain.Audio;

/// <summary>
/// Whether the voice of a stereo source stands in the middle, and how much else would be kept if the middle were taken out.
/// </summary>
/// <param name="SideShare">The power of the voice in the sides, as a share of that in the middle: 0 is a voice right in the middle.</param>
/// <param name="Width">The power of the background in the sides, as a share of all of it: 0 is mono.</param>
public sealed record CentredVoice(double SideShare, double Width)
{
    private const double LeastRise = 2;
    private const double LeastUnspoken = 10;

    /// <summary>Measures it; null where the original does not speak, or its voice does not stand out of the background.</summary>
    /// <param name="middle">The power of the middle in every slot.</param>
    /// <param name="side">The power of the sides; as many.</param>
    /// <param name="spoken">Which slots the original speaks in; as many.</param>
    /// <remarks>
    /// A voice rises and falls from slot to slot, in the middle and, as far as it is there, in the sides: the slope of the least-squares
    /// line through (middle, side) of the spoken slots is its share. The background is what is there without it: the middle where nobody
    /// speaks (where too little of that is, the quietest tenth of the spoken slots), and what the slope leaves of the sides.
    /// </remarks>
    public static CentredVoice? Measure(ReadOnlySpan<double> middle, ReadOnlySpan<double> side, ReadOnlySpan<bool> spoken)
    {
        var (middles, sides, quiet) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < middle.Length; i++)
        {
            (spoken[i] ? middles : quiet).Add(middle[i]);
            if (spoken[i])
                sides.Add(side[i]);
        }
        if (middles.Count < 2)
            return null;
        var (middleMean, sideMean) = (middles.Average(), sides.Average());
        var variance = middles.Sum(m => (m - middleMean) * (m - middleMean));
        var floor = quiet.Count >= LeastUnspoken ? quiet.Average() : middles.Order().ElementAt(middles.Count / 10);
        if (variance <= 0 || middleMean < LeastRise * floor)
            return null;
        var slope = Math.Max(0, middles.Zip(sides, (m, s) => (m - middleMean) * (s - sideMean)).Sum() / variance);
        var background = Math.Max(0, sideMean - (slope * (middleMean - floor)));
        return new CentredVoice(slope, background + floor > 0 ? background / (background + floor) : 0);
    }

    /// <summary>
    /// Whether taking out the middle and lowering the rest by less helps: no more of the voice is left than lowering all of it leaves, and
    /// more than twice as much of the background.
    /// </summary>
    public bool Helps(MixOptions options)
    {
        var (all, rest, centre) = (Power(options.DuckingDb), Power(options.RestDb), Power(options.CentreDb));
        return (centre + SideShare) / (1 + SideShare) * rest <= all && (Width + ((1 - Width) * centre)) * rest >= 2 * all;
    }

    private static double Power(double db) => Math.Pow(10, db / 10);
}
