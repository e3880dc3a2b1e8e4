namespace AiDub.Domain.Editing;

/// <summary>A segment of a dub as it can be edited.</summary>
public sealed record EditableSegment
{
    /// <summary>Its place, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>When the original starts, in seconds, inclusive.</summary>
    public required double Start { get; init; }

    /// <summary>When the original ends, in seconds, exclusive.</summary>
    public required double End { get; init; }

    /// <summary>What is said in the source; empty when that is not known.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// What is spoken; of a segment whose text was edited since, what was spoken before: it is translated when it is rendered.
    /// </summary>
    public required string Translation { get; init; }

    /// <summary>
    /// What subtitles show of the source, where that is more than is said: sound descriptions such as <c>[Música]</c>; else null.
    /// </summary>
    public string? TextCaption { get; init; }

    /// <summary>What subtitles show of the dub, where that is more than is spoken; else null.</summary>
    public string? TranslationCaption { get; init; }

    /// <summary>Who speaks in the source: <c>S1</c>, <c>S2</c> …</summary>
    public string? Speaker { get; init; }

    /// <summary>The voice by the engine's own name; null when nothing of it was spoken.</summary>
    public string? Voice { get; init; }

    /// <summary>When the dub of it starts in the last result, in seconds; null when nothing of it was spoken.</summary>
    public double? DubStart { get; init; }

    /// <summary>When the dub of it ends in the last result, in seconds; null when nothing of it was spoken.</summary>
    public double? DubEnd { get; init; }

    /// <summary>How fast it is heard in the last result; 1 is the voice's own rate.</summary>
    public double? Tempo { get; init; }

    /// <summary>
    /// Whether the last result leaves it out of its speech, because there was no room: say it in fewer words, or give it more time.
    /// </summary>
    public bool LeftOut { get; init; }

    /// <summary>Whether it was edited since the last result.</summary>
    public required bool Changed { get; init; }

    /// <summary>The edit without the fields that change nothing.</summary>
    /// <param name="change">What is asked for.</param>
    /// <param name="inForce">What was changed of it before.</param>
    public SegmentEdit Reduce(SegmentEdit change, SegmentEdit inForce) => change with
    {
        Text = change.Text == Text ? null : change.Text,
        Translation = IsSpokenAlready(change, inForce) ? null : change.Translation,
        Voice = change.Voice == Voice ? null : change.Voice,
        Start = change.Start == Start ? null : change.Start,
        End = change.End == End ? null : change.End,
    };

    // Of a text that is still to be translated the old translation may be asked for: then it is spoken in place of a new one.
    private bool IsSpokenAlready(SegmentEdit change, SegmentEdit inForce) =>
        change.Translation == Translation
        && (change.Text is null || change.Text == Text)
        && !(Changed && inForce is { Text: not null, Translation: null });
}
