using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Whisper;

/// <summary>
/// Section <c>Engines:Whisper</c>: recognition on this machine by Whisper, in a process of its own. It needs a processor with AVX2.
/// </summary>
public sealed class WhisperOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Whisper";

    /// <summary>
    /// The path of a ggml model of whisper.cpp; default the best one in the folder that <c>AIDUB_MODELS</c> names
    /// (<c>./aidub models get light</c>). One named <c>*.en.bin</c> knows English only.
    /// </summary>
    public string? ModelPath { get; set; }

    /// <summary>How many threads work on one stretch of sound, 1–64, or 0 (default): as many as there are cores, at most 4.</summary>
    [Range(0, 64)]
    public int Threads { get; set; }

    /// <summary>
    /// How many stretches are worked on at once, 1–64, or 0 (default): as many as the cores have room for. Each takes memory.
    /// </summary>
    [Range(0, 64)]
    public int Parallelism { get; set; }

    /// <summary>How probable a text must be to be kept, 0–1, as the mean of its parts; default 0.3.</summary>
    [Range(0.0, 1.0)]
    public double MinProbability { get; set; } = 0.3;
}
