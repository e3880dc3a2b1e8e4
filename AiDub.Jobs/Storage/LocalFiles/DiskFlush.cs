using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>
/// Has what was written reach the disk itself. Systems keep it in memory for half a minute, and a power failure would leave a file empty,
/// or without its name, of which a record says already that it is there.
/// </summary>
internal static class DiskFlush
{
    // O_RDONLY with O_CLOEXEC: no tool that is started meanwhile has the folder open.
    private static readonly int ReadOnly = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Returns when a file and its name are on the disk, or when it is gone again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ct">Ends the wait; the system goes on.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public static Task FlushAsync(string path, CancellationToken ct) => Task.Run(() => Flush(path), ct).WaitAsync(ct);

    private static void Flush(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        if (OperatingSystem.IsWindows() || Open(Path.GetDirectoryName(path)!, ReadOnly) is not (>= 0 and var opened))
            return;
        using var folder = new SafeFileHandle(opened, ownsHandle: true);
        RandomAccess.FlushToDisk(folder);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
