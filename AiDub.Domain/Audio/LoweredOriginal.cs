namespace AiDub.Domain.Audio;

/// <summary>The original as it is heard under the dub.</summary>
/// <param name="channels">1 or 2.</param>
/// <param name="envelope">How loud it is at each moment.</param>
/// <param name="centre">What takes the voice out of its middle first; null to leave it there. For two channels only.</param>
/// <param name="spoken">
/// How much of the original is left at each moment where its background takes its place; null: its background is not known.
/// </param>
public sealed class LoweredOriginal(int channels, GainEnvelope envelope, CentreFilter? centre = null, GainEnvelope? spoken = null)
{
    private float[] _gains = [];
    private long _frame;

    /// <summary>How many channels it has.</summary>
    public int Channels => channels;

    /// <summary>Lowers consecutive frames, interleaved, in place.</summary>
    /// <param name="samples">The original.</param>
    /// <param name="background">As many samples of what sounds in it beside its voices; empty when that is not known.</param>
    public void Process(Span<float> samples, ReadOnlySpan<float> background = default)
    {
        centre?.Process(_frame, samples);
        var frames = samples.Length / channels;
        if (_gains.Length < frames)
            _gains = new float[frames];
        if (spoken is not null)
            Replace(samples, background, spoken);
        envelope.Fill(_frame, _gains.AsSpan(0, frames));
        for (var i = 0; i < samples.Length; i++)
            samples[i] *= _gains[i / channels];
        _frame += frames;
    }

    // The background is part of both, so that it stays as loud while one fades into the other.
    private void Replace(Span<float> samples, ReadOnlySpan<float> background, GainEnvelope original)
    {
        original.Fill(_frame, _gains.AsSpan(0, samples.Length / channels));
        for (var i = 0; i < samples.Length; i++)
            samples[i] = background[i] + (_gains[i / channels] * (samples[i] - background[i]));
    }
}
