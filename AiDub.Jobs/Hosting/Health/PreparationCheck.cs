using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiDub.Jobs.Hosting.Health;

/// <summary>Healthy once something is prepared; before, it is degraded, which keeps a process from being ready and is no failure.</summary>
/// <param name="isUnderWay">Whether it is being prepared.</param>
/// <param name="reason">What is said meanwhile.</param>
public sealed class PreparationCheck(Func<bool> isUnderWay, HealthReason reason) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isUnderWay() ? reason.As(HealthStatus.Degraded) : HealthCheckResult.Healthy());
}
