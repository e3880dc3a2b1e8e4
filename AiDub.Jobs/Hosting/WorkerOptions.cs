using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Hosting;

/// <summary>Whether, and how many, dubs this process works on.</summary>
public sealed class WorkerOptions
{
    /// <summary>Whether this process works on dubs. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many dubs it works on at once: 1 to 100. Default 2.</summary>
    [Range(1, 100)]
    public int Count { get; set; } = 2;

    /// <summary>For how many seconds a shutdown waits for running dubs to let go: 1 to 60. Default 10.</summary>
    [Range(1, 60)]
    public int ShutdownSeconds { get; set; } = 10;
}
