using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Hosting.Rehearsal;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Storage;
using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>The job queue, and the workers where they are enabled.</summary>
public static class HangfireHosting
{
    // The record counts the faults and ends the dub; the queue only has to go on trying for longer than that.
    private const int Unlimited = 1000;

    // What a shutdown has beyond what the workers are waited for.
    private static readonly TimeSpan AfterWorkers = TimeSpan.FromSeconds(5);

    /// <summary>Adds the queue and, unless <c>Workers:Enabled</c> is false, the workers.</summary>
    public static IServiceCollection AddJobQueue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddQueueing();
        services.AddSingleton<IDubQueue, HangfireDubQueue>();
        services.AddSingleton<SubmitRehearsal>();
        services.AddSingleton<IJobFilterProvider>(provider => new JobFilterProviderCollection(
            new JobFilterAttributeFilterProvider(), Filters(provider)));
        var storage = configuration.Provider();
        services.AddHangfire((provider, hangfire) => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseQueueStorage(provider, storage));
        // A value that is neither is refused at the start, before any worker of it.
        if (!string.Equals(configuration["Workers:Enabled"], bool.FalseString, StringComparison.OrdinalIgnoreCase))
        {
            services.AddHostedService<QueueWorkers>();
            services.AddOptions<HostOptions>().Configure<IOptions<WorkerOptions>>(
                (host, workers) => host.ShutdownTimeout = TimeSpan.FromSeconds(workers.Value.ShutdownSeconds) + AfterWorkers);
        }
        return services.AddRehearsal(configuration);
    }

    // In place of the process-wide filters, whose default retry would repeat what cannot succeed.
    private static JobFilterCollection Filters(IServiceProvider services)
    {
        var filters = new JobFilterCollection();
        filters.Add(new DubJobStates(services));
        filters.Add(new StatisticsHistoryAttribute());
        filters.Add(new AutomaticRetryAttribute
        {
            Attempts = Unlimited,
            ExceptOn = [typeof(PermanentDubException)],
            LogEvents = false,
            // Back into the queue, where it waits for its turn.
            DelayInSecondsByAttemptFunc = _ => 0,
        });
        return filters;
    }
}
