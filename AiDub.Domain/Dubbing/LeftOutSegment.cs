namespace AiDub.Domain.Dubbing;

/// <summary>A segment that is not spoken, because there is no room for it.</summary>
/// <param name="Index">Its place in the translation, from 0.</param>
/// <param name="Start">When the original starts, in seconds.</param>
/// <param name="End">When the original ends, in seconds.</param>
/// <param name="Text">What would have been said.</param>
public sealed record LeftOutSegment(int Index, double Start, double End, string Text)
{
    /// <summary>What is shown of it, where that is more than is said.</summary>
    public string? Caption { get; init; }
}
