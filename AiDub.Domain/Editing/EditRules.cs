using AiDub.Domain.Speech;

namespace AiDub.Domain.Editing;

/// <summary>What is wrong with a change of a segment.</summary>
/// <param name="Field">The field, in snake_case.</param>
/// <param name="Code">A stable snake_case name.</param>
/// <param name="Msg">For a person.</param>
public sealed record EditFault(string Field, string Code, string Msg);

/// <summary>What a segment may be changed into; pure.</summary>
public static class EditRules
{
    /// <summary>The longest text of a segment, in characters.</summary>
    public const int MaxCharacters = 2000;

    /// <summary>All that is wrong with a change; empty when it may be made.</summary>
    /// <param name="change">The change.</param>
    /// <param name="segments">All segments as they are now, in order.</param>
    /// <param name="videoSeconds">How long the video lasts.</param>
    /// <param name="voices">The voices of the engine by name; empty when it does not tell them, and takes any.</param>
    public static IReadOnlyList<EditFault> Check(
        SegmentEdit change, IReadOnlyList<EditableSegment> segments, double videoSeconds, IReadOnlyCollection<string> voices) =>
    [
        .. Text("text", change.Text),
        .. Text("translation", change.Translation),
        .. change.Voice is { } voice && (voice.Length is 0 or > 200 || (voices.Count > 0 && !voices.Contains(voice)))
            ? new[] { new EditFault("voice", "voice_invalid", "voice is not one that the engine has for this language") }
            : [],
        .. change.Start is null && change.End is null ? [] : Time(change, segments, videoSeconds),
    ];

    private static IEnumerable<EditFault> Text(string field, string? text)
    {
        if (text is not null && (text.Length > MaxCharacters || !SpokenText.IsSpeakable(text)))
            yield return new EditFault(
                field, $"{field}_invalid", $"{field} is not a text of at most {MaxCharacters} characters with something to say");
    }

    // Neighbours that overlapped before may do so, but not more.
    private static IEnumerable<EditFault> Time(SegmentEdit change, IReadOnlyList<EditableSegment> segments, double videoSeconds)
    {
        var place = segments.TakeWhile(s => s.Index != change.Index).Count();
        var (start, end) = (change.Start ?? segments[place].Start, change.End ?? segments[place].End);
        if (!(start >= 0 && start < end && end <= videoSeconds))
        {
            yield return new EditFault(
                change.Start is null ? "end" : "start", "time_invalid", "start is not before end, or either is not within the video");
            yield break;
        }

        if (place > 0 && start < Math.Min(segments[place - 1].End, segments[place].Start))
            yield return new EditFault("start", "segments_overlap", "start is before the end of the segment before");
        if (place < segments.Count - 1 && end > Math.Max(segments[place + 1].Start, segments[place].End))
            yield return new EditFault("end", "segments_overlap", "end is after the start of the next segment");
    }
}
