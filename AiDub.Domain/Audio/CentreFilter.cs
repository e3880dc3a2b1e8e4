namespace AiDub.Domain.Audio;

/// <summary>Takes the voice out of the middle of stereo sound while somebody speaks, and leaves what lies to the sides.</summary>
/// <remarks>With M = (L + R)/2 the voice's band of M is lowered by a gain that varies: L' = L − (1 − g)·band(M), R' likewise.</remarks>
/// <param name="speech">How much the band of the middle is lowered at each moment.</param>
/// <param name="sampleRate">In Hz.</param>
public sealed class CentreFilter(GainEnvelope speech, int sampleRate)
{
    private readonly VoiceBand _band = new(sampleRate);
    private readonly Biquad[] _left = VoiceBand.AllPass(sampleRate);
    private readonly Biquad[] _right = VoiceBand.AllPass(sampleRate);
    private float[] _gains = [];

    /// <summary>Filters consecutive frames in place.</summary>
    /// <param name="first">The number of the first frame, from 0.</param>
    /// <param name="samples">Left and right, interleaved.</param>
    public void Process(long first, Span<float> samples)
    {
        var frames = samples.Length / 2;
        if (_gains.Length < frames)
            _gains = new float[frames];
        speech.Fill(first, _gains.AsSpan(0, frames));
        for (var i = 0; i < frames; i++)
        {
            ref var left = ref samples[2 * i];
            ref var right = ref samples[(2 * i) + 1];
            var taken = (1 - _gains[i]) * _band.Next((left + right) / 2.0);
            left = (float)(Turned(_left, left) - taken);
            right = (float)(Turned(_right, right) - taken);
        }
    }

    private static double Turned(Biquad[] filters, double x)
    {
        foreach (var filter in filters)
            x = filter.Next(x);
        return x;
    }
}
