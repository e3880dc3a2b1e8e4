using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Native;

/// <summary>Section <c>Engines:Native</c>: the processes in which models run on this machine, one a model.</summary>
public sealed class NativeOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Native";

    /// <summary>After how many seconds without a call a process is ended; default 60, 1–86400.</summary>
    [Range(1, 86400)]
    public int IdleSeconds { get; set; } = 60;

    /// <summary>After how many seconds without a word, loading included, a process counts as hung; default 120, 1–3600.</summary>
    [Range(1, 3600)]
    public int SilenceSeconds { get; set; } = 120;

    /// <summary>The memory of a process, in bytes; less where a model is known to need less. Default 16 GiB; 512 MiB to 16 TiB.</summary>
    [Range(512L << 20, 16L << 40)]
    public long MemoryBytes { get; set; } = 16L << 30;
}
