namespace AiDub.Domain.Media;

/// <summary>Which audio track of a source is dubbed, and why.</summary>
/// <param name="Index">Its number among the source's audio tracks, from 0.</param>
/// <param name="Language">The language that it is tagged with as ISO 639-1; null without one.</param>
/// <param name="Title">Its title; null without one.</param>
/// <param name="Reason">
/// <c>asked</c>: the request chose it; <c>from_lang</c>: it is in the spoken language; <c>speech</c>: those before it hold no speech;
/// <c>original</c>, <c>default</c>: it is flagged so; <c>first</c>: it comes first.
/// </param>
public sealed record SourceAudio(int Index, string? Language, string? Title, string Reason)
{
    /// <summary>The number of the track that is its right channel, where two mono tracks are a stereo; null otherwise.</summary>
    public int? Right { get; init; }
}

/// <summary>What is heard in a track; the lower, the better it is to dub.</summary>
public enum HeardSound
{
    /// <summary>Speech, or nobody has listened.</summary>
    Speech,

    /// <summary>Sound that is not like speech.</summary>
    Other,

    /// <summary>Nothing.</summary>
    Silence,
}
