using System.Net;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>
/// Outermost of an engine's handlers: what is still a fault after all repetitions becomes an exception of the dub, which names the engine
/// and neither its address nor its key.
/// </summary>
internal sealed class FaultHandler(string engine, Func<RemoteOptions> options, ILogger log) : DelegatingHandler
{
    private const int LoggedCharacters = 300;

    private Outage Away => new(Dependency.Engine, engine);

    /// <exception cref="PermanentDubException">The server refuses (<c>engine_refused</c>, <c>engine_rejected</c>,
    /// <c>engine_quota</c>).</exception>
    /// <exception cref="TransientDubException">The server is out of order.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var span = DubTelemetry.BeginEngineCall(engine);
        try
        {
            var response = await AnswerAsync(request, cancellationToken);
            span?.SetTag("http.response.status_code", (int)response.StatusCode);
            return response;
        }
        catch (DubException e)
        {
            var code = e is PermanentDubException { Code: var known } ? known.Value : "engine_unavailable";
            span.Fail(code);
            DubTelemetry.EngineFailed(engine, code);
            throw;
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            throw new TransientDubException($"{engine} failed too often and is left alone for a while.", e) { Outage = Away };
        }
        catch (TimeoutRejectedException e)
        {
            throw new TransientDubException($"{engine} did not answer in time.", e) { Outage = Away };
        }
        catch (MalformedAnswerException e)
        {
            throw new TransientDubException($"{engine} answered in a form that cannot be read.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TransientDubException($"{engine} could not be reached, or broke its answer off.", e) { Outage = Away };
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await FaultAsync(response, cancellationToken);
    }

    private async Task<DubException> FaultAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // The answer may quote the key, masked in whatever way: it is not logged.
            log.LogWarning("{Engine} answered {Status}.", engine, status);
            return new PermanentDubException(
                FailureCode.EngineRefused, $"{engine} refused the service's key (HTTP {status}). Its operator has to set a valid one.");
        }
        var body = await response.Content.ReadAsStringAsync(ct);
        log.LogWarning("{Engine} answered {Status}: {Answer}", engine, status, Excerpt(body));
        if (response.StatusCode == HttpStatusCode.PaymentRequired || IsOutOfQuota(response, body))
            return new PermanentDubException(FailureCode.EngineQuota, $"The service's quota of {engine} is used up (HTTP {status}).");
        return RemoteResilience.IsTransient(response.StatusCode)
            ? new TransientDubException($"{engine} kept failing (HTTP {status}).")
            {
                Outage = OutageRules.IsAway(response.StatusCode) ? Away : null,
            }
            : new PermanentDubException(FailureCode.EngineRejected, $"{engine} did not accept the request (HTTP {status}).");
    }

    /// <summary>Whether a 429 says that money, not time, is lacking.</summary>
    internal static bool IsOutOfQuota(HttpResponseMessage response, string body) =>
        response.StatusCode == HttpStatusCode.TooManyRequests
        && (body.Contains("insufficient_quota", StringComparison.Ordinal) || body.Contains("quota_exceeded", StringComparison.Ordinal));

    private string Excerpt(string body)
    {
        var text = body.ReplaceLineEndings(" ");
        if (options().ApiKey is { Length: > 0 } key)
            text = text.Replace(key, "***", StringComparison.Ordinal);
        return text.Length <= LoggedCharacters ? text : text[..LoggedCharacters] + "…";
    }
}
