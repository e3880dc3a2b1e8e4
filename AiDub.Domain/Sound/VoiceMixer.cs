namespace AiDub.Domain.Sound;

/// <summary>The second of two passes over a source: lowers it under speech, adds the voice, limits peaks and measures what came of it.</summary>
public sealed class VoiceMixer
{
    private readonly int _channels;
    private readonly GainEnvelope _envelope;
    private readonly float _voiceGain;
    private readonly PeakLimiter _limiter;
    private readonly LoudnessMeter _meter;
    private readonly TruePeakMeter _peaks;
    private float[] _gains = [];
    private long _frame;

    /// <summary>A mixer for interleaved samples.</summary>
    /// <param name="sampleRate">In Hz; a multiple of 10.</param>
    /// <param name="channels">1 or 2; the voice sounds the same in each.</param>
    /// <param name="envelope">How the source is lowered.</param>
    /// <param name="voiceGain">The voice's gain, as a factor.</param>
    /// <param name="peakDbtp">The highest true peak, in dBTP.</param>
    public VoiceMixer(int sampleRate, int channels, GainEnvelope envelope, double voiceGain, double peakDbtp)
    {
        (_channels, _envelope, _voiceGain) = (channels, envelope, (float)voiceGain);
        _limiter = new PeakLimiter(sampleRate, channels, peakDbtp);
        _meter = new LoudnessMeter(sampleRate, channels);
        _peaks = new TruePeakMeter(channels);
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
    public ReadOnlySpan<float> Mix(Span<float> samples, ReadOnlySpan<float> voice)
    {
        if (_gains.Length < voice.Length)
            _gains = new float[voice.Length];
        var gains = _gains.AsSpan(0, voice.Length);
        _envelope.Fill(_frame, gains);
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (samples[i] * gains[i / _channels]) + (voice[i / _channels] * _voiceGain);
        _limiter.Process(samples);
        var early = (int)Math.Clamp(Delay - _frame, 0, voice.Length);
        _frame += voice.Length;
        ReadOnlySpan<float> mix = samples[(early * _channels)..];
        _meter.Add(mix);
        _peaks.Add(mix);
        return mix;
    }
}
