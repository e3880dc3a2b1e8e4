using System.Net;
using System.Security.Authentication;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>
/// Fetches sources over HTTP and HTTPS, straight into a file, as a browser would: with redirects, cookies and going on after a break.
/// </summary>
public sealed class HttpTransport(
    SourceGate gate, ISourceNetwork network, IOptions<SourceOptions> options, TimeProvider clock) : ISourceTransport
{
    private const int MaxRedirects = 10;

    /// <inheritdoc/>
    public bool Takes(string address) => SentUrl.Clean(address) is var clean
        && (clean.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || clean.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public async Task<Transferred> TransferAsync(string address, FetchedFile file, CancellationToken ct)
    {
        if (!SourceUrl.TryParse(address, out var source))
            throw new PermanentDubException(FailureCode.SourceAddressInvalid);
        var idle = TimeSpan.FromSeconds(options.Value.IdleTimeoutSeconds);
        var (part, cookies, patience) = (new PartialSource(file, idle), new FetchCookies(clock), new FetchPatience(clock));
        var (isWhole, isMore) = (false, true);
        while (!isWhole && isMore)
        {
            try
            {
                isWhole = await FollowAsync(source!, file, part, cookies, idle, ct);
                isMore = isWhole || await IsMoreAsync(part, patience, null, ct);
            }
            catch (BusySourceException e)
            {
                await patience.WaitAsync(e, ct);
            }
            catch (TransientDubException e) when (part.Furthest > 0)
            {
                isMore = await IsMoreAsync(part, patience, e, ct);
            }
        }

        await ContentDecoding.DecodeAsync(file, part.Encoding, ct);
        return new Transferred(part.Type, isWhole ? null : new ShortFile(part.Written, part.Total));
    }

    // Waits until more can be asked for; false: the server has been asked often enough, and always ended at the same byte.
    private static async Task<bool> IsMoreAsync(
        PartialSource part, FetchPatience patience, TransientDubException? fault, CancellationToken ct)
    {
        try
        {
            await patience.WaitForMoreAsync(part.Furthest, fault, ct);
            return true;
        }
        catch (TransientDubException) when (part.AlwaysEndsHere)
        {
            return false;
        }
    }

    // From the beginning every time: what was redirected to may have been signed for a minute.
    private async Task<bool> FollowAsync(
        SourceUrl address, FetchedFile file, PartialSource part, FetchCookies cookies, TimeSpan idle, CancellationToken ct)
    {
        var redirects = 0;
        while (redirects <= MaxRedirects)
        {
            // A connection of its own for every request: it can only go where this request was admitted to.
            var admitted = await gate.AdmitAsync(address, ct);
            using var client = new HttpClient(AdmittedHandler.Make(network, admitted)) { Timeout = Timeout.InfiniteTimeSpan };
            using var request = SourceRequest.To(address, file.Kind);
            part.AskForRest(request);
            if (cookies.For(address) is { } sent)
                SourceRequest.Set(request, "Cookie", sent);
            using var response = await SendAsync(client, request, idle, ct);
            if (response.Headers.NonValidated.TryGetValues("Set-Cookie", out var set))
                cookies.Keep(address, set);
            if (part.IsAskedForByRange(response.StatusCode))
                continue;
            if (SourceAnswer.Redirect(response) is not { } location)
                return await TakeAsync(response, part, ct);
            if (!address.TryRedirect(location, out var target))
                throw new PermanentDubException(FailureCode.SourceRedirectInvalid);
            address = target!;
            redirects++;
        }
        throw new PermanentDubException(FailureCode.SourceRedirects);
    }

    private async Task<bool> TakeAsync(HttpResponseMessage response, PartialSource part, CancellationToken ct)
    {
        if (SourceAnswer.RetryAfter(response, clock.GetUtcNow()) is { } wait)
            throw new BusySourceException((int)response.StatusCode, wait);
        if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable || part.Written == 0)
            SourceAnswer.Check(response.StatusCode);
        return await part.TakeAsync(response, ct);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpRequestMessage request, TimeSpan idle, CancellationToken ct)
    {
        using var still = CancellationTokenSource.CreateLinkedTokenSource(ct);
        still.CancelAfter(idle);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, still.Token);
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            throw new PermanentDubException(FailureCode.SourceCertificateInvalid, inner: e);
        }
        catch (HttpRequestException e) when (SourceAnswer.IsUnreadable(e))
        {
            throw new TransientDubException("The source server's answer is not HTTP that can be read.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new TransientDubException("The source server did not answer.", e);
        }
    }
}
