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
        var file = new FetchedFile(path, kind, Math.Min(maxBytes, options.Value.MaxBytes), progress);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DownloadTimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var isWhole = false;
        try
        {
            var transferred = await transport.TransferAsync(address, file, either.Token);
            await FetchedContent.RequireAsync(path, kind, transferred.Type, either.Token);
            isWhole = true;
            return transferred.Short;
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
}
