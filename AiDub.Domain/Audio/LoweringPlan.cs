using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>
/// The ways to make room for a dub in a source: lowering all of it, taking the voice out of its middle and lowering the rest less, or
/// playing its background alone, where that was told from the voices.
/// </summary>
/// <param name="channels">1 or 2.</param>
/// <param name="sampleRate">In Hz.</param>
/// <param name="spoken">Where the original speaks.</param>
/// <param name="dubbed">Where the dub speaks.</param>
/// <param name="options">How far.</param>
public sealed class LoweringPlan(
    int channels, int sampleRate, IReadOnlyList<AudioSpan> spoken, IReadOnlyList<AudioSpan> dubbed, MixOptions options)
{
    // What is left of a voice whose place the background takes: nothing that is heard.
    private const double GoneDb = -100;

    /// <summary>Where the original speaks.</summary>
    public IReadOnlyList<AudioSpan> Spoken => spoken;

    /// <summary>Where the dub speaks.</summary>
    public IReadOnlyList<AudioSpan> Dubbed => dubbed;

    /// <summary>Whether the source has a middle at all, and taking it out is not switched off.</summary>
    public bool HasCentre => channels == 2 && options.CentreDb < 0;

    /// <summary>Whether taking out the middle helps, as it was measured.</summary>
    public bool Helps(CentredVoice? voice) => HasCentre && voice?.Helps(options) == true;

    /// <summary>The original lowered as a whole, from its first frame.</summary>
    public LoweredOriginal Whole() => new(channels, Envelope(spoken.Concat(dubbed), options.DuckingDb));

    /// <summary>The original without the voice in its middle, from its first frame.</summary>
    public LoweredOriginal WithoutCentre() => new(
        channels, Envelope(spoken.Concat(dubbed), options.RestDb), new CentreFilter(Envelope(spoken, options.CentreDb), sampleRate));

    /// <summary>The background where the original speaks, and the original elsewhere, from its first frame.</summary>
    public LoweredOriginal WithoutVoice() => new(
        channels, Envelope(spoken.Concat(dubbed), options.RestDb), spoken: Envelope(spoken, GoneDb));

    private GainEnvelope Envelope(IEnumerable<AudioSpan> where, double depthDb) => new(where, options, depthDb, sampleRate);
}
