using CliWrap;

namespace AiDub.Jobs.Tools;

/// <summary>A run of an external tool, as an immutable value; running it is <see cref="ToolRunner"/>'s.</summary>
/// <param name="Name">The executable, found on the <c>PATH</c> unless it is a full path.</param>
/// <param name="Arguments">One element an argument; nothing is split or quoted.</param>
/// <param name="WorkingDirectory">A folder of the attempt's own, so that a process which outlives its worker can be told by where it
/// runs.</param>
public sealed record ToolCommand(string Name, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>How long it may run before it is killed; default two hours.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The most memory that it needs, in bytes; null: what <c>Tools</c> gives to any. It never gets more than that.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Environment variables to set, or with null to unset; the rest is inherited.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads from standard input, as UTF-8; ignored when <see cref="StandardInput"/> is set. Default: nothing.</summary>
    public string? StandardInputText { get; init; }

    /// <summary>Where its standard input comes from.</summary>
    public PipeSource? StandardInput { get; init; }

    /// <summary>
    /// Where its standard output goes; when null it is returned as text, or told line by line to <see cref="OnOutputLine"/>.
    /// </summary>
    public PipeTarget? StandardOutput { get; init; }

    /// <summary>Told every line of standard output, in order; the text is then not returned.</summary>
    public Action<string>? OnOutputLine { get; init; }

    /// <summary>Told every line of standard error, in order.</summary>
    public Action<string>? OnErrorLine { get; init; }

    /// <summary>Whether an exit code other than 0 is returned; by default it throws.</summary>
    public bool AllowFailure { get; init; }
}

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">0 unless <see cref="ToolCommand.AllowFailure"/>.</param>
/// <param name="StandardOutput">All of its standard output; empty when the command sent it elsewhere.</param>
/// <param name="StandardErrorTail">The last 4 KB of its standard error.</param>
public sealed record ToolResult(int ExitCode, string StandardOutput, string StandardErrorTail);
