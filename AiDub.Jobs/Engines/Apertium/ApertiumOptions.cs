using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Apertium;

/// <summary>
/// Section <c>Engines:Apertium</c>: translation on this machine. Needs Debian's <c>apertium</c> and a package for each language pair, such
/// as <c>apertium-eng-spa</c>.
/// </summary>
public sealed class ApertiumOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Apertium";

    /// <summary>The program; a name is looked for on the <c>PATH</c>. Default <c>apertium</c>.</summary>
    [Required]
    public string Executable { get; set; } = "apertium";

    /// <summary>How many directions may be chained, 1–5: each one costs quality. Default 3.</summary>
    [Range(1, 5)]
    public int MaxHops { get; set; } = 3;

    /// <summary>How long one direction may take before it counts as hung, in seconds, 1–7200; default 600.</summary>
    [Range(1, 7200)]
    public int TimeoutSeconds { get; set; } = 600;

    /// <summary>
    /// Where <c>apertium-eng-spa</c> puts its English analyser, which our own pair needs; default <c>/usr/share/apertium</c>.
    /// </summary>
    [Required]
    public string DataDirectory { get; set; } = "/usr/share/apertium";

    /// <summary>
    /// Further folders of compiled pairs, each as <c>apertium -d</c> takes it; what they translate is a draft too. Default: none.
    /// </summary>
    public IReadOnlyList<string> PairDirectories { get; set; } = [];

    /// <summary>
    /// Where our own pair is compiled to, some 3 MB, by <c>AiDub.Jobs prepare</c> or else when it is first needed, for which it must be
    /// writable. Default: <c>apertium</c> beside the program.
    /// </summary>
    [Required]
    public string CompiledDirectory { get; set; } = Path.Combine(AppContext.BaseDirectory, "apertium");

    /// <summary>
    /// Where <c>dict-freedict-eng-ind</c> puts its dictionary, of which our own pair is made; default <c>/usr/share/dictd</c>.
    /// </summary>
    [Required]
    public string DictionaryDirectory { get; set; } = "/usr/share/dictd";
}
