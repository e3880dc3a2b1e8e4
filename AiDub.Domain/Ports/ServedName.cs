namespace AiDub.Domain.Ports;

/// <summary>What a browser is told to call an object that it opens.</summary>
/// <param name="FileName">The file's name, such as <c>talk.es.mp4</c>, in any letters and without a folder.</param>
/// <param name="IsSaved">Whether it is to be saved and not shown.</param>
public sealed record ServedName(string FileName, bool IsSaved = false);
