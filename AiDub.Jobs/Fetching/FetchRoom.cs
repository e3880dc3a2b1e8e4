using AiDub.Jobs.Outages;

namespace AiDub.Jobs.Fetching;

/// <summary>
/// Sees that what is fetched finds room on the disk, and fails as a full disk does before it is full: others work there too, and it is not
/// filled to find that out, again and again for as long as a dub waits for room.
/// </summary>
/// <param name="free">
/// How many bytes are free on the file system of a folder; null where it does not say how large it is, such as a tmpfs without a limit.
/// </param>
public sealed class FetchRoom(Func<string, long?> free)
{
    /// <summary>How many bytes stay free where nobody says how long a source is: 64 MiB.</summary>
    public const long Spare = 64L << 20;

    private const long Stride = 4L << 20;

    /// <summary>The room that there is.</summary>
    public static FetchRoom OfDisk { get; } = new(DiskSpace.FreeOf);

    /// <summary>Sees that so many bytes fit beside a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">How many; null: that is not known.</param>
    /// <exception cref="NoRoomException">There is less room.</exception>
    public void Require(string path, long? bytes)
    {
        if (bytes is { } some && free(Path.GetDirectoryName(path)!) < some)
            throw new NoRoomException();
    }

    /// <summary>What is to be told of each piece that is about to be written to a file of which nobody says how long it becomes.</summary>
    /// <remarks>It fails with a <see cref="NoRoomException"/> where less than <see cref="Spare"/> would stay free.</remarks>
    public Action<int> Watch(string path)
    {
        var left = Stride;
        return bytes =>
        {
            if ((left -= bytes) >= 0)
                return;
            Require(path, Spare + Stride);
            left = Stride;
        };
    }
}

/// <summary>There is less room on the disk than a source needs.</summary>
public sealed class NoRoomException() : IOException("There is less room on the disk than the source needs.", NoSpace)
{
    // ENOSPC.
    private const int NoSpace = 28;

    /// <summary>How many bytes had found room beside the file that was fetched: what it was unpacked to.</summary>
    public long Unpacked { get; init; }
}
