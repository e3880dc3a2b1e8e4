namespace AiDub.Tests.Jobs.Tools;

/// <summary>Finds the processes that work in a folder.</summary>
internal static class LivingTools
{
    /// <summary>The ids and names of all that run in a folder or below it; what has ended and is not yet collected does not run.</summary>
    public static IEnumerable<string> In(string folder)
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc").Where(e => int.TryParse(Path.GetFileName(e), out _)))
        {
            if (Cwd(entry)?.StartsWith(folder, StringComparison.Ordinal) == true
                && Stat(entry) is { } stat
                && stat[(stat.LastIndexOf(')') + 2)] != 'Z')
                yield return stat[..(stat.LastIndexOf(')') + 1)];
        }
    }

    private static string? Cwd(string entry)
    {
        try
        {
            return File.ResolveLinkTarget(entry + "/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Stat(string entry)
    {
        try
        {
            return File.ReadAllText(entry + "/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
