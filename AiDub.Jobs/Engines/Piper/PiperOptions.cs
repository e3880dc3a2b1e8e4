using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>Section <c>Engines:Piper</c>: speech on this machine by Piper. Not configured without <see cref="VoicesDirectory"/>.</summary>
public sealed class PiperOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Piper";

    /// <summary>The program; a name is looked for on the <c>PATH</c>. Default <c>piper</c>.</summary>
    [Required]
    public string Executable { get; set; } = "piper";

    /// <summary>
    /// The folder of the voices: <c>es_ES-davefx-medium.onnx</c> with <c>es_ES-davefx-medium.onnx.json</c> beside it, and so on.
    /// </summary>
    public string? VoicesDirectory { get; set; }

    /// <summary>Voices to use instead of a language's first, by ISO 639-1: <c>{"es": "es_ES-davefx-medium"}</c>.</summary>
    public Dictionary<string, string> Voices { get; set; } = [];

    /// <summary>How long one text may take before the program counts as hung, in seconds, 1–3600; default 120.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 120;
}
