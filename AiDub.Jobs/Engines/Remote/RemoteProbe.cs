using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Polly.CircuitBreaker;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>
/// Looks whether an engine's server answers at all, by one request without a key, and ends the pause in which it is left alone when it
/// does.
/// </summary>
internal sealed class RemoteProbe(
    string engine, Func<RemoteOptions> options, CircuitBreakerManualControl circuit) : IReachProbe, IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null });

    public Outage Of { get; } = new(Dependency.Engine, engine);

    public async Task ReachAsync(CancellationToken ct)
    {
        using var response = await _http.GetAsync(new Uri(options().Base), HttpCompletionOption.ResponseHeadersRead, ct);
        if (OutageRules.IsAway(response.StatusCode))
            throw new TransientDubException($"{engine} answers that it is busy.") { Outage = Of };
        await circuit.CloseAsync(ct);
    }

    public void Dispose() => _http.Dispose();
}
