using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Dubbing.Artifacts;

namespace AiDub.Jobs.Dubbing.Editing;

/// <summary>A finished dub as it can be edited: what was made, and what was changed since.</summary>
public sealed record EditableDub
{
    /// <summary>The record of what was made.</summary>
    public required DubRecord Record { get; init; }

    /// <summary>All that was changed since the first dub.</summary>
    public required DubEdits Edits { get; init; }

    /// <summary>How long the video lasts, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The voices of the engine for the language, by name; empty when it does not tell them.</summary>
    public required IReadOnlyList<string> Voices { get; init; }

    /// <summary>The segments, in order.</summary>
    public required IReadOnlyList<EditableSegment> Segments { get; init; }

    /// <summary>The segments of what was made, with what was changed since.</summary>
    public static IReadOnlyList<EditableSegment> SegmentsOf(MadeRevision made, SpeakerMap speakers)
    {
        var spoken = made.Timeline.Segments.ToDictionary(s => s.Index);
        var leftOut = made.Timeline.LeftOut.Select(s => s.Index).ToHashSet();
        return
        [
            .. made.Translation.Segments.Select(segment =>
            {
                var (edit, place) = (made.Plan.After.Of(segment.Index), spoken.GetValueOrDefault(segment.Index));
                return new EditableSegment
                {
                    Index = segment.Index,
                    Start = edit.Start ?? segment.Start,
                    End = edit.End ?? segment.End,
                    Text = edit.Text ?? (made.Said.Contains(segment.Index) ? made.Transcript.Segments[segment.Index].Text : ""),
                    Translation = edit.Translation ?? segment.Text,
                    TextCaption = edit.Text is null && made.IsTranscriptGiven && made.Said.Contains(segment.Index)
                        ? made.Transcript.Segments[segment.Index].Caption
                        : null,
                    TranslationCaption = edit.Translation is null ? segment.Caption : null,
                    Speaker = segment.Index < speakers.Segments.Count ? speakers.Segments[segment.Index] : null,
                    Voice = edit.Voice ?? place?.Voice,
                    DubStart = place?.Start,
                    DubEnd = place?.End,
                    Tempo = place?.Tempo,
                    LeftOut = leftOut.Contains(segment.Index),
                    Changed = made.Plan.IsChanged(segment.Index),
                };
            }),
        ];
    }
}
