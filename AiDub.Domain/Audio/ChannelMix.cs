namespace AiDub.Domain.Audio;

/// <summary>Where the channels of a sound stand, as far as making one channel of them is concerned.</summary>
/// <param name="Count">How many there are, 1 to <see cref="Most"/>.</param>
/// <param name="Centre">The channel in which films speak; null when there is none, or nobody says.</param>
/// <param name="Bass">The channel that has only bass; null when there is none, or nobody says.</param>
public sealed record ChannelPlaces(int Count, int? Centre = null, int? Bass = null)
{
    /// <summary>The most channels that are looked at.</summary>
    public const int Most = 16;

    // All of ffmpeg's layouts with a middle begin with front left, front right, front centre; then comes the bass, where there is one.
    private static readonly string[] WithCentre =
    [
        "3.0", "3.1", "4.0", "4.1", "5.0", "5.1", "6.0", "6.1", "7.0", "7.1", "hexagonal",
        "octagonal",
    ];
    private static readonly string[] WithoutCentre = ["6.0(front)", "6.1(front)", "7.0(front)", "3.0(back)"];

    /// <summary>The places of a layout as ffprobe names it; null when the source names none.</summary>
    public static ChannelPlaces Of(string? layout, int channels)
    {
        var count = Math.Min(channels, Most);
        if (layout is null || count < 3 || WithoutCentre.Contains(layout) || !WithCentre.Contains(layout.Split('(')[0]))
            return new ChannelPlaces(count);
        return new ChannelPlaces(count, 2, layout.Contains(".1", StringComparison.Ordinal) && count > 3 ? 3 : null);
    }
}

/// <summary>
/// Chooses how channels become one, by what was in them for some seconds: nothing that speaks may cancel itself out or be drowned.
/// </summary>
/// <remarks>
/// A channel that is silent beside the others is left out, and so is one without speech beside one with it. A channel that mirrors the
/// loudest one is turned over. Where the middle of a film is heard it leads. Of stereo whose sum holds no speech and whose difference does,
/// it is the difference.
/// </remarks>
public static class ChannelMix
{
    private const double DeadShare = 1e-4;
    private const double Alike = 0.7;
    private const double Mirrored = -0.3;
    private const double LeadingShare = 0.01;
    private const float BesideCentre = 0.25f;

    /// <summary>The gain of each channel.</summary>
    /// <param name="places">The channels.</param>
    /// <param name="products">The mean products of every two channels, row by row: powers on the diagonal.</param>
    /// <param name="speaks">Whether a channel holds speech; after the channels of stereo come their sum and their difference.</param>
    public static float[] Gains(ChannelPlaces places, double[,] products, Func<int, bool> speaks)
    {
        var gains = new float[places.Count];
        var powers = Enumerable.Range(0, places.Count).Select(i => i == places.Bass ? 0 : products[i, i]).ToArray();
        var live = Enumerable.Range(0, places.Count).Where(i => powers[i] > 0 && powers[i] >= powers.Max() * DeadShare).ToList();
        if (live.Count == 0)
        {
            Array.Fill(gains, 1f / places.Count);
            return gains;
        }
        if (places.Centre is { } centre && live.Contains(centre) && powers[centre] >= LeadingShare * (powers.Sum() - powers[centre]))
        {
            gains[centre] = 1;
            gains[0] = gains[1] = BesideCentre / 2;
            return gains;
        }
        if (!live.TrueForAll(i => Math.Abs(Likeness(products, i, live[0])) > Alike))
        {
            var speaking = live.Where(speaks).ToList();
            if (speaking.Count > 0)
                live = speaking;
            else if (places.Count == 2 && live.Count == 2 && speaks(3) && !speaks(2))
                return [0.5f, -0.5f];
        }
        var loudest = live.MaxBy(i => powers[i]);
        foreach (var i in live)
            gains[i] = (Likeness(products, i, loudest) < Mirrored ? -1f : 1f) / live.Count;
        return gains;
    }

    // The correlation of two channels.
    private static double Likeness(double[,] products, int a, int b) => products[a, b] / Math.Sqrt(products[a, a] * products[b, b]);
}
