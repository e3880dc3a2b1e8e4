using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Silero;

/// <summary>Section <c>Engines:Silero</c>: where somebody speaks, by Silero VAD. Without its model speech is found by its level.</summary>
public sealed class SileroOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Silero";

    /// <summary>
    /// The path of a model of version 5 or 6 as ONNX; default <c>silero_vad_v6.onnx</c> in the folder that <c>AIDUB_MODELS</c> names, where
    /// it is there. Only the default's bytes are known, and must be those.
    /// </summary>
    public string? ModelPath { get; set; }

    /// <summary>From what probability on it is speech, 0.05–0.95; default 0.5, as Silero's own code has it.</summary>
    [Range(0.05, 0.95)]
    public double Threshold { get; set; } = 0.5;
}
