using AiDub.Domain.Errors;
using AiDub.Domain.Speakers;

namespace AiDub.Domain.Speech;

/// <summary>A stretch of speech: text with the time at which it is spoken.</summary>
public sealed record Segment
{
    /// <summary>A segment of [<paramref name="start"/>, <paramref name="end"/>) seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Start is negative or not before end, or either is not a number.</exception>
    public Segment(int index, double start, double end, string text)
    {
        if (!(start >= 0) || !double.IsFinite(start))
            throw new ArgumentOutOfRangeException(nameof(start), start, "A segment starts at 0 or later.");
        if (!(end > start) || !double.IsFinite(end))
            throw new ArgumentOutOfRangeException(nameof(end), end, "A segment ends after its start.");
        (Index, Start, End, Text) = (index, start, end, text);
    }

    /// <summary>Its place in the transcript, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Seconds from the start of the video, inclusive.</summary>
    public double Start { get; init; }

    /// <summary>Seconds from the start of the video, exclusive.</summary>
    public double End { get; init; }

    /// <summary>What is said; empty where that is not known, or where only <see cref="Caption"/> tells of a sound.</summary>
    public string Text { get; init; }

    /// <summary>What subtitles show, where that is more than is said: sound descriptions such as <c>[Música]</c>; else null.</summary>
    public string? Caption { get; init; }

    /// <summary>Whether nobody speaks: only a sound is described.</summary>
    public bool IsOnlySound => Text.Length == 0 && Caption is not null;

    /// <summary>Who says it, by a name of the recogniser's own; null where it does not tell speakers apart.</summary>
    public string? Speaker { get; init; }

    /// <summary>Whether somebody else speaks than before, where a given text says so.</summary>
    public bool IsOtherSpeaker { get; init; }

    /// <summary>Its length in seconds; more than 0.</summary>
    public double Length => End - Start;
}

/// <summary>What is said in a source, in order of start; empty when nothing is.</summary>
/// <param name="Language">The spoken language as ISO 639-1; <c>und</c> when nobody said and nothing was recognised.</param>
/// <param name="Engine">The engine that recognised it; <c>given</c> when the user did, <c>none</c> when only its times are known.</param>
/// <param name="Segments">The segments; none overlaps another.</param>
public sealed record Transcript(string Language, string Engine, IReadOnlyList<Segment> Segments)
{
    /// <summary>Whether the engine, which knows no other language, heard words that are improbable in <see cref="Language"/>.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Where somebody speaks in the source, recognised or not, in order; null where nothing could tell.</summary>
    public IReadOnlyList<AudioSpan>? Speech { get; init; }

    /// <summary>
    /// How sure the engine is that <see cref="Language"/> is spoken, 0–1; null where it was given, or the engine does not say.
    /// </summary>
    public double? LanguageProbability { get; init; }

    /// <summary>How many words the engine made up and were left out, by the reason; null where there are none.</summary>
    public IReadOnlyDictionary<string, int>? LeftOutWords { get; init; }
}

/// <summary>
/// A transcript in another language: one segment for each of the transcript's, at the same times, unless the user gave it.
/// </summary>
/// <param name="Language">The language as ISO 639-1.</param>
/// <param name="Engine">The engine, with its route.</param>
/// <param name="Segments">As many as the transcript has, in the same order; of a given one as many as it has within the video.</param>
public sealed record Translation(string Language, string Engine, IReadOnlyList<Segment> Segments)
{
    /// <summary>What the user should know of it, for as long as any of it is used; empty also in what versions before wrote.</summary>
    public IReadOnlyList<DubWarning> Warnings { get; init; } = [];
}

/// <summary>A segment that was spoken.</summary>
/// <param name="Index">Its place in the translation, from 0.</param>
/// <param name="Key">The object key of its WAV file.</param>
/// <param name="Seconds">How long the speech lasts, edge silence trimmed; 0 when the engine said nothing.</param>
/// <param name="Voice">The voice that spoke it.</param>
public sealed record SpokenSegment(int Index, string Key, double Seconds, string Voice);

/// <summary>The spoken translation. Segments in which nothing is said are not in it.</summary>
/// <param name="Engine">The engine that spoke it.</param>
/// <param name="Segments">In order of index.</param>
public sealed record SpokenTranslation(string Engine, IReadOnlyList<SpokenSegment> Segments)
{
    /// <summary>Who speaks in the source, and the voice that each was given.</summary>
    public IReadOnlyList<VoiceReport> Voices { get; init; } = [];
}
