namespace AiDub.Domain.Audio;

/// <summary>Measures the true peak of a stream of sound, four times oversampled (ITU-R BS.1770-4, annex 2).</summary>
/// <param name="channels">How many channels, 1 or more.</param>
public sealed class TruePeakMeter(int channels)
{
    private readonly Oversampler[] _oversamplers = [.. Enumerable.Range(0, channels).Select(_ => new Oversampler())];
    private float _peak;

    /// <summary>The highest magnitude so far in dBTP; null while all of it is silent.</summary>
    public double? Dbtp => _peak > 0 ? 20 * Math.Log10(_peak) : null;

    /// <summary>Takes interleaved samples, full scale at ±1; whole frames.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i < samples.Length; i += channels)
        {
            for (var c = 0; c < channels; c++)
                _peak = Math.Max(_peak, Math.Max(Math.Abs(samples[i + c]), _oversamplers[c].Peak(samples[i + c], _peak)));
        }
    }
}
