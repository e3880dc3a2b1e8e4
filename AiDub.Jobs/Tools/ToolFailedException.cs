namespace AiDub.Jobs.Tools;

/// <summary>A tool failed, ran too long or said too much. For the log: the message may hold paths.</summary>
/// <param name="tool">The executable.</param>
/// <param name="exitCode">Its exit code; null when it was stopped.</param>
/// <param name="standardErrorTail">The end of its standard error.</param>
/// <param name="reason">Why it was stopped; null when it ended by itself.</param>
/// <param name="inner">The cause.</param>
public sealed class ToolFailedException(
    string tool, int? exitCode, string standardErrorTail, string? reason = null, Exception? inner = null)
    : Exception($"{tool} {reason ?? $"ended with {exitCode}"}: {standardErrorTail}", inner)
{
    // 128 + n is an end by signal n: SIGXCPU is 24 and SIGXFSZ 25.
    private const int CpuLimitReached = 128 + 24;
    private const int FileLimitReached = 128 + 25;

    /// <summary>The executable.</summary>
    public string Tool { get; } = tool;

    /// <summary>Its exit code; null when it was stopped.</summary>
    public int? ExitCode { get; } = exitCode;

    /// <summary>The last 4 KB of its standard error.</summary>
    public string StandardErrorTail { get; } = standardErrorTail;

    /// <summary>Whether it was stopped because its time, or the processor's time that it may use, was up.</summary>
    public bool RanTooLong { get; init; } = exitCode == CpuLimitReached;

    /// <summary>Whether it was stopped because it would have written a larger file than it may.</summary>
    public bool WroteTooMuch => ExitCode == FileLimitReached;

    /// <summary>Whether it crashed: whoever runs it with the same input will see the same.</summary>
    public bool Crashed => ExitCode is 128 + 4 or 128 + 6 or 128 + 7 or 128 + 8 or 128 + 11;
}
