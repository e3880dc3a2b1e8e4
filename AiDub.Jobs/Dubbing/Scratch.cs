using AiDub.Jobs.Storage;

namespace AiDub.Jobs.Dubbing;

/// <summary>Hands every attempt a private folder that is gone when the attempt ends.</summary>
public sealed class Scratch(DataDirectory data)
{
    private readonly string _root = data.File("scratch");

    /// <summary>A new empty folder that only this process's user can read.</summary>
    public ScratchFolder Create()
    {
        var path = Path.Combine(_root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ScratchFolder(path);
    }

    /// <summary>Removes what a process that was killed left behind. Only for a process that has the data folder to itself.</summary>
    public void Clear()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }
}

/// <summary>A folder that is removed, with all that is in it, when it is disposed.</summary>
/// <param name="Path">Its absolute path.</param>
public sealed record ScratchFolder(string Path) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
