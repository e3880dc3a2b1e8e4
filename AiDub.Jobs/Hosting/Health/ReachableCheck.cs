using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiDub.Jobs.Hosting.Health;

/// <summary>Healthy when a cheap read comes back in time.</summary>
/// <param name="read">The read; what it finds does not matter.</param>
/// <param name="clock">Measures the time.</param>
/// <param name="why">What an error of the read tells of; null: that it is not reachable.</param>
public sealed class ReachableCheck(
    Func<CancellationToken, Task> read, TimeProvider clock, Func<Exception, HealthReason>? why = null) : IHealthCheck
{
    /// <summary>How long a read may take: 2 seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var late = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // A driver may block before its first await, or never look at its token; neither may hold the answer up.
            await Task.Run(() => read(either.Token), either.Token).WaitAsync(either.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What is away is told by who watches it; of a file, only its own error says which it is.
            var isTold = e is OperationCanceledException or TransientDubException
                || (e is not (IOException or UnauthorizedAccessException) && OutageRules.Of(e) is not null);
            var reason = why?.Invoke(e) ?? HealthReason.Unreachable(context.Registration?.Name ?? "it");
            return reason.As(HealthStatus.Unhealthy, isTold ? null : e);
        }
    }
}
