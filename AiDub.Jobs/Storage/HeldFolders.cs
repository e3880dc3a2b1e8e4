using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Storage;

/// <summary>Makes private folders below a root that processes share, and removes those whose process is gone.</summary>
/// <remarks>
/// Beside each folder lies a file that its process holds locked for as long as it lives; a folder whose file is free is an orphan.
/// </remarks>
internal static class HeldFolders
{
    private const string LockSuffix = ".lock";

    // EWOULDBLOCK and ERROR_SHARING_VIOLATION. Any other failure, such as a full disk, is not another process's hold.
    private const int LockedOnUnix = 11;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    /// <summary>A new empty folder that only this process's user can read.</summary>
    public static HeldFolder Create(string root)
    {
        Directory.CreateDirectory(root);
        while (true)
        {
            var path = Path.Combine(root, Guid.NewGuid().ToString("N"));
            // Null, or a file that is there no more: another process's clearing came between its making and its locking.
            var held = TryHold(path);
            if (held is null || !File.Exists(path + LockSuffix))
            {
                held?.Dispose();
                continue;
            }

            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new HeldFolder(path, held);
        }
    }

    /// <summary>Removes what processes that were killed left behind, and ends the tools that they left running.</summary>
    /// <returns>Why what stays cannot be removed, such as another user's; it is in nobody's way but the disk's.</returns>
    public static IReadOnlyList<Exception> ClearOrphans(string root)
    {
        var stay = new List<Exception>();
        IReadOnlyList<string> left = [];
        Try(() => left = LeftIn(root), stay);
        foreach (var path in left)
            Try(() => Clear(path), stay);
        return stay;
    }

    private static List<string> LeftIn(string root) => !Directory.Exists(root)
        ? []
        : [.. Directory.EnumerateDirectories(root)
            .Concat(Directory.EnumerateFiles(root, "*" + LockSuffix).Select(file => file[..^LockSuffix.Length]))
            .Distinct()];

    private static void Clear(string path)
    {
        if (TryHold(path) is not { } held)
            return;
        using var orphan = new HeldFolder(path, held);
        OrphanedTools.EndIn(path);
    }

    private static void Try(Action what, List<Exception> failed)
    {
        try
        {
            what();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failed.Add(e);
        }
    }

    /// <summary>Whether a file could not be opened because a process holds it locked.</summary>
    public static bool IsHeld(IOException error) => error.HResult is LockedOnUnix or LockedOnWindows;

    private static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }
}

/// <summary>A folder that is removed, with all that is in it, when it is disposed.</summary>
/// <param name="path">Its absolute path.</param>
/// <param name="held">The lock that says that it is in use; its file is removed too.</param>
internal sealed class HeldFolder(string path, FileStream held) : IDisposable
{
    /// <summary>Its absolute path.</summary>
    public string Path => path;

    /// <inheritdoc />
    public void Dispose()
    {
        using (held)
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            File.Delete(held.Name);
        }
    }
}
