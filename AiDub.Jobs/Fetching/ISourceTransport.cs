using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>A way in which sources come here. <see cref="SourceFetcher"/> sees to the deadline and to what a broken transfer leaves behind.</summary>
public interface ISourceTransport
{
    /// <summary>Whether an address is meant for this transport, going by its scheme alone.</summary>
    bool Takes(string address);

    /// <summary>Streams what an address serves into a file.</summary>
    /// <param name="address">The address exactly as the user wrote it.</param>
    /// <param name="path">The file to write; on an error a part of it may be left.</param>
    /// <param name="limit">The most bytes that are taken.</param>
    /// <param name="progress">Told the share that is done, 0–1, where the length is known.</param>
    /// <param name="ct">Ends the transfer, at its deadline too.</param>
    /// <exception cref="PermanentDubException">The address is refused, answers with a client error, or is too large.</exception>
    /// <exception cref="TransientDubException">The server did not answer or broke off.</exception>
    Task TransferAsync(string address, string path, long limit, IProgress<double> progress, CancellationToken ct);
}
