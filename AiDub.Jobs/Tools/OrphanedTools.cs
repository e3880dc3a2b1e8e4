using System.Diagnostics;

namespace AiDub.Jobs.Tools;

/// <summary>Ends tools that outlived the process that started them.</summary>
/// <remarks>Every tool works inside its attempt's scratch folder, so the folder says whose it is; process ids are used again, folders are not.</remarks>
public static class OrphanedTools
{
    /// <summary>Ends every process that works in a folder, or below it. Only for folders that no living attempt uses.</summary>
    public static void EndIn(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var inside = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var id) && WorksIn(entry, inside))
                End(id);
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
