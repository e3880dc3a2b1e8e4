namespace AiDub.Tests.Documents;

/// <summary>The tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The absolute path of a file, named from the top.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    /// <summary>The text of a file, named from the top.</summary>
    public static string Read(string path) => System.IO.File.ReadAllText(File(path));

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "AiDub.sln")))
                return folder;
        }
        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
