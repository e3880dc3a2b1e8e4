using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Fetching;

/// <summary>
/// A way in which sources come here. <see cref="SourceFetcher"/> sees to the deadline and to what a broken transfer leaves behind.
/// </summary>
public interface ISourceTransport
{
    /// <summary>Whether an address is meant for this transport, going by what is written in it alone.</summary>
    bool Takes(string address);

    /// <summary>Streams what an address serves into a file; a transfer that breaks off goes on where it was.</summary>
    /// <param name="address">The address exactly as the user wrote it.</param>
    /// <param name="file">What to write; on an error a part of it may be left.</param>
    /// <param name="ct">Ends the transfer, at its deadline too.</param>
    /// <exception cref="PermanentDubException">The address is refused, answers with a client error, or is too large.</exception>
    /// <exception cref="TransientDubException">The server did not answer or broke off for good.</exception>
    Task<Transferred> TransferAsync(string address, FetchedFile file, CancellationToken ct);
}

/// <summary>What was transferred.</summary>
/// <param name="Type">The media type that the server states, in lower case; null when it states none.</param>
/// <param name="Short">How it falls short of what the server says; null: it does not.</param>
public sealed record Transferred(string? Type, ShortFile? Short = null);

/// <summary>A file that is fetched.</summary>
/// <param name="Path">Where it is written.</param>
/// <param name="Kind">What it should be.</param>
/// <param name="Limit">The most bytes that it may have.</param>
/// <param name="Progress">Told the share that is done, 0–1, where the length is known.</param>
public sealed record FetchedFile(string Path, FetchedKind Kind, long Limit, IProgress<double> Progress)
{
    /// <summary>The room that there is for it.</summary>
    public FetchRoom Room { get; init; } = FetchRoom.OfDisk;
}
