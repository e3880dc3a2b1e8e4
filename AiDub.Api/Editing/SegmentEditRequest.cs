using System.Text.Json.Serialization;
using AiDub.Api.Wire;
using AiDub.Domain.Editing;

namespace AiDub.Api.Editing;

/// <summary>Changes a segment; what is absent or null stays as it is.</summary>
internal sealed record SegmentEditRequest : INamesUser
{
    /// <summary>Who asks. May be left out with a token; if it is given then, it must be the token's user.</summary>
    public SentUserId UserId { get; init; }

    /// <summary>The revision that the change was made in: the one that was read or answered last.</summary>
    public int? Revision { get; init; }

    /// <summary>
    /// What is said in the source, at most 2000 characters; without a <c>translation</c> it is translated when the dub is rendered.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText Text { get; init; }

    /// <summary>What is to be spoken, as it is; at most 2000 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText Translation { get; init; }

    /// <summary>One of the <c>voices</c> of the dub.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText Voice { get; init; }

    /// <summary>When the original starts, in seconds from 0; not before the end of the segment before.</summary>
    public double? Start { get; init; }

    /// <summary>When the original ends, in seconds; not after the start of the next segment.</summary>
    public double? End { get; init; }

    /// <summary>The change of a segment.</summary>
    public SegmentEdit ToEdit(int index) => new(index)
    {
        Text = Sent(Text),
        Translation = Sent(Translation),
        Voice = Sent(Voice),
        Start = Start,
        End = End,
    };

    // A text in which nothing is sent, or another type in its place, is refused like one that cannot be spoken.
    private static string? Sent(SentText sent) => sent.Value?.Trim() ?? (sent.IsMissing ? null : "");
}
