namespace AiDub.Domain.Audio;

/// <summary>Finds how loud the voice must be for the mix to be as loud as the source.</summary>
/// <remarks>
/// All powers are K-weighted, one for each slot of 100 ms. Background and voice are not correlated, so the mix of a slot has the power
/// B + g²·V. The voice is first made as loud as the speech that it replaces, which fits even where speech is rare; only when the whole
/// would then be off by more than <see cref="ToleranceLu"/> is it moved to where it is not. Where the original is next to silent it is made
/// as loud as the whole.
/// </remarks>
public static class VoiceLevel
{
    /// <summary>How far the mix may be from the source, in LU.</summary>
    public const double ToleranceLu = 0.4;

    private const double SilentSourceLufs = -23;
    private const double LeastDb = -40;
    private const double MostDb = 24;
    private const double LeastShareOfSpeech = 0.25;

    // Of films' speech hardly any is softer than the whole by so much: where a text was given and it is, nobody speaks.
    private const double MostBelowLu = 20;

    /// <summary>The gain of the voice as a factor, between −40 and +24 dB.</summary>
    /// <param name="source">The source.</param>
    /// <param name="background">The source as lowered under speech; as many slots.</param>
    /// <param name="voice">The voice at gain 1; as many slots.</param>
    /// <param name="spoken">Which slots the original speaks in; as many.</param>
    /// <param name="dubbed">Which slots the voice speaks in; as many.</param>
    /// <param name="liftLu">How much louder than the source to aim, for what the limiter was found to take away.</param>
    public static double Solve(
        ReadOnlySpan<double> source,
        ReadOnlySpan<double> background,
        ReadOnlySpan<double> voice,
        ReadOnlySpan<bool> spoken,
        ReadOnlySpan<bool> dubbed,
        double liftLu)
    {
        var voicePower = Mean(voice, dubbed);
        if (voicePower <= 0)
            return 1;
        var target = Loudness.Integrate(source);
        var speech = Mean(source, spoken);
        if (target is null || speech <= Loudness.ToPower(target.Value - MostBelowLu))
            return Bounded(Math.Sqrt(Loudness.ToPower((target ?? SilentSourceLufs) + liftLu) / voicePower));

        var wanted = Math.Max(speech - Mean(background, dubbed), speech * LeastShareOfSpeech);
        var gain = Bounded(Math.Sqrt(wanted / voicePower));
        var mix = new double[source.Length];
        if (liftLu != 0)
            return Reach(target.Value + liftLu, background, voice, mix);
        var off = Mixed(background, voice, gain, mix) - target.Value;
        return Math.Abs(off) <= ToleranceLu ? gain : Reach(target.Value + (Math.Sign(off) * ToleranceLu), background, voice, mix);
    }

    private static double Reach(double lufs, ReadOnlySpan<double> background, ReadOnlySpan<double> voice, double[] mix)
    {
        var (low, high) = (LeastDb, MostDb);
        while (high - low > 0.01)
        {
            var middle = (low + high) / 2;
            if (Mixed(background, voice, Factor(middle), mix) < lufs)
                low = middle;
            else
                high = middle;
        }
        return Factor((low + high) / 2);
    }

    private static double Mixed(ReadOnlySpan<double> background, ReadOnlySpan<double> voice, double gain, double[] mix)
    {
        for (var i = 0; i < mix.Length; i++)
            mix[i] = background[i] + (gain * gain * voice[i]);
        return Loudness.Integrate(mix) ?? double.NegativeInfinity;
    }

    private static double Mean(ReadOnlySpan<double> powers, ReadOnlySpan<bool> counts)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < powers.Length; i++)
        {
            if (!counts[i])
                continue;
            sum += powers[i];
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double Bounded(double gain) => Math.Clamp(gain, Factor(LeastDb), Factor(MostDb));

    private static double Factor(double db) => Math.Pow(10, db / 20);
}
