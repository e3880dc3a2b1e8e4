namespace AiDub.Domain.Audio;

/// <summary>
/// Cuts the band in which voices lie out of a sound, by Linkwitz-Riley crossovers of fourth order (JAES 24, 1976): what is left out and
/// what is kept have the same phase, so they add up to the sound again, all-passed.
/// </summary>
internal sealed class VoiceBand
{
    /// <summary>
    /// Where the band begins, in Hz. Of a man's voice around 100 Hz whose band is lowered by 30 dB, 19 dB less is left with a band from 90
    /// Hz, and 24 dB less with one from 60 Hz; below that lies the weight of a bass and a kick drum.
    /// </summary>
    public const double FromHz = 60;

    /// <summary>Where it ends, in Hz.</summary>
    public const double ToHz = 8000;

    private readonly Biquad[] _band;

    /// <summary>The band for one channel.</summary>
    public VoiceBand(int sampleRate) => _band =
    [
        Biquad.HighPass(FromHz, sampleRate), Biquad.HighPass(FromHz, sampleRate),
        Biquad.LowPass(ToHz, sampleRate), Biquad.LowPass(ToHz, sampleRate),
    ];

    /// <summary>The next sample of the band.</summary>
    public double Next(double x)
    {
        foreach (var filter in _band)
            x = filter.Next(x);
        return x;
    }

    /// <summary>What turns the phase of a whole sound as the band's crossovers do.</summary>
    public static Biquad[] AllPass(int sampleRate) => [Biquad.AllPass(FromHz, sampleRate), Biquad.AllPass(ToHz, sampleRate)];
}
