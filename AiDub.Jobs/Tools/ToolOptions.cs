using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Tools;

/// <summary>What holds for every external tool.</summary>
public sealed class ToolOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Tools";

    /// <summary>After how many seconds a tool counts as hung and is killed, where no shorter limit of its own applies: 1 to 86400. Default 7200.</summary>
    [Range(1, 86400)]
    public int TimeoutSeconds { get; set; } = 7200;
}
