namespace AiDub.Domain.Audio;

/// <summary>Tells whether one channel of stereo is the other turned over: a fault of wiring, by which the sum of both is nothing.</summary>
public sealed class PolarityMeter
{
    private const double Mirrored = -0.9;
    private double _left;
    private double _right;
    private double _both;

    /// <summary>Whether it is so all in all.</summary>
    public bool IsMirrored => _both < Mirrored * Math.Sqrt(_left * _right);

    /// <summary>Takes frames, left and right interleaved.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i + 1 < samples.Length; i += 2)
        {
            _left += samples[i] * samples[i];
            _right += samples[i + 1] * samples[i + 1];
            _both += samples[i] * samples[i + 1];
        }
    }
}
