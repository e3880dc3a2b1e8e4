using System.Text.Json.Serialization;

namespace AiDub.Api.Contracts;

/// <summary>A page of a user's dubs.</summary>
/// <param name="Dubs">The dubs, newest first.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> to get the next page; null when there is none.</param>
public sealed record DubsAnswer(
    IReadOnlyList<DubAnswer> Dubs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextCursor);
