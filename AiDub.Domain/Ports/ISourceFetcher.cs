namespace AiDub.Domain.Ports;

/// <summary>Brings a source video, or another file that a user has on the web, here.</summary>
public interface ISourceFetcher
{
    /// <summary>Streams what an address serves into a file.</summary>
    /// <param name="address">The address exactly as the user wrote it.</param>
    /// <param name="path">The file to write; on any error it is removed.</param>
    /// <param name="kind">What it should be.</param>
    /// <param name="maxBytes">The most that is taken, where that is less than what the service takes of a video.</param>
    /// <param name="progress">Told the share that is done, 0–1, where the length is known.</param>
    /// <param name="ct">Ends the transfer.</param>
    /// <returns>How the file falls short of what its server says that it has; null: it does not.</returns>
    /// <exception cref="Errors.PermanentDubException">
    /// The address is refused, answers with a client error, or with something that is plainly not of the kind, or it is too large.
    /// </exception>
    /// <exception cref="Errors.TransientDubException">The server did not answer or broke off for good.</exception>
    Task<ShortFile?> FetchAsync(
        string address, string path, FetchedKind kind, long maxBytes, IProgress<double> progress, CancellationToken ct);

    /// <summary>Streams a video into a file: as much as the service takes of one.</summary>
    Task<ShortFile?> FetchAsync(string address, string path, IProgress<double> progress, CancellationToken ct) =>
        FetchAsync(address, path, FetchedKind.Video, long.MaxValue, progress, ct);
}
