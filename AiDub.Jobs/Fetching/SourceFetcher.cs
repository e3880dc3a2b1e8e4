using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Fetching;

/// <summary>Fetches a source by the scheme of its address.</summary>
public sealed class SourceFetcher(HttpSourceFetcher http, S3SourceFetcher s3) : ISourceFetcher
{
    /// <inheritdoc />
    public Task FetchAsync(string address, string path, long maxBytes, IProgress<double> progress, CancellationToken ct) =>
        S3Address.Names(address) ? s3.FetchAsync(address, path, maxBytes, progress, ct) : http.FetchAsync(address, path, maxBytes, progress, ct);
}
