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
        services.AddHealthChecks()
            .AddReachable(Records, services => ct => ReachAsync(services, Dependency.Records, ct))
            .AddReachable(Objects, services => ct => ReachAsync(services, Dependency.Objects, ct))
            .AddReachable(Storage, services => ct => services.GetService<FreeRoom>()?.IsShort() == true
                ? throw new TransientDubException(new Outage(Dependency.Storage).Message)
                : ReachAsync(services, Dependency.Storage, ct))
            .AddReachable(Engines, services => ct => services.GetService<EnginePreparation>() is { IsDone: false }
                ? throw new TransientDubException("The engines are being prepared.")
                : Task.CompletedTask)
            .AddReachable(Dubs, services => ct => services.GetService<DubRehearsal>() is { IsUnderWay: true }
                ? throw new TransientDubException("What the first dub needs is being prepared.")
                : Task.CompletedTask);
        return services;
    }

    /// <summary>Adds the check that what the first requests need is prepared.</summary>
    public static IServiceCollection AddPreparation(this IServiceCollection services, Func<IServiceProvider, bool> isUnderWay)
    {
        services.AddHealthChecks().AddReachable(Requests, provider => ct => isUnderWay(provider)
            ? throw new TransientDubException("What the first requests need is being prepared.")
            : Task.CompletedTask);
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
        var down = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy)
            .Select(e => e.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        return down.Count == 0
            ? context.Response.WriteAsJsonAsync(new { Status = StatusCodes.Status200OK }, StoredJson.Options, context.RequestAborted)
            : context.Response.WriteAsJsonAsync(Describe(down), StoredJson.Options, context.RequestAborted);
    }

    // The error shape of the contract, so that whoever reads errors can read this one.
    private static object Describe(IReadOnlyList<string> down)
    {
        var unreachable = down.Where(name => name is Records or Objects).ToList();
        string[] reasons =
        [
            .. unreachable.Count == 0 ? [] : new[] { $"not reachable: {string.Join(", ", unreachable)}" },
            .. down.Except(unreachable).Select(Reason),
        ];
        return new
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Msg = string.Join("; ", reasons),
            MsgCode = NotReady,
            Errors = down.Select(name => new { Field = name, Msg = Reason(name), MsgCode = Code(name) }),
        };
    }

    private static string Reason(string name) => name switch
    {
        Storage => "no room left on the disk",
        Engines => "the engines are being prepared",
        Requests => "what the first requests need is being prepared",
        Dubs => "what the first dub needs is being prepared",
        _ => $"{name} not reachable",
    };

    private static string Code(string name) => name switch
    {
        Storage => "storage_full",
        Engines => "engines_preparing",
        Requests => "requests_preparing",
        Dubs => "dubs_preparing",
        _ => $"{name}_unreachable",
    };
}
