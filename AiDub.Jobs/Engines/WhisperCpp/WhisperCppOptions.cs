using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.WhisperCpp;

/// <summary>
/// Section <c>Engines:WhisperCpp</c>: recognition on this machine by whisper.cpp's <c>whisper-cli</c>. Not configured without
/// <see cref="ModelPath"/>.
/// </summary>
public sealed class WhisperCppOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "WhisperCpp";

    /// <summary>The program; a name is looked for on the <c>PATH</c>. Default <c>whisper-cli</c>.</summary>
    [Required]
    public string Executable { get; set; } = "whisper-cli";

    /// <summary>The model's file, such as <c>/models/ggml-large-v3-turbo.bin</c>. One named <c>*.en.bin</c> knows English only.</summary>
    public string? ModelPath { get; set; }

    /// <summary>How many threads a recording is worked on with, 1–256, or 0 (default) for one per core.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>How long a recording may take before the program counts as hung, in minutes, 1–2880; default 240.</summary>
    [Range(1, 2880)]
    public int TimeoutMinutes { get; set; } = 240;

    internal bool IsEnglishOnly => Path.GetFileNameWithoutExtension(ModelPath)?.Contains(".en", StringComparison.Ordinal) == true;
}
