namespace AiDub.Domain.Ports;

/// <summary>Brings a source video here.</summary>
public interface ISourceFetcher
{
    /// <summary>Streams what an address serves into a file.</summary>
    /// <param name="address">The address exactly as the user wrote it.</param>
    /// <param name="path">The file to write; on any error it is removed.</param>
    /// <param name="progress">Told the share that is done, 0–1, where the length is known.</param>
    /// <param name="ct">Ends the transfer.</param>
    /// <exception cref="Errors.PermanentDubException">The address is refused, answers with a client error, or is too large.</exception>
    /// <exception cref="Errors.TransientDubException">The server did not answer or broke off.</exception>
    Task FetchAsync(string address, string path, IProgress<double> progress, CancellationToken ct);
}
