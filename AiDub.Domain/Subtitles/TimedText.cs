namespace AiDub.Domain.Subtitles;

/// <summary>What is said during [<paramref name="Start"/>, <paramref name="End"/>) seconds, on one line, without markup.</summary>
/// <param name="Start">0 or more.</param>
/// <param name="End">After <paramref name="Start"/>.</param>
/// <param name="Text">Empty only where nothing is said and <see cref="Caption"/> tells of a sound.</param>
/// <param name="Speaker">Who says it, where the file says so (a voice tag, an actor, a label such as <c>JUAN:</c>); else null.</param>
public sealed record TimedText(double Start, double End, string Text, string? Speaker = null)
{
    /// <summary>What subtitles show, where that is more than is said: sound descriptions such as <c>[Música]</c>; else null.</summary>
    public string? Caption { get; init; }

    /// <summary>Whether somebody else speaks than before, as a dialogue dash or <c>&gt;&gt;</c> says.</summary>
    public bool IsOtherSpeaker { get; init; }
}
