using AiDub.Jobs.Outages;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage;

/// <summary>Says whether the file system of the data folder has room for more work.</summary>
public sealed class FreeRoom(DataDirectory data, IOptions<DataOptions> options)
{
    /// <summary>
    /// Whether less is free than <see cref="DataOptions.MinFreeBytes"/> once so many more bytes are stored; false of a file system that
    /// does not say.
    /// </summary>
    public bool IsShort(long more = 0) =>
        options.Value.MinFreeBytes > 0 && DiskSpace.FreeOf(data.Root) - more < options.Value.MinFreeBytes;
}
