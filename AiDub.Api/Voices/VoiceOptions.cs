using System.ComponentModel.DataAnnotations;

namespace AiDub.Api.Voices;

/// <summary>How voices are heard before a dub is made: configuration section <c>Voices</c>.</summary>
internal sealed class VoiceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Voices";

    /// <summary>The longest text that a voice is heard with, in characters: 20 to 1000. Default 200.</summary>
    [Range(20, 1000)]
    public int PreviewCharacters { get; set; } = 200;

    /// <summary>For how many seconds a voice may speak one text before it is given up: 1 to 120. Default 20.</summary>
    [Range(1.0, 120.0)]
    public double TimeoutSeconds { get; set; } = 20;

    /// <summary>How many texts are spoken at a time for one user by this process: 1 to 100. Default 2.</summary>
    [Range(1, 100)]
    public int MaxPerUser { get; set; } = 2;

    /// <summary>
    /// How many bytes of speech this process remembers, so that the same text in the same voice is spoken once: 0 to 1073741824.
    /// Default 16777216.
    /// </summary>
    [Range(0L, 1L << 30)]
    public long CacheBytes { get; set; } = 16 << 20;
}
