using System.Collections.Concurrent;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>
/// Fetches a source by the transport that its address names, within the deadline, and leaves no part of a broken transfer.
/// </summary>
public sealed class SourceFetcher(
    IEnumerable<ISourceTransport> transports, IOptions<SourceOptions> options, TimeProvider clock) : ISourceFetcher
{
    private const int MostKnown = 100;

    // What did not fit, though nobody said how long it is: how much room there must be before it is tried again.
    private readonly ConcurrentDictionary<string, long> _known = [];

    /// <summary>The room that there is.</summary>
    internal FetchRoom Room { get; init; } = FetchRoom.OfDisk;

    /// <inheritdoc />
    /// <remarks>
    /// Its own refusals: <c>source_address_invalid</c> where nothing fetches such an address, <c>source_timeout</c> past the deadline, and
    /// those of
    /// <see cref="FetchedContent"/> where what came is plainly something else.
    /// </remarks>
    public async Task<ShortFile?> FetchAsync(
        string address, string path, FetchedKind kind, long maxBytes, IProgress<double> progress, CancellationToken ct)
    {
        var transport = transports.FirstOrDefault(t => t.Takes(address))
            ?? throw new PermanentDubException(FailureCode.SourceAddressInvalid);
        var file = new FetchedFile(path, kind, Math.Min(maxBytes, options.Value.MaxBytes), progress) { Room = Room };
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DownloadTimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var isWhole = false;
        try
        {
            Room.Require(path, _known.TryGetValue(address, out var least) ? least : null);
            var transferred = await transport.TransferAsync(address, file, either.Token);
            await FetchedContent.RequireAsync(path, kind, transferred.Type, either.Token);
            isWhole = true;
            return transferred.Short;
        }
        catch (NoRoomException e) when (File.Exists(path))
        {
            Remember(address, new FileInfo(path).Length + e.Unpacked);
            throw;
        }
        catch (Exception e) when (e is not PermanentDubException && deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new PermanentDubException(FailureCode.SourceTimeout, inner: e);
        }
        finally
        {
            if (!isWhole)
                File.Delete(path);
        }
    }

    private void Remember(string address, long bytes)
    {
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[address] = bytes + (2 * FetchRoom.Spare);
    }
}
