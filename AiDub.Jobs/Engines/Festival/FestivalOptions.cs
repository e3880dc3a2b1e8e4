using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Festival;

/// <summary>
/// Section <c>Engines:Festival</c>: Catalan and Russian speech on this machine, where Debian's <c>festival</c> is installed with
/// <c>festvox-ca-ona-hts</c> or <c>festvox-ru</c>.
/// </summary>
public sealed class FestivalOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Festival";

    /// <summary>The program; a name is looked for on the <c>PATH</c>. Default <c>festival</c>.</summary>
    [Required]
    public string Executable { get; set; } = "festival";

    /// <summary>How long one text may take before the program counts as hung, in seconds, 1–3600; default 120.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 120;
}
