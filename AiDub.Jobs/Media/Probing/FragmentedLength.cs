using AiDub.Jobs.Media.Boxes;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Whether an MP4 of fragments states no length, as the segments of a stream that were saved as one file: what ffprobe says of it then
/// leaves out by how much later than its sound a picture is shown.
/// </summary>
internal static class FragmentedLength
{
    /// <summary>Whether what is said of a file's length was made of its fragments; false of what is no MP4.</summary>
    public static async Task<bool> IsGuessedAsync(string path, CancellationToken ct) =>
        await BoxFile.IndexAsync(path, ct) is { } index
        && Box.In(index.Moov, 0, index.Moov.Length) is [{ Name: "moov" } root, ..]
        && root.Child(index.Moov, "mvex") is { } fragments
        && fragments.Child(index.Moov, "mehd") is null
        && TrackClock.Of(index.Moov, root.Child(index.Moov, "mvhd")).Length == 0;
}
