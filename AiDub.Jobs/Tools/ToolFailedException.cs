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
    // What ffmpeg ends with where SIGTERM or SIGINT stopped it, as when a machine shuts down.
    private const int ToldToStop = 255;

    // What it ends with that was never begun: its file is damaged or of another machine, or a library is missing.
    private const int NotExecuted = 126;
    private const int NotStarted = 127;

    /// <summary>The executable.</summary>
    public string Tool { get; } = tool;

    /// <summary>Its exit code; null when it was stopped.</summary>
    public int? ExitCode { get; } = exitCode;

    /// <summary>The last 4 KB of its standard error.</summary>
    public string StandardErrorTail { get; } = standardErrorTail;

    /// <summary>Whether it was stopped because its time, or the processor's time that it may use, was up.</summary>
    public bool RanTooLong { get; init; } = ToolSignals.Of(exitCode) == ToolSignal.CpuLimit;

    /// <summary>Whether it was stopped because it would have written a larger file than it may.</summary>
    public bool WroteTooMuch => Signal == ToolSignal.FileLimit;

    /// <summary>Whether it crashed: whoever runs it with the same input will see the same.</summary>
    public bool Crashed => Signal is ToolSignal.Abort or ToolSignal.BusError or ToolSignal.ArithmeticError
        or ToolSignal.SegmentationFault;

    /// <summary>What spans call it.</summary>
    internal string FaultName => RanTooLong ? "tool_timeout" : Signal is null ? "tool_failed" : "tool_killed";

    /// <summary>The signal that ended it; null when none did.</summary>
    public ToolSignal? Signal => ToolSignals.Of(ExitCode);

    /// <summary>Whether it ran to its end and said that it failed: it was begun, no signal ended it, and nobody stopped it.</summary>
    public bool EndedByItself => ExitCode is > 0 and not (NotExecuted or NotStarted or ToldToStop) && Signal is null;
}
