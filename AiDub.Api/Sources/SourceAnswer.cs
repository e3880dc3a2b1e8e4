namespace AiDub.Api.Sources;

/// <summary>Where the source of a dub can be opened.</summary>
/// <param name="Url">An address at which a browser opens it, for a limited time.</param>
/// <param name="Bytes">How large it is.</param>
internal sealed record SourceAnswer(string Url, long Bytes);
