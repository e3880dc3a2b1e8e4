namespace AiDub.Domain.Audio;

/// <summary>The original as it is heard under the dub.</summary>
/// <param name="channels">1 or 2.</param>
/// <param name="envelope">How loud it is at each moment.</param>
/// <param name="centre">What takes the voice out of its middle first; null to leave it there. For two channels only.</param>
public sealed class LoweredOriginal(int channels, GainEnvelope envelope, CentreFilter? centre = null)
{
    private float[] _gains = [];
    private long _frame;

    /// <summary>How many channels it has.</summary>
    public int Channels => channels;

    /// <summary>Lowers consecutive frames, interleaved, in place.</summary>
    public void Process(Span<float> samples)
    {
        centre?.Process(_frame, samples);
        var frames = samples.Length / channels;
        if (_gains.Length < frames)
            _gains = new float[frames];
        envelope.Fill(_frame, _gains.AsSpan(0, frames));
        for (var i = 0; i < samples.Length; i++)
            samples[i] *= _gains[i / channels];
        _frame += frames;
    }
}
