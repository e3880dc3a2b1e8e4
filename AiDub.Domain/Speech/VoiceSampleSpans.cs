namespace AiDub.Domain.Speech;

/// <summary>Where a speaker is best heard alone: what a voice is made of.</summary>
public static class VoiceSampleSpans
{
    /// <summary>The most that a voice is made of, in seconds.</summary>
    public const double MostSeconds = 30;

    /// <summary>The least that a voice can be made of, in seconds.</summary>
    public const double LeastSeconds = 3;

    /// <summary>The most that is listened to for it, in seconds.</summary>
    public const double MostHeardSeconds = 180;

    /// <summary>From so many seconds on, stretches that are much less clear than the clearest are left out.</summary>
    public const double EnoughSeconds = 10;

    /// <summary>How much less clear than the clearest is much, in dB.</summary>
    public const double MuchLessClear = 12;

    private const double LeastSpan = 1;

    /// <summary>
    /// The speaker's longest stretches into which nobody else speaks, in order of time, together at most <see cref="MostHeardSeconds"/>;
    /// none when that is less than <see cref="LeastSeconds"/>. Their ends are whole hundredths of a second.
    /// </summary>
    /// <param name="segments">What is said.</param>
    /// <param name="speakers">Who says each of them.</param>
    /// <param name="speaker">Whose voice is wanted.</param>
    public static IReadOnlyList<AudioSpan> Alone(IReadOnlyList<Segment> segments, IReadOnlyList<string> speakers, string speaker)
    {
        var alone = segments.Where((s, i) => speakers[i] == speaker && !s.IsOnlySound && s.Length >= LeastSpan && IsAlone(i));
        return FirstOf(alone.OrderByDescending(s => s.Length).Select(s => new AudioSpan(s.Start, s.End)), MostHeardSeconds);

        bool IsAlone(int index) => !segments.Where((_, i) => speakers[i] != speaker)
            .Any(other => other.Start < segments[index].End && other.End > segments[index].Start);
    }

    /// <summary>The clearest of some stretches, in order of time, together at most <see cref="MostSeconds"/>.</summary>
    /// <param name="alone">Where the speaker is alone.</param>
    /// <param name="clearness">How clear each is (<see cref="SpeechClearness"/>), in dB.</param>
    public static IReadOnlyList<AudioSpan> Clearest(IReadOnlyList<AudioSpan> alone, IReadOnlyList<double> clearness)
    {
        if (alone.Count == 0)
            return [];
        var least = clearness.Max() - MuchLessClear;
        var (clear, seconds) = (new List<AudioSpan>(), 0.0);
        foreach (var (value, span) in clearness.Zip(alone).OrderByDescending(pair => pair.First))
        {
            if (value < least && seconds >= EnoughSeconds)
                break;
            clear.Add(span);
            seconds += span.Length;
        }
        return FirstOf(clear, MostSeconds);
    }

    // As many as there is room for, the last cut where it ends.
    private static AudioSpan[] FirstOf(IEnumerable<AudioSpan> spans, double most)
    {
        var taken = new List<AudioSpan>();
        var left = most;
        foreach (var span in spans)
        {
            if (left < LeastSpan)
                break;
            var start = Math.Round(span.Start, 2);
            taken.Add(new AudioSpan(start, Math.Round(start + Math.Min(span.Length, left), 2)));
            left -= taken[^1].Length;
        }
        return most - left < LeastSeconds - 0.001 ? [] : [.. taken.OrderBy(s => s.Start)];
    }
}
