namespace AiDub.Domain.Audio;

/// <summary>
/// Integrated loudness by ITU-R BS.1770-4: means over blocks of 400 ms, each 100 ms after the last, without those that are too quiet.
/// </summary>
public static class Loudness
{
    /// <summary>How long a slot of power is, in seconds; four make a block.</summary>
    public const double SlotSeconds = 0.1;

    private const int SlotsPerBlock = 4;
    private const double AbsoluteGateLufs = -70;
    private const double RelativeGateLu = -10;
    private const double Offset = -0.691;

    /// <summary>The loudness of K-weighted powers of consecutive slots of 100 ms, in LUFS; null when all of it is below −70 LUFS.</summary>
    /// <remarks>Less than one block is taken as a block.</remarks>
    public static double? Integrate(ReadOnlySpan<double> slotPowers)
    {
        if (slotPowers.IsEmpty)
            return null;
        var absolute = GatedMean(slotPowers, ToPower(AbsoluteGateLufs));
        return absolute is null
            ? null
            : ToLufs(GatedMean(slotPowers, absolute.Value * Math.Pow(10, RelativeGateLu / 10)) ?? absolute.Value);
    }

    /// <summary>K-weighted power as LUFS.</summary>
    public static double ToLufs(double power) => Offset + (10 * Math.Log10(power));

    /// <summary>LUFS as K-weighted power.</summary>
    public static double ToPower(double lufs) => Math.Pow(10, (lufs - Offset) / 10);

    private static double? GatedMean(ReadOnlySpan<double> slots, double gate)
    {
        var (sum, count) = (0.0, 0);
        var size = Math.Min(SlotsPerBlock, slots.Length);
        for (var first = 0; first + size <= slots.Length; first++)
        {
            var power = 0.0;
            foreach (var slot in slots.Slice(first, size))
                power += slot;
            power /= size;
            if (power <= Math.Max(gate, ToPower(AbsoluteGateLufs)))
                continue;
            sum += power;
            count++;
        }
        return count == 0 ? null : sum / count;
    }
}
