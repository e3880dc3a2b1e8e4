using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>
/// Section <c>Engines:Piper</c>: speech on this machine by the voices of Piper, in processes of their own. It needs eSpeak NG, which says
/// how words sound.
/// </summary>
public sealed class PiperOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Piper";

    /// <summary>A program <c>piper</c> to speak with instead; default none.</summary>
    public string? Executable { get; set; }

    /// <summary>The program that says how words sound; a name is looked for on the <c>PATH</c>. Default <c>espeak-ng</c>.</summary>
    [Required]
    public string Phonemizer { get; set; } = "espeak-ng";

    /// <summary>
    /// The folder of the voices: <c>es_ES-davefx-medium.onnx</c> with <c>es_ES-davefx-medium.onnx.json</c> beside it, and so on. Default
    /// <c>voices</c> in the folder that <c>AIDUB_MODELS</c> names (<c>./aidub models get light --to es</c>).
    /// </summary>
    public string? VoicesDirectory { get; set; }

    /// <summary>
    /// Voices to use instead of a language's first, by ISO 639-1: <c>{"es": "es_ES-davefx-medium"}</c>; of a voice with several speakers
    /// one is chosen by its number, <c>en_US-libritts_r-medium#7</c>.
    /// </summary>
    public Dictionary<string, string> Voices { get; set; } = [];

    /// <summary>How long one text may take before the program counts as hung, in seconds, 1–3600; default 120.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 120;
}
