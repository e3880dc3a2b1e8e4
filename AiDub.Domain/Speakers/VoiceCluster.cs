namespace AiDub.Domain.Speakers;

/// <summary>Segments that are taken for one speaker's: the mean of their voices, each counting as long as it is voiced.</summary>
internal sealed class VoiceCluster
{
    // Neighbouring frames sound alike: 0.1 s, about a phone, counts as one observation of timbre.
    private const double PhoneSeconds = 0.1;

    private VoiceCluster(double[] timbre, double semitones, double seconds, int segments) =>
        (Timbre, Semitones, Seconds, Segments) = (timbre, semitones, seconds, segments);

    private double[] Timbre { get; }

    private double Semitones { get; }

    private double Seconds { get; }

    private int Segments { get; }

    public static VoiceCluster Of(VoicePrint print) => new([.. print.Timbre], 12 * Math.Log2(print.PitchHz), print.VoicedSeconds, 1);

    public static VoiceCluster Joined(VoiceCluster a, VoiceCluster b)
    {
        var seconds = a.Seconds + b.Seconds;
        var share = b.Seconds / seconds;
        return new VoiceCluster(
            [.. a.Timbre.Zip(b.Timbre, (x, y) => x + (share * (y - x)))],
            a.Semitones + (share * (b.Semitones - a.Semitones)),
            seconds,
            a.Segments + b.Segments);
    }

    /// <summary>How different two voices are: 1 is as much as tells two speakers apart.</summary>
    /// <param name="a">A voice.</param>
    /// <param name="b">Another.</param>
    /// <param name="variances">Of every coefficient, from frame to frame within segments.</param>
    /// <param name="rules">What counts as much.</param>
    /// <remarks>
    /// Squares add up, so that pitch and timbre together can tell what neither does alone. Of the timbre, what chance makes of means over
    /// so many phones is taken off first (the variance of a mean, σ²/n, for either). The whole is divided by 1 + 1/m + 1/n for clusters of
    /// m and n segments: a speaker's single sentences differ in mood and stress, so it takes more to see two speakers in two sentences than
    /// in twenty.
    /// </remarks>
    public static double Difference(VoiceCluster a, VoiceCluster b, double[] variances, SpeakerRules rules)
    {
        var timbre = -PhoneSeconds * ((1 / a.Seconds) + (1 / b.Seconds));
        for (var k = 0; k < variances.Length; k++)
        {
            var apart = a.Timbre[k] - b.Timbre[k];
            timbre += apart * apart / (variances[k] * variances.Length);
        }
        var pitch = (a.Semitones - b.Semitones) / rules.Semitones;
        return ((Math.Max(0, timbre) / rules.Timbre) + (pitch * pitch)) / (1 + (1.0 / a.Segments) + (1.0 / b.Segments));
    }
}
