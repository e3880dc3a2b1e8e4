using System.Globalization;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Tools;

/// <summary>
/// What is really started for a tool: on Linux util-linux's <c>setpriv</c> and <c>prlimit</c>, and coreutils' <c>nice</c>, which become it.
/// </summary>
/// <remarks>
/// Memory is RLIMIT_DATA, what a process can write to that is its own: threads reserve far more addresses than they use. The kernel ends
/// the tool when the thread that started it dies (see <see cref="ToolThread"/>), so that a killed service leaves none running.
/// </remarks>
internal static class ToolLauncher
{
    private static readonly string[] MediaTools = ["ffmpeg", "ffprobe"];

    // Where util-linux is, whatever the PATH that the tools are looked for on.
    private static readonly string[] SystemFolders = ["/usr/bin", "/bin"];

    /// <summary>The executable and its arguments.</summary>
    /// <exception cref="PermanentDubException">The tool, or what limits it, is not installed (<c>tool_missing</c>).</exception>
    public static (string Executable, IReadOnlyList<string> Arguments) Launch(ToolCommand command, ToolOptions limits)
    {
        var tool = Find(command.Name);
        if (!OperatingSystem.IsLinux())
            return (tool, command.Arguments);
        var memory = MediaTools.Contains(Path.GetFileName(command.Name)) ? limits.MediaMemoryBytes : limits.MemoryBytes;
        memory = Math.Min(memory, command.MemoryBytes ?? long.MaxValue);

        // Past this every core has worked on nothing else for all of its time.
        var cpuSeconds = (long)Math.Ceiling(command.Timeout.TotalSeconds) * Environment.ProcessorCount;
        return (Find("setpriv", SystemFolders),
        [
            "--pdeathsig", "KILL",
            .. limits.Niceness > 0 ? [Find("nice", SystemFolders), "-n", Text(limits.Niceness)] : Array.Empty<string>(),
            Find("prlimit", SystemFolders), "--core=0",
            Limit("data", memory), Limit("fsize", limits.FileBytes), Limit("cpu", cpuSeconds),
            tool, .. command.Arguments,
        ]);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Limit(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");

    private static string Find(string name, params string[] more)
    {
        string[] places = name.Contains(Path.DirectorySeparatorChar)
            ? [""]
            : [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), .. more];
        return places.Select(place => Path.Combine(place, name)).FirstOrDefault(IsExecutable)
            ?? throw new PermanentDubException(FailureCode.ToolMissing, $"{Path.GetFileName(name)} is not installed.");
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
