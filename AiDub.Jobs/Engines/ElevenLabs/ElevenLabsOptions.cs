using System.ComponentModel.DataAnnotations;
using AiDub.Jobs.Engines.Remote;

namespace AiDub.Jobs.Engines.ElevenLabs;

/// <summary>
/// Section <c>Engines:ElevenLabs</c>: speech by ElevenLabs. Not configured without <see cref="RemoteOptions.ApiKey"/> and
/// <see cref="Voice"/>.
/// </summary>
public sealed class ElevenLabsOptions : RemoteOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "ElevenLabs";

    /// <summary>The model; default <c>eleven_multilingual_v2</c>.</summary>
    [Required]
    public string Model { get; set; } = "eleven_multilingual_v2";

    /// <summary>The id of the voice of languages that <see cref="Voices"/> names none for.</summary>
    [RegularExpression("^[A-Za-z0-9_-]+$")]
    public string? Voice { get; set; }

    /// <summary>Ids of voices by ISO 639-1.</summary>
    public Dictionary<string, string> Voices { get; set; } = [];

    /// <summary>The rate of the sound asked for, in Hz: 16000, 22050 (default), 24000 or 44100, which dearer plans include.</summary>
    [AllowedValues(16000, 22050, 24000, 44100)]
    public int SampleRate { get; set; } = 22050;

    internal override bool IsConfigured => ApiKey is not null && Voice is not null;

    internal override string Base => BaseUrl ?? "https://api.elevenlabs.io";
}
