using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>
/// Has what was written reach the disk itself. Systems keep it in memory for half a minute, and a power failure would leave a file empty,
/// or without its name, of which a record says already that it is there.
/// </summary>
internal static class DiskFlush
{
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Returns when what a file holds is on the disk.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void File(string path)
    {
        using var file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>
    /// Returns when the names in a folder are on the disk; file systems that know no such thing write them when they will.
    /// </summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public static void Names(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var opened = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (!opened.IsInvalid)
            RandomAccess.FlushToDisk(opened);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
