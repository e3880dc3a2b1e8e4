using System.ComponentModel.DataAnnotations;
using AiDub.Jobs.Engines.Remote;

namespace AiDub.Jobs.Engines.OpenAi;

/// <summary>
/// What the three engines that speak OpenAI's protocol share. Section <c>Engines:OpenAi</c> sets it for all of them, each one's own section
/// overrides. Without <see cref="RemoteOptions.BaseUrl"/> and with a key, OpenAI itself is meant; with neither, the engine is not
/// configured.
/// </summary>
public abstract class OpenAiOptions : RemoteOptions
{
    /// <summary>The section that all three read first.</summary>
    public const string SharedSection = "OpenAi";

    /// <summary>The model, by the server's name for it.</summary>
    [Required]
    public abstract string Model { get; set; }

    internal override bool IsConfigured => BaseUrl is not null || ApiKey is not null;

    internal override string Base => BaseUrl ?? "https://api.openai.com/v1";
}
