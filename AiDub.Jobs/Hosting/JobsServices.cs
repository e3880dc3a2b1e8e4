using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Estimates;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Media;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Quotas;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.S3;
using AiDub.Jobs.Storage.Schema;
using AiDub.Jobs.Telemetry;
using AiDub.Jobs.Tools;
using AiDub.Jobs.Uploads;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Hosting;

/// <summary>Everything behind the API.</summary>
public static class JobsServices
{
    /// <summary>Adds the stores, the engines, the media tools, the job and its queue.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfigurationManager configuration)
    {
        configuration.AddServiceSettings();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SettingsReview>();
        // A start that fails is told in one line; the host's own report of it is a stack.
        services.AddLogging(logging => logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host", level => ServiceRun.HasStarted && level >= LogLevel.Information));
        return services
            .AddTelemetry(configuration)
            .AddRooms(configuration)
            .AddStart(configuration)
            .AddJobQueue(configuration);
    }

    /// <summary>Adds what a stand-alone worker needs: the same, with a record store that it shares with the API.</summary>
    /// <exception cref="StartRefusedException">The records are embedded: only the process that serves the API can work on them.</exception>
    public static IServiceCollection AddWorker(this IServiceCollection services, IConfigurationManager configuration)
    {
        if (configuration.Provider() == StorageProvider.Embedded)
        {
            throw new StartRefusedException(
                "a stand-alone worker needs records that it shares with the API: set Storage:Provider to Mongo and "
                    + "ConnectionStrings:Mongo.");
        }

        return services.AddJobs(configuration);
    }

    // What takes a dub from its order to its result, without what starts and who works: doctor looks at it too.
    internal static IServiceCollection AddRooms(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddTools(configuration)
            .AddOutages()
            .AddLeases()
            .AddStorage(configuration)
            .AddS3(configuration)
            .AddFetching(configuration)
            .AddMedia(configuration)
            .AddEngines(configuration)
            .AddEstimates()
            .AddDubbing()
            .AddUploads()
            .AddQuotas();

    // Before the queue's workers, so that they find the stores ready and the data folder clean.
    internal static IServiceCollection AddStart(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<StartGate>();
        if (configuration.Provider() == StorageProvider.Mongo)
            services.AddPatientStart<SharedStart>().AddHostedService<MongoTurnWatch>().AddHostedService<LeftScratch>();
        else
            services.AddPatientStart<EmbeddedStart>();
        services.AddHostedService<SchemaUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusedDubs>());
        services.AddHostedService(provider => provider.GetRequiredService<DubSweeper>());
        services.AddHostedService(provider => provider.GetRequiredService<OrphanedWorkSweeper>());
        services.AddHostedService(provider => provider.GetRequiredService<OldUploadSweeper>());
        services.AddHostedService(provider => provider.GetRequiredService<ExpiredResultSweeper>());
        return services;
    }

    private static IServiceCollection AddPatientStart<T>(this IServiceCollection services)
        where T : class, IHostedService =>
        services.AddSingleton<T>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<PatientStart>(provider, provider.GetRequiredService<T>()));
}
