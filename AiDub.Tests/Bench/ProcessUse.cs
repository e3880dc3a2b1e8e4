using System.Globalization;

namespace AiDub.Tests.Bench;

/// <summary>What a process has used, as the kernel counts it (proc(5)).</summary>
internal static class ProcessUse
{
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of the children that have ended and were waited for.</summary>
    public static double ChildrenCpuSeconds(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        // cutime and cstime are fields 16 and 17; the state, field 3, is the first here.
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>The most memory it has held so far, in MB.</summary>
    public static double PeakMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
