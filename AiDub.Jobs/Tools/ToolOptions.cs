using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Tools;

/// <summary>What one run of an external tool may use: section <c>Tools</c>.</summary>
public sealed class ToolOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Tools";

    /// <summary>
    /// After how many seconds a tool counts as hung and is killed, where no shorter limit of its own applies. Default 7200; 1 to 86400.
    /// </summary>
    [Range(1, 86400)]
    public int TimeoutSeconds { get; set; } = 7200;

    /// <summary>The memory of ffmpeg and ffprobe, which open what strangers send, in bytes. Default 2 GiB; 128 MiB to 1 TiB.</summary>
    [Range(128L << 20, 1L << 40)]
    public long MediaMemoryBytes { get; init; } = 2L << 30;

    /// <summary>The memory of any other tool, in bytes; a speech model has to fit. Default 32 GiB; 512 MiB to 16 TiB.</summary>
    [Range(512L << 20, 16L << 40)]
    public long MemoryBytes { get; init; } = 32L << 30;

    /// <summary>The largest file that a tool may write, in bytes. Default 16 GiB; 1 MiB to 16 TiB.</summary>
    [Range(1L << 20, 16L << 40)]
    public long FileBytes { get; init; } = 16L << 30;

    /// <summary>
    /// By how much tools stand back where others want the processor too, the service itself among them: 0 (not at all) to 19. Default 2:
    /// who polls and submits is answered while dubs use every core.
    /// </summary>
    [Range(0, 19)]
    public int Niceness { get; init; } = 2;
}
