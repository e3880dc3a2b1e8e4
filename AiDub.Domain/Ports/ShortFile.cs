namespace AiDub.Domain.Ports;

/// <summary>A file that its server ends at the same byte however often it is asked, and says that there is more of.</summary>
/// <param name="Bytes">How many bytes it sends.</param>
/// <param name="Stated">How many it says that there are; null: only that these are not all.</param>
public sealed record ShortFile(long Bytes, long? Stated);
