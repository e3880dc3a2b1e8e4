namespace AiDub.Domain.Ports;

/// <summary>What is hoped for at an address.</summary>
public enum FetchedKind
{
    /// <summary>A video, or sound.</summary>
    Video,

    /// <summary>A text file.</summary>
    Text,
}
