namespace AiDub.Jobs.Models.Bringing;

/// <summary>Looks for room before anything is written.</summary>
/// <param name="free">How many bytes are free on the file system of a folder; null: it does not say.</param>
internal sealed class DiskRoom(Func<string, long?> free)
{
    // For everybody else who writes there meanwhile.
    private const long Reserve = 256L << 20;

    /// <summary>Sees that so many bytes fit beside a file.</summary>
    /// <exception cref="ModelException">They do not.</exception>
    public void Need(string place, long bytes, string what)
    {
        var folder = Path.GetDirectoryName(place)!;
        Directory.CreateDirectory(folder);
        if (free(folder) is { } room && room < bytes + Reserve)
        {
            throw new ModelException(
                $"there is no room for {what} in {folder}: it takes {BringProgress.Megabytes(bytes)}, "
                    + $"{BringProgress.Megabytes(Reserve)} are to stay free, and {BringProgress.Megabytes(room)} are");
        }
    }
}
