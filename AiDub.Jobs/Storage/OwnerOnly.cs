namespace AiDub.Jobs.Storage;

/// <summary>
/// Makes what is stored readable by the user of the process alone, whatever the umask and whoever made it; on Windows the folder's own
/// rights hold.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Enter = Read | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, or takes the rights of others on it away.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, Enter);
        Correct(path, Enter);
    }

    /// <summary>
    /// Takes the rights of others on a file away; one that is not there is made, empty, where <paramref name="make"/> says so.
    /// </summary>
    public static void File(string path, bool make = false)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (make && !Path.Exists(path))
            Make(path);
        if (System.IO.File.Exists(path))
            Correct(path, Read);
    }

    private static void Make(string path)
    {
        try
        {
            using var made = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                UnixCreateMode = Read,
            });
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Whoever opens it says why it cannot be made.
        }
    }

    // Of another user's file only he can change the rights; a volume may have none at all.
    private static void Correct(string path, UnixFileMode mode)
    {
        try
        {
            if (System.IO.File.GetUnixFileMode(path) != mode)
                System.IO.File.SetUnixFileMode(path, mode);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Whoever opens it says what is wrong with it.
        }
    }
}
