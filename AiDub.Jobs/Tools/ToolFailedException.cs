namespace AiDub.Jobs.Tools;

/// <summary>A tool failed, ran too long or said too much. For the log: the message may hold paths.</summary>
/// <param name="tool">The executable.</param>
/// <param name="exitCode">Its exit code; null when it was stopped.</param>
/// <param name="standardErrorTail">The end of its standard error.</param>
/// <param name="reason">Why it was stopped; null when it ended by itself.</param>
/// <param name="inner">The cause.</param>
public sealed class ToolFailedException(string tool, int? exitCode, string standardErrorTail, string? reason = null, Exception? inner = null)
    : Exception($"{tool} {reason ?? $"ended with {exitCode}"}: {standardErrorTail}", inner)
{
    /// <summary>The executable.</summary>
    public string Tool { get; } = tool;

    /// <summary>Its exit code; null when it was stopped.</summary>
    public int? ExitCode { get; } = exitCode;

    /// <summary>The last 4 KB of its standard error.</summary>
    public string StandardErrorTail { get; } = standardErrorTail;
}
