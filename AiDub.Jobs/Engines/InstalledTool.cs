namespace AiDub.Jobs.Engines;

/// <summary>Finds programs.</summary>
internal static class InstalledTool
{
    /// <summary>Whether a program is there: a path is looked at as it is, a name in the folders of <c>PATH</c>.</summary>
    public static bool IsThere(string program)
    {
        if (program.Contains('/'))
            return File.Exists(program);
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Any(f => File.Exists(Path.Combine(f, program)));
    }
}
