namespace AiDub.Domain.Audio;

/// <summary>
/// The second of two passes over a source: lowers it under speech, adds the voice, limits peaks and measures what came of it.
/// </summary>
public sealed class VoiceMixer
{
    private readonly int _channels;
    private readonly LoweredOriginal _original;
    private readonly float _voiceGain;
    private readonly PeakLimiter _limiter;
    private readonly LoudnessMeter _meter;
    private readonly TruePeakMeter _peaks;
    private long _frame;

    /// <summary>A mixer for interleaved samples.</summary>
    /// <param name="sampleRate">In Hz; a multiple of 10.</param>
    /// <param name="original">How the source is lowered; the voice sounds the same in each of its channels.</param>
    /// <param name="voiceGain">The voice's gain, as a factor.</param>
    /// <param name="peakDbtp">The highest true peak, in dBTP.</param>
    public VoiceMixer(int sampleRate, LoweredOriginal original, double voiceGain, double peakDbtp)
    {
        (_channels, _original, _voiceGain) = (original.Channels, original, (float)voiceGain);
        _limiter = new PeakLimiter(sampleRate, _channels, peakDbtp);
        _meter = new LoudnessMeter(sampleRate, _channels);
        _peaks = new TruePeakMeter(_channels);
    }

    /// <summary>How many frames the mix is behind the source: so many frames of silence are to be added at its end.</summary>
    public int Delay => _limiter.Delay;

    /// <summary>Integrated loudness of the mix so far in LUFS; null while it is silent.</summary>
    public double? ResultLufs => _meter.Integrated;

    /// <summary>True peak of the mix so far in dBTP; null while it is silent.</summary>
    public double? TruePeakDbtp => _peaks.Dbtp;

    /// <summary>Mixes frames in place; returns the part that is the mix, which is shorter at first.</summary>
    /// <param name="samples">The source, interleaved; overwritten.</param>
    /// <param name="voice">As many samples as there are frames.</param>
    /// <param name="background">As many samples as the source, where its background is known.</param>
    public ReadOnlySpan<float> Mix(Span<float> samples, ReadOnlySpan<float> voice, ReadOnlySpan<float> background = default)
    {
        _original.Process(samples, background);
        for (var i = 0; i < samples.Length; i++)
            samples[i] += (voice[i / _channels] * _voiceGain);
        _limiter.Process(samples);
        var early = (int)Math.Clamp(Delay - _frame, 0, voice.Length);
        _frame += voice.Length;
        ReadOnlySpan<float> mix = samples[(early * _channels)..];
        _meter.Add(mix);
        _peaks.Add(mix);
        return mix;
    }
}
