using System.Globalization;

namespace AiDub.Tests.Bench;

/// <summary>What a process has used, as the kernel counts it (proc(5)).</summary>
internal static class ProcessUse
{
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of the children that have ended and were waited for.</summary>
    public static double ChildrenCpuSeconds(int process) => CpuSeconds(process, 16);

    /// <summary>CPU seconds of the process itself.</summary>
    public static double OwnCpuSeconds(int process) => CpuSeconds(process, 14);

    /// <summary>The most memory it has held so far, in MB.</summary>
    public static double PeakMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>The most memory that any one tool of a service holds until the wait ends, in MB; looked at twenty times a second.</summary>
    public static async Task<double> PeakOfToolsAsync(int service, CancellationToken over)
    {
        var most = 0.0;
        while (!over.IsCancellationRequested)
        {
            most = Math.Max(most, Directory.EnumerateDirectories("/proc").Select(entry => int.TryParse(Path.GetFileName(entry), out var id)
                ? ToolMegabytes(id, service) : 0).Max());
            await Task.Delay(50, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return most;
    }

    // 0 for every other process, and for one that has not become the tool yet: it still holds the service's memory.
    private static double ToolMegabytes(int id, int service)
    {
        try
        {
            var parent = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[1];
            return parent == service.ToString(CultureInfo.InvariantCulture)
                && Path.GetFileName(new FileInfo($"/proc/{id}/exe").LinkTarget) is not "dotnet"
                    ? PeakMegabytes(id)
                    : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return 0; // it has ended
        }
    }

    // Two neighbours: utime and stime are fields 14 and 15, those of the children 16 and 17. The state, field 3, is the first behind the
    // name.
    private static double CpuSeconds(int process, int field)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        return (
            long.Parse(
                fields[field - 3],
                CultureInfo.InvariantCulture) + long.Parse(fields[field - 2], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
