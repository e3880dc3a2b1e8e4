using AiDub.Domain.Errors;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Hosting.Rehearsal;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

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

    /// <summary>The check of the room on the disk, by its name in the answer.</summary>
    public const string Storage = "storage";

    /// <summary>The check of the engines, by its name in the answer.</summary>
    public const string Engines = "engines";

    /// <summary>The check of what the first requests need, by its name in the answer.</summary>
    public const string Requests = "requests";

    /// <summary>The check that a first dub was rehearsed, by its name in the answer.</summary>
    public const string Dubs = "dubs";

    /// <summary>
    /// Adds the checks of readiness, which together say whether a dub that is submitted now would be accepted: the record stores and the
    /// object store take writes, there is room on the disk, the engines have said what they can do, and a first dub was rehearsed.
    /// </summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<SharedLook>();
        services.AddSingleton<ReadinessLog>();
        // It would say the same at every look of everybody who asks.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.AddHealthChecks()
            .AddReachable(Records, services => ct => ReachAsync(services, Dependency.Records, ct))
            .AddReachable(Objects, services => ct => ReachAsync(services, Dependency.Objects, ct))
            .AddReachable(Storage, services => ct => services.GetService<FreeRoom>()?.IsShort() == true
                ? throw new TransientDubException(new Outage(Dependency.Storage).Message)
                // Also where it is known to be away: no room and no right to write are one outage, and two things to do.
                : services.GetRequiredService<SharedLook>().ReachAsync(Dependency.Storage, ct), HealthReason.OfFolder)
            .AddPreparation(Engines, HealthReason.Engines, services => services.GetService<EnginePreparation>() is { IsDone: false })
            .AddPreparation(Dubs, HealthReason.Dubs, services => services.GetService<DubRehearsal>() is { IsUnderWay: true });
        return services;
    }

    /// <summary>Adds the check that what the first requests need is prepared.</summary>
    public static IServiceCollection AddPreparation(this IServiceCollection services, Func<IServiceProvider, bool> isUnderWay)
    {
        services.AddHealthChecks().AddPreparation(Requests, HealthReason.Requests, isUnderWay);
        return services;
    }

    private static Task ReachAsync(IServiceProvider services, Dependency what, CancellationToken ct) =>
        services.GetService<OutageWatch>()?.IsAway(what) == true
            ? throw new TransientDubException(new Outage(what).Message)
            : services.GetRequiredService<SharedLook>().ReachAsync(what, ct);

    /// <summary>
    /// Maps <c>/health/live</c>, 200 as long as the process answers, and <c>/health/ready</c>, 200 when every check passes within 2 s and
    /// else 503 in the error shape, <c>errors</c> naming what is down.
    /// </summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            ResponseWriter = WriteAsync,
            ResultStatusCodes =
            {
                [HealthStatus.Healthy] = StatusCodes.Status200OK,
                [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable,
                [HealthStatus.Unhealthy] = StatusCodes.Status503ServiceUnavailable,
            },
        });
        return app;
    }

    private static IHealthChecksBuilder AddReachable(
        this IHealthChecksBuilder checks,
        string name,
        Func<IServiceProvider, Func<CancellationToken, Task>> read,
        Func<Exception, HealthReason>? why = null) =>
        checks.Add(new HealthCheckRegistration(
            name,
            services => new ReachableCheck(read(services), services.GetRequiredService<TimeProvider>(), why),
            HealthStatus.Unhealthy,
            tags: null));

    private static IHealthChecksBuilder AddPreparation(
        this IHealthChecksBuilder checks, string name, HealthReason reason, Func<IServiceProvider, bool> isUnderWay) =>
        checks.Add(new HealthCheckRegistration(
            name, services => new PreparationCheck(() => isUnderWay(services), reason), HealthStatus.Degraded, tags: null));

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var down = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy)
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => (Name: e.Key, Why: HealthReason.Of(e.Key, e.Value)))
            .ToList();
        // A look at whether the process lives asks nothing.
        if (report.Entries.Count > 0)
            context.RequestServices.GetRequiredService<ReadinessLog>().Note(report);
        return down.Count == 0
            ? context.Response.WriteAsJsonAsync(new { Status = StatusCodes.Status200OK }, StoredJson.Options, context.RequestAborted)
            : context.Response.WriteAsJsonAsync(Describe(down), StoredJson.Options, context.RequestAborted);
    }

    // The error shape of the contract, so that whoever reads errors can read this one.
    private static object Describe(IReadOnlyList<(string Name, HealthReason Why)> down)
    {
        var unreachable = down.Select(check => check.Name).Where(name => name is Records or Objects).ToList();
        string[] reasons =
        [
            .. unreachable.Count == 0 ? [] : new[] { $"not reachable: {string.Join(", ", unreachable)}" },
            .. down.Where(check => !unreachable.Contains(check.Name)).Select(check => check.Why.Msg),
        ];
        return new
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Msg = string.Join("; ", reasons),
            MsgCode = NotReady,
            Errors = down.Select(check => new { Field = check.Name, check.Why.Msg, MsgCode = check.Why.Code }),
        };
    }
}
