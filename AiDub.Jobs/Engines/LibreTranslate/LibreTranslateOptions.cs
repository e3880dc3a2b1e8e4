using System.ComponentModel.DataAnnotations;
using AiDub.Jobs.Engines.Remote;

namespace AiDub.Jobs.Engines.LibreTranslate;

/// <summary>
/// Section <c>Engines:LibreTranslate</c>: translation by a LibreTranslate server. Not configured without
/// <see cref="RemoteOptions.BaseUrl"/>.
/// </summary>
public sealed class LibreTranslateOptions : RemoteOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "LibreTranslate";

    /// <summary>How many texts a call translates, 1–500; default 25.</summary>
    [Range(1, 500)]
    public int BatchSegments { get; set; } = 25;

    /// <summary>How many characters a call translates, 100–100000; default 4000. Servers set limits; a longer segment goes alone.</summary>
    [Range(100, 100000)]
    public int BatchCharacters { get; set; } = 4000;

    internal override bool IsConfigured => BaseUrl is not null;
}
