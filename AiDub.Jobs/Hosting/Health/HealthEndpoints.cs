using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiDub.Jobs.Hosting.Health;

/// <summary>Whether the service lives, and whether it can do its work.</summary>
public static class HealthEndpoints
{
    /// <summary>The check of the record stores, by its name in the answer.</summary>
    public const string Records = "records";

    /// <summary>The <c>msg_code</c> of a process that is not ready.</summary>
    public const string NotReady = "not_ready";

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
            ? context.Response.WriteAsJsonAsync(new { Status = StatusCodes.Status200OK }, StoredJson.Options, context.RequestAborted)
            : context.Response.WriteAsJsonAsync(Describe(down), StoredJson.Options, context.RequestAborted);
    }

    // The error shape of the contract, so that whoever reads errors can read this one.
    private static object Describe(IReadOnlyList<string> down) => new
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Msg = $"not reachable: {string.Join(", ", down)}",
        MsgCode = NotReady,
        Errors = down.Select(name => new { Field = name, Msg = $"{name} not reachable", MsgCode = $"{name}_unreachable" }),
    };
}
