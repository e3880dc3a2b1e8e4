namespace AiDub.Domain.Editing;

/// <summary>All that was changed of a dub's segments since it was first made.</summary>
/// <param name="RequestId">The dub.</param>
/// <param name="Revision">How often they were changed; 0: never.</param>
/// <param name="Segments">The segments that were changed, at most one a segment.</param>
public sealed record DubEdits(Guid RequestId, int Revision, IReadOnlyList<SegmentEdit> Segments)
{
    /// <summary>The edits of a dub that nobody has changed.</summary>
    public static DubEdits None(Guid requestId) => new(requestId, 0, []);

    /// <summary>What was changed of a segment; an edit of nothing when it is as it was.</summary>
    public SegmentEdit Of(int index) => Segments.FirstOrDefault(edit => edit.Index == index) ?? new SegmentEdit(index);

    /// <summary>The next revision, with a segment changed further.</summary>
    public DubEdits With(SegmentEdit change) => new(
        RequestId,
        Revision + 1,
        [.. Segments.Where(edit => edit.Index != change.Index).Append(Of(change.Index).Then(change)).OrderBy(edit => edit.Index)]);

    /// <summary>The next revision, with nothing changed further.</summary>
    public DubEdits Again() => this with { Revision = Revision + 1 };
}

/// <summary>What was changed of one segment; null what was not.</summary>
/// <param name="Index">Its place in the translation, from 0.</param>
public sealed record SegmentEdit(int Index)
{
    /// <summary>What is said in the source.</summary>
    public string? Text { get; init; }

    /// <summary>What is to be spoken, as it is; null with a <see cref="Text"/>: that is translated.</summary>
    public string? Translation { get; init; }

    /// <summary>The voice by the engine's own name.</summary>
    public string? Voice { get; init; }

    /// <summary>When the original starts, in seconds, inclusive.</summary>
    public double? Start { get; init; }

    /// <summary>When the original ends, in seconds, exclusive.</summary>
    public double? End { get; init; }

    /// <summary>This edit, followed by another of the same segment. A new text without a translation is to be translated anew.</summary>
    public SegmentEdit Then(SegmentEdit next) => this with
    {
        Text = next.Text ?? Text,
        Translation = next.Translation ?? (next.Text is null ? Translation : null),
        Voice = next.Voice ?? Voice,
        Start = next.Start ?? Start,
        End = next.End ?? End,
    };
}
