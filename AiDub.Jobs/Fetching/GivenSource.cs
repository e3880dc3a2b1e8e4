using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;

namespace AiDub.Jobs.Fetching;

/// <summary>Brings the source that a user names here, whether it was uploaded or is fetched.</summary>
/// <param name="fetcher">Fetches what lies elsewhere.</param>
/// <param name="objects">Holds what was uploaded.</param>
public sealed class GivenSource(ISourceFetcher fetcher, IObjectStore objects)
{
    /// <summary>Brings a source into a file.</summary>
    /// <param name="address">Its address as the user wrote it.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="scratch">A folder of the caller's own.</param>
    /// <param name="progress">Told the share that is done, 0–1, where the length is known.</param>
    /// <param name="ct">Ends the transfer.</param>
    /// <returns>How the file falls short of what its server says that it has; null: it does not.</returns>
    /// <exception cref="PermanentDubException">
    /// The upload is gone (<c>source_not_found</c>), or one of the refusals of <see cref="ISourceFetcher"/>: what was uploaded is refused
    /// by name too where it is plainly no video.
    /// </exception>
    public async Task<ShortFile?> BringAsync(
        string address, string path, string scratch, IProgress<double> progress, CancellationToken ct)
    {
        if (objects.KeyOf(SentUrl.Clean(address)) is not { } key)
            return await fetcher.FetchAsync(address, path, progress, ct);
        try
        {
            File.Copy(await objects.MaterializeAsync(key, scratch, ct), path);
        }
        catch (FileNotFoundException)
        {
            throw new PermanentDubException(FailureCode.SourceNotFound, "The uploaded video is no longer there.");
        }
        await FetchedContent.RequireUploadAsync(path, ct);
        return null;
    }
}
