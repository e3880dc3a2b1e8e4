using System.Security.Authentication;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>Fetches sources over HTTP and HTTPS, straight into a file.</summary>
public sealed class HttpTransport(SourceGate gate, ISourceNetwork network) : ISourceTransport
{
    private const int MaxRedirects = 3;

    /// <inheritdoc/>
    public bool Takes(string address) =>
        address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public Task TransferAsync(string address, string path, long limit, IProgress<double> progress, CancellationToken ct) =>
        SourceAddress.TryParse(address, out var source)
            ? FollowAsync(source!, path, limit, progress, ct)
            : throw new PermanentDubException("source_address_invalid", "The source's address is not one that can be fetched.");

    private async Task FollowAsync(SourceAddress address, string path, long limit, IProgress<double> progress, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (await FetchOnceAsync(address, path, limit, progress, ct) is not { } location)
                return;
            if (!address.TryRedirect(location, out var target))
                throw new PermanentDubException("source_redirect_invalid", "The source server redirects to an address that cannot be fetched.");
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
            throw new PermanentDubException("source_certificate_invalid", "The source server's certificate is not valid.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new TransientDubException("The source server did not answer.", e);
        }
    }
}
