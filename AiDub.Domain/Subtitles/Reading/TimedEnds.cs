namespace AiDub.Domain.Subtitles.Reading;

/// <summary>The ends of subtitles that programs wrote: captions that roll stay on the screen while the next are said.</summary>
internal static class TimedEnds
{
    /// <summary>The latest time that is believed, in seconds: 100 hours.</summary>
    public const double Latest = 360_000;

    /// <summary>The subtitles, none still there when the next begins.</summary>
    public static List<RawCue> Cut(List<RawCue> cues) =>
        [.. cues.Select((cue, i) => i + 1 < cues.Count && cues[i + 1].Start > cue.Start && cues[i + 1].Start < cue.End
            ? cue with { End = cues[i + 1].Start }
            : cue)];
}
