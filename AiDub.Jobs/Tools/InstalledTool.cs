namespace AiDub.Jobs.Tools;

/// <summary>Finds programs.</summary>
internal static class InstalledTool
{
    /// <summary>Whether a program is there: a path is looked at as it is, a name in the folders of <c>PATH</c>.</summary>
    public static bool IsThere(string program) => Find(program) is not null;

    /// <summary>The path of a program, or null when it is not there.</summary>
    public static string? Find(string program)
    {
        if (program.Contains('/'))
            return File.Exists(program) ? program : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
    }
}
