using System.Runtime.InteropServices;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>
/// Renames, and nothing else: <see cref="File.Move(string, string, bool)"/> copies between file systems, and a copy can be seen half done.
/// </summary>
internal static class FileRename
{
    private const int OtherFileSystem = 18; // EXDEV of errno(3), on Linux and macOS

    /// <summary>
    /// Puts a file in the place of another at once; false, with nothing changed, when the two lie on different file systems.
    /// </summary>
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
        return error == OtherFileSystem ? false : throw new IOException($"rename: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);
}
