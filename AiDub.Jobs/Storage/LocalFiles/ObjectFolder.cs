using AiDub.Jobs.Outages;

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

    /// <summary>Puts a small object in place and removes it: returns when the folder takes objects.</summary>
    public async Task ProbeAsync(CancellationToken ct)
    {
        Make();
        var name = $"probe-{Guid.NewGuid():N}";
        var (probe, place) = (Path.Combine(Incoming, name), Path.Combine(Root, $".{name}"));
        try
        {
            await File.WriteAllTextAsync(probe, "written to see whether it can be", ct);
            FileRename.TryReplace(probe, place);
        }
        finally
        {
            File.Delete(probe);
            File.Delete(place);
        }
    }

    /// <summary>Returns when there is room for a file of some size in the folder, which may lie on a disk of its own.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public async Task ProbeRoomAsync(CancellationToken ct)
    {
        try
        {
            Make();
            await DataDirectory.ProbeAsync(Incoming, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !NoSpaceLeft.Is(e))
        {
            // What else is wrong with it is found by who looks at the objects.
        }
    }

    /// <summary>
    /// Sees at a start whether this user may write to the folder: a full disk gets room again, this does not come right by waiting.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    public async Task CheckRightsAsync(CancellationToken ct)
    {
        try
        {
            await ProbeAsync(ct);
        }
        catch (IOException)
        {
            // Whoever stores something says what is wrong.
        }
    }

    /// <summary>Removes the copies that processes which were killed had begun.</summary>
    public void ClearUnfinished()
    {
        if (!Directory.Exists(Incoming))
            return;
        foreach (var copy in Directory.EnumerateFiles(Incoming))
        {
            try
            {
                using var orphan = new FileStream(copy, FileMode.Open, FileAccess.Write, FileShare.None);
                File.Delete(copy);
            }
            catch (IOException)
            {
                // Its process lives, or has just put it in place.
            }
        }
    }
}
