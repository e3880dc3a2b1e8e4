using System.Diagnostics;
using System.Text;

namespace AiDub.Jobs.Tools;

/// <summary>Ends tools that outlived the process, or the tool, that started them.</summary>
/// <remarks>
/// Every tool works inside its attempt's scratch folder, so the folder says whose it is; process ids are used again, folders are not.
/// Within an attempt the runs of tools are told apart by an environment variable, which what they start inherits.
/// </remarks>
public static class OrphanedTools
{
    /// <summary>The environment variable that names the run which a process belongs to.</summary>
    public const string RunVariable = "AIDUB_TOOL_RUN";

    /// <summary>Ends every process that works in a folder, or below it. Only for folders that no living attempt uses.</summary>
    public static void EndIn(string folder)
    {
        var inside = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        EndAll(entry => WorksIn(entry, inside));
    }

    /// <summary>Ends every process that a run of a tool has left.</summary>
    /// <param name="run">The value of <see cref="RunVariable"/>; no other run may have it.</param>
    public static void EndOf(string run)
    {
        var variable = Encoding.UTF8.GetBytes($"{RunVariable}={run}\0");
        EndAll(entry => Read(Path.Combine(entry, "environ")).AsSpan().IndexOf(variable) >= 0);
    }

    private static void EndAll(Func<string, bool> isMeant)
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var id) && id != Environment.ProcessId && isMeant(entry))
                End(id);
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended, or is another user's
        }
    }

    private static bool WorksIn(string entry, string inside)
    {
        try
        {
            return File.ResolveLinkTarget(Path.Combine(entry, "cwd"), returnFinalTarget: false) is { } cwd
                && (cwd.FullName + Path.DirectorySeparatorChar).StartsWith(inside, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or is another user's
        }
    }

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
