using AiDub.Api.Contracts;
using AiDub.Api.Errors;
using AiDub.Domain.Ports;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiDub.Api.Health;

/// <summary>Whether the service lives, and whether it can do its work.</summary>
public static class HealthEndpoints
{
    /// <summary>The check of the record stores, by its name in the answer.</summary>
    public const string Records = "records";

    /// <summary>The check of the object store, by its name in the answer.</summary>
    public const string Objects = "objects";

    /// <summary>Adds the checks of readiness: the record stores and the object store.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddReachable(Records, services => async ct =>
            {
                await services.GetRequiredService<IProgressStore>().FindAsync(Guid.Empty, ct);
                await services.GetRequiredService<IDubStore>().FindAsync(Guid.Empty, ct);
            })
            .AddReachable(Objects, services => ct => services.GetRequiredService<IObjectStore>().SizeAsync("health", ct));
        return services;
    }

    /// <summary>
    /// Maps <c>/health/live</c>, 200 as long as the process answers, and <c>/health/ready</c>, 200 when every check passes within 2 s and else
    /// 503 in the error shape, <c>errors</c> naming what is down.
    /// </summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
        return app;
    }

    private static IHealthChecksBuilder AddReachable(
        this IHealthChecksBuilder checks, string name, Func<IServiceProvider, Func<CancellationToken, Task>> read) =>
        checks.Add(new HealthCheckRegistration(
            name,
            services => new ReachableCheck(read(services), services.GetRequiredService<TimeProvider>()),
            HealthStatus.Unhealthy,
            tags: null));

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var down = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key).Order(StringComparer.Ordinal).ToList();
        return down.Count == 0
            ? context.Response.WriteAsJsonAsync(new { Status = StatusCodes.Status200OK }, WireJson.Options, context.RequestAborted)
            : context.Response.WriteAsJsonAsync(Describe(down), WireJson.Options, context.RequestAborted);
    }

    private static ErrorBody Describe(IReadOnlyList<string> down) => new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Msg = $"not reachable: {string.Join(", ", down)}",
        MsgCode = ErrorCodes.NotReady,
        Errors = [.. down.Select(name => new FieldError(name, $"{name} not reachable", $"{name}_unreachable"))],
    };
}
