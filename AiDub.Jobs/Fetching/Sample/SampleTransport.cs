using AiDub.Domain.Errors;
using AiDub.Domain.Sources;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching.Sample;

/// <summary>
/// Brings the sample of the service itself, without asking itself over the network. Whoever allows a server of his own at the address gets
/// what that serves.
/// </summary>
public sealed class SampleTransport(SampleVideo sample, IOptions<SourceOptions> options) : ISourceTransport
{
    /// <inheritdoc/>
    public bool Takes(string address) =>
        sample.IsOffered
        && SourceUrl.TryParse(address, out var source)
        && SampleVideo.IsAt(source!)
        && !options.Value.AllowedPrivateHosts.Contains(source!.HostAndPort, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async Task<Transferred> TransferAsync(string address, FetchedFile file, CancellationToken ct)
    {
        try
        {
            var made = await sample.FileAsync(ct);
            if (new FileInfo(made).Length > file.Limit)
                throw SourceBody.TooLarge(file.Limit);
            File.Copy(made, file.Path, overwrite: true);
            return new Transferred("video/mp4");
        }
        catch (ToolFailedException e)
        {
            throw new PermanentDubException(FailureCode.SourceNotFound, "The sample could not be made here.", e);
        }
    }
}
