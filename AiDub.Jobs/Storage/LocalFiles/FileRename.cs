using System.Runtime.InteropServices;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>
/// Renames, and nothing else: <see cref="File.Move(string, string, bool)"/> copies between file systems, and a copy can be seen half done;
/// and where it is not to replace anything it looks first and moves then, so that of two at once both may think that they were first.
/// </summary>
internal static class FileRename
{
    // EXDEV, EEXIST, EACCES and EPERM of errno(3), on Linux and macOS.
    private const int OtherFileSystem = 18;
    private const int Exists = 17;
    private const int NoAccess = 13;
    private const int NotPermitted = 1;

    /// <summary>
    /// Puts a file in the place of another at once; false, with nothing changed, when the two lie on different file systems.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    /// <exception cref="IOException">It cannot be renamed for another reason.</exception>
    public static bool TryReplace(string path, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(path, target, overwrite: true);
            return true;
        }

        if (Rename(path, target) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            OtherFileSystem => false,
            NoAccess or NotPermitted => throw new UnauthorizedAccessException($"Access to the path '{target}' is denied."),
            _ => throw new IOException($"rename: {Marshal.GetPInvokeErrorMessage(error)}", error),
        };
    }

    /// <summary>
    /// Gives a file a name that no other has; of several at once one does. What it was called before is gone in either case.
    /// </summary>
    /// <returns>False when there is a file of that name.</returns>
    /// <exception cref="IOException">It cannot be renamed for another reason.</exception>
    public static bool TryTake(string path, string name)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                if (Link(path, name) == 0)
                    return true;
                if (Marshal.GetLastPInvokeError() == Exists)
                    return false;
                // A file system without hard links is left with looking first.
            }
            File.Move(path, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
        finally
        {
            File.Delete(path);
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);
}
