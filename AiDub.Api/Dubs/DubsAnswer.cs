using System.Text.Json.Serialization;

namespace AiDub.Api.Dubs;

/// <summary>A page of a user's dubs.</summary>
internal sealed record DubsAnswer
{
    /// <summary>The dubs, newest first.</summary>
    public required IReadOnlyList<DubAnswer> Dubs { get; init; }

    /// <summary>What to send as <c>cursor</c> to get the next page; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? NextCursor { get; init; }
}
