namespace AiDub.Jobs.Outages;

/// <summary>How much room a file system says that it has.</summary>
internal static class DiskSpace
{
    /// <summary>
    /// How many bytes are free for this user on the file system of a folder that is there; null where it does not say how large it is, as
    /// some network and FUSE mounts and a tmpfs without a limit: they report a size of 0, of which nothing follows.
    /// </summary>
    public static long? FreeOf(string folder)
    {
        var disk = new DriveInfo(folder);
        return disk.TotalSize > 0 ? disk.AvailableFreeSpace : null;
    }
}
