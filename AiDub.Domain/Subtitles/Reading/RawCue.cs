namespace AiDub.Domain.Subtitles.Reading;

/// <summary>A subtitle as a file holds it.</summary>
/// <param name="Line">The line of its time, from 1.</param>
/// <param name="Start">In seconds, 0 or more.</param>
/// <param name="End">In seconds; not a number where the file does not say.</param>
/// <param name="Lines">What it shows, line by line; <see cref="CueLine"/> says how they were cleaned.</param>
internal sealed record RawCue(int Line, double Start, double End, IReadOnlyList<CueLine> Lines)
{
    /// <summary>Whether its words carry times of their own, as captions that roll have.</summary>
    public bool HasWordTimes { get; init; }
}

/// <summary>A line of a subtitle, without markup.</summary>
/// <param name="Text">Never empty.</param>
/// <param name="Speaker">Who says it, where markup names somebody; else null.</param>
/// <param name="IsOtherSpeaker">Whether somebody else speaks than in the line before.</param>
internal readonly record struct CueLine(string Text, string? Speaker = null, bool IsOtherSpeaker = false);
