namespace AiDub.Jobs.Engines.Demucs;

/// <summary>
/// Section <c>Engines:Demucs</c>: what sounds beside the voices, by Demucs. Without its model the original is lowered as a whole, or its
/// middle is.
/// </summary>
public sealed class DemucsOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Demucs";

    /// <summary>
    /// The path of Hybrid Transformer Demucs as one ONNX graph, sound to sound; default: what <c>./aidub models get htdemucs</c> brought.
    /// </summary>
    public string? ModelPath { get; set; }
}
