namespace AiDub.Domain.Speech;

/// <summary>How far a voice stands above what is heard beside it.</summary>
/// <remarks>
/// After NIST's estimate of the signal-to-noise ratio (stnr): speech has loud and quiet moments, and how quiet it gets between its sounds
/// is how loud its background is. Sound that was recorded too loud and cut off at full scale counts as much less clear.
/// </remarks>
public static class SpeechClearness
{
    private const double Loud = 0.95;
    private const double Quiet = 0.1;
    private const int FullScale = 32_700;
    private const double MostCutOff = 0.0005;
    private const double CutOffCosts = 30;

    /// <summary>Measures a stretch in which somebody speaks.</summary>
    /// <param name="samples">Its sound, 16-bit mono.</param>
    /// <param name="sampleRate">Hz; a multiple of 100.</param>
    /// <returns>dB: around 40 in a quiet room, 10 beside music; 0 for what is too short to tell.</returns>
    public static double Of(ReadOnlySpan<short> samples, int sampleRate)
    {
        var meter = new LevelMeter(sampleRate);
        meter.Add(samples);
        if (meter.Levels.Count < 10)
            return 0;
        var levels = meter.Levels.Order().ToArray();
        var cutOff = 0;
        foreach (var sample in samples)
        {
            if (sample is >= FullScale or <= -FullScale)
                cutOff++;
        }
        return levels[(int)(Loud * (levels.Length - 1))] - levels[(int)(Quiet * (levels.Length - 1))]
            - (cutOff > MostCutOff * samples.Length ? CutOffCosts : 0);
    }
}
