namespace AiDub.Domain.Subtitles;

/// <summary>What is said during [<paramref name="Start"/>, <paramref name="End"/>) seconds, on one line, without markup.</summary>
/// <param name="Start">0 or more.</param>
/// <param name="End">After <paramref name="Start"/>.</param>
/// <param name="Text">Never empty.</param>
/// <param name="Speaker">Who says it, where the file says so (WebVTT's <c>&lt;v Name&gt;</c>); else null.</param>
public sealed record TimedText(double Start, double End, string Text, string? Speaker = null);
