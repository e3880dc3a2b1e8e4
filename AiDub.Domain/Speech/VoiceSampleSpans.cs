namespace AiDub.Domain.Speech;

/// <summary>Where a speaker is best heard alone: what a voice is made of.</summary>
public static class VoiceSampleSpans
{
    /// <summary>The most that is taken, in seconds.</summary>
    public const double MostSeconds = 30;

    /// <summary>The least that a voice can be made of, in seconds.</summary>
    public const double LeastSeconds = 3;

    private const double LeastSpan = 1;

    /// <summary>
    /// The speaker's longest stretches into which nobody else speaks, in order of time, together at most <see cref="MostSeconds"/>; none
    /// when that is less than <see cref="LeastSeconds"/>.
    /// </summary>
    /// <param name="segments">What is said.</param>
    /// <param name="speakers">Who says each of them.</param>
    /// <param name="speaker">Whose voice is wanted.</param>
    public static IReadOnlyList<AudioSpan> Of(IReadOnlyList<Segment> segments, IReadOnlyList<string> speakers, string speaker)
    {
        var own = new List<AudioSpan>();
        var left = MostSeconds;
        var alone = segments.Where((s, i) => speakers[i] == speaker && !s.IsOnlySound && s.Length >= LeastSpan && IsAlone(i));
        foreach (var segment in alone.OrderByDescending(s => s.Length).TakeWhile(_ => left >= LeastSpan))
        {
            own.Add(new AudioSpan(segment.Start, segment.Start + Math.Min(segment.Length, left)));
            left -= own[^1].Length;
        }
        return MostSeconds - left < LeastSeconds ? [] : [.. own.OrderBy(s => s.Start)];

        bool IsAlone(int index) => !segments.Where((_, i) => speakers[i] != speaker)
            .Any(other => other.Start < segments[index].End && other.End > segments[index].Start);
    }
}
