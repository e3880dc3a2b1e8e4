using System.Security.Authentication;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>Fetches sources over HTTP and HTTPS, straight into a file.</summary>
public sealed class HttpSourceFetcher(SourceGate gate, ISourceNetwork network, IOptions<SourceOptions> options, TimeProvider clock) : ISourceFetcher
{
    private const int MaxRedirects = 3;

    /// <inheritdoc/>
    public Task FetchAsync(string address, string path, IProgress<double> progress, CancellationToken ct) =>
        FetchAsync(address, path, long.MaxValue, progress, ct);

    /// <inheritdoc/>
    public async Task FetchAsync(string address, string path, long maxBytes, IProgress<double> progress, CancellationToken ct)
    {
        var limit = Math.Min(maxBytes, options.Value.MaxBytes);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DownloadTimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var isWhole = false;
        try
        {
            if (!SourceAddress.TryParse(address, out var source))
                throw new PermanentDubException("source_forbidden", "The source's address is not one that can be fetched.");
            await FollowAsync(source!, path, limit, progress, either.Token);
            isWhole = true;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new PermanentDubException("source_timeout", "The source took too long to arrive.", e);
        }
        finally
        {
            if (!isWhole)
                File.Delete(path);
        }
    }

    private async Task FollowAsync(SourceAddress address, string path, long limit, IProgress<double> progress, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (await FetchOnceAsync(address, path, limit, progress, ct) is not { } location)
                return;
            if (!address.TryRedirect(location, out var target))
                throw new PermanentDubException("source_forbidden", "The source server redirects to an address that cannot be fetched.");
            address = target!;
        }
        throw new PermanentDubException("source_redirects", "The source server redirects too many times.");
    }

    // Returns where a redirect leads to, or null when the file was written.
    private async Task<string?> FetchOnceAsync(SourceAddress address, string path, long limit, IProgress<double> progress, CancellationToken ct)
    {
        // A connection of its own for every request: it can only go where this request was admitted to.
        var admitted = await gate.AdmitAsync(address, ct);
        using var client = new HttpClient(AdmittedHandler.Make(network, admitted)) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Headers.UserAgent.ParseAdd("AiDub/1.0");
        using var response = await SendAsync(client, request, ct);
        if (SourceAnswer.Redirect(response) is { } location)
            return location;
        SourceAnswer.Check(response.StatusCode);
        await SourceBody.WriteAsync(response.Content, path, limit, progress, ct);
        return null;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            throw new PermanentDubException("source_unreachable", "The source server's certificate is not valid.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new TransientDubException("The source server did not answer.", e);
        }
    }
}
