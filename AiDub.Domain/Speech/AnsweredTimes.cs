namespace AiDub.Domain.Speech;

/// <summary>Whether a transcript can be of the sound that an engine was given.</summary>
public static class AnsweredTimes
{
    // Engines that hear in stretches of fixed length round the last word past the end.
    private const double Late = 30;

    /// <summary>What is wrong with a transcript of a sound of some seconds; null when nothing is.</summary>
    public static string? FaultOf(Transcript transcript, double seconds)
    {
        var before = 0.0;
        foreach (var segment in transcript.Segments)
        {
            if (segment.Start < before)
                return $"segment {segment.Index + 1} begins before the one before it";
            if (segment.Start > seconds + Late || segment.End > seconds + Late)
                return $"segment {segment.Index + 1} lies after the end of the sound";
            if (AnsweredText.FaultOf(segment.Text, segment.Length) is { } fault)
                return $"segment {segment.Index + 1} {fault}";
            before = segment.Start;
        }
        return null;
    }
}
