using AiDub.Domain.Editing;
using AiDub.Jobs.Dubbing.Editing;

namespace AiDub.Api.Views;

/// <summary>The segments of a dub, to be edited.</summary>
internal sealed record SegmentsAnswer
{
    /// <summary>The dub's id.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>How often the segments were edited: to be sent with an edit.</summary>
    public required int Revision { get; init; }

    /// <summary>The revision that the result was rendered from; 0: the first.</summary>
    public required int RenderedRevision { get; init; }

    /// <summary>The spoken language as ISO 639-1; <c>und</c> when it is not known.</summary>
    public required string FromLang { get; init; }

    /// <summary>The language dubbed into, as ISO 639-1.</summary>
    public required string ToLang { get; init; }

    /// <summary>How long the video lasts, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Until when the dub can be edited and rendered again.</summary>
    public required DateTimeOffset EditableUntil { get; init; }

    /// <summary>The voices that can be chosen; empty when the engine does not tell, and takes any name.</summary>
    public required IReadOnlyList<string> Voices { get; init; }

    /// <summary>The segments, in order.</summary>
    public required IReadOnlyList<EditableSegment> Segments { get; init; }

    /// <summary>The answer for a dub.</summary>
    public static SegmentsAnswer Of(EditableDub dub) => new()
    {
        RequestId = dub.Record.Order.RequestId,
        Revision = dub.Edits.Revision,
        RenderedRevision = dub.Record.Order.Revision,
        FromLang = dub.Record.Response.FromLang,
        ToLang = dub.Record.Order.ToLang,
        DurationSeconds = dub.DurationSeconds,
        EditableUntil = dub.Record.EditableUntil!.Value,
        Voices = dub.Voices,
        Segments = dub.Segments,
    };
}

/// <summary>A segment as it was changed.</summary>
/// <param name="Revision">The dub's revision now: to be sent with the next edit.</param>
/// <param name="Segment">The segment.</param>
internal sealed record SegmentEditAnswer(int Revision, EditableSegment Segment);
