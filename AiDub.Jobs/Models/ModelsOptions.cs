using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Models;

/// <summary>Section <c>Models</c>: where <c>./aidub models</c> brings models from. Nothing is brought unless it is told to.</summary>
public sealed class ModelsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Models";

    /// <summary>The hub's address; repositories lie below it as <c>owner/name/resolve/revision/path</c>.</summary>
    [Url]
    [Required]
    public string Hub { get; set; } = "https://huggingface.co";

    /// <summary>
    /// A token of the hub, for models that it gives only to whoever accepted their terms there. It is sent to nobody else.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>After how many seconds without a byte a download counts as broken off, 1–3600; default 60.</summary>
    [Range(1, 3600)]
    public int SilenceSeconds { get; set; } = 60;

    /// <summary>How often in a row a download that brought nothing is taken up again, 0–100; default 5.</summary>
    [Range(0, 100)]
    public int Retries { get; set; } = 5;
}
