using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>
/// Section <c>Engines:PocketSphinx</c>: recognition of English on this machine. Needs Debian's <c>pocketsphinx</c> and
/// <c>pocketsphinx-en-us</c>.
/// </summary>
public sealed class PocketSphinxOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "PocketSphinx";

    /// <summary>The program; a name is looked for on the <c>PATH</c>. Default <c>pocketsphinx_batch</c>.</summary>
    [Required]
    public string Executable { get; set; } = "pocketsphinx_batch";

    /// <summary>The folder of the English models; default where Debian puts them.</summary>
    [Required]
    public string ModelDirectory { get; set; } = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>How many processes share a recording, 1–64, or 0 (default) for one per core.</summary>
    [Range(0, 64)]
    public int Parallelism { get; set; }

    /// <summary>
    /// A stretch between silences whose words have a median confidence below this is taken for music or noise and dropped; 0–1, 0 keeps
    /// everything. Measured (-maxhmmpf 5000): 0.08 on music with drums, 0.34 and more on clean speech, 0.12 and more with music 20 dB under
    /// it. Default 0.12.
    /// </summary>
    [Range(0.0, 1.0)]
    public double MinConfidence { get; set; } = 0.12;

    /// <summary>How long one process may work before it counts as hung, in minutes, 1–1440; default 120.</summary>
    [Range(1, 1440)]
    public int TimeoutMinutes { get; set; } = 120;
}
