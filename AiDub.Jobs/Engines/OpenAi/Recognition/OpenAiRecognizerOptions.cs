using System.ComponentModel.DataAnnotations;
using AiDub.Jobs.Settings;

namespace AiDub.Jobs.Engines.OpenAi.Recognition;

/// <summary>
/// Section <c>Engines:OpenAiRecognizer</c>: recognition by a server with <c>/audio/transcriptions</c>, such as OpenAI, speaches or vLLM.
/// </summary>
public sealed class OpenAiRecognizerOptions : OpenAiOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "OpenAiRecognizer";

    /// <summary>The model; default <c>whisper-1</c>. It has to give times: <c>verbose_json</c>.</summary>
    public override string Model { get; set; } = "whisper-1";

    /// <summary>What the recording is about, to help with names; default none.</summary>
    [MaxLength(800)]
    [Prose]
    public string? Prompt { get; set; }

    /// <summary>
    /// The longest stretch sent at once, in seconds, 5–3600; default 300. Cuts lie in silences. What was heard of a stretch is kept when a
    /// later one fails. A server that gives no times needs 30 or less.
    /// </summary>
    [Range(5, 3600)]
    public int ChunkSeconds { get; set; } = 300;

    /// <summary>The largest file that the server takes, in bytes, 1 MB–2 GB; default 24 MB. A second of sound has 32 000.</summary>
    [Range(1 << 20, int.MaxValue)]
    public int MaxUploadBytes { get; set; } = 24 << 20;

    internal double LongestChunk => Math.Min(ChunkSeconds, (MaxUploadBytes - 4096) / (double)AudioChunk.BytesPerSecond);
}
