namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>
/// The folder that objects are in, told from what comes in its place, such as the empty one below a disk that is mounted no longer.
/// </summary>
internal sealed class ObjectFolder(string root)
{
    private const string Unfinished = ".incoming";

    private volatile bool _isMade;

    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>
    /// Where objects are that are still written: below the folder, so that it lies on the same file system. No key begins like this.
    /// </summary>
    public string Incoming { get; } = Path.Combine(root, Unfinished);

    /// <summary>Whether a path below the folder is no object's.</summary>
    public static bool IsOurs(string path) => path.StartsWith(Unfinished, StringComparison.Ordinal);

    /// <summary>Makes it, once a process: one that went away is not begun anew.</summary>
    /// <exception cref="DriveNotFoundException">It is gone.</exception>
    public void Make()
    {
        ThrowIfGone();
        if (_isMade)
            return;
        Directory.CreateDirectory(Incoming);
        _isMade = true;
    }

    /// <summary>Refuses to go on without it: what it held would be taken for removed, and what came next not be found again.</summary>
    /// <exception cref="DriveNotFoundException">It was there and is gone, or an empty one is in its place.</exception>
    public void ThrowIfGone()
    {
        if (!_isMade || Directory.Exists(Incoming))
            return;
        if (!Directory.Exists(Root) || !Directory.EnumerateFileSystemEntries(Root).Any())
            throw new DriveNotFoundException("The folder of objects is gone, or an empty one is in its place: is its disk mounted?");
        // Somebody tidied away what was empty.
        Directory.CreateDirectory(Incoming);
    }
}
