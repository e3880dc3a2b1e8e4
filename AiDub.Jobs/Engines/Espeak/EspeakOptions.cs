using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Espeak;

/// <summary>Section <c>Engines:Espeak</c>: speech in over 90 languages on this machine. Needs Debian's <c>espeak-ng</c>.</summary>
public sealed class EspeakOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Espeak";

    /// <summary>The program; a name is looked for on the <c>PATH</c>. Default <c>espeak-ng</c>.</summary>
    [Required]
    public string Executable { get; set; } = "espeak-ng";

    /// <summary>
    /// The voices' own rate in words a minute, 80–450; default 165. <c>Rate</c> of a request multiplies it, within the same limits.
    /// </summary>
    [Range(80, 450)]
    public int WordsPerMinute { get; set; } = 165;

    /// <summary>
    /// Voices to use instead of a language's default, by ISO 639-1: <c>{"es": "es-419+f3"}</c>. One that is not installed is an error when
    /// it is used.
    /// </summary>
    public Dictionary<string, string> Voices { get; set; } = [];

    /// <summary>How long one text may take before the program counts as hung, in seconds, 1–3600; default 120.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 120;
}
