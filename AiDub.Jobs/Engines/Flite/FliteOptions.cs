using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Flite;

/// <summary>Section <c>Engines:Flite</c>: English speech on this machine. Needs Debian's <c>flite</c>.</summary>
public sealed class FliteOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Flite";

    /// <summary>The program; a name is looked for on the <c>PATH</c>. Default <c>flite</c>.</summary>
    [Required]
    public string Executable { get; set; } = "flite";

    /// <summary>
    /// The voice where a request names none: <c>rms</c> (default, a man), <c>slt</c> (a woman), or another of <c>flite -lv</c>.
    /// </summary>
    [Required, RegularExpression("^[a-z0-9_]+$")]
    public string Voice { get; set; } = "rms";

    /// <summary>How long one text may take before the program counts as hung, in seconds, 1–3600; default 120.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 120;
}
