using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Hosting;

/// <summary>Everything behind the API.</summary>
public static class JobsServices
{
    /// <summary>Adds the stores, the engines, the media tools, the job and its queue.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfigurationManager configuration)
    {
        if (Environment.GetEnvironmentVariable("AIDUB_DATA") is { Length: > 0 } data)
            configuration["Data:Directory"] = data;
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddStorage()
            .AddS3(configuration)
            .AddMedia(configuration)
            .AddEngines(configuration)
            .AddDubbing()
            .AddEmbeddedStart()
            .AddJobQueue(configuration);
    }

    // Before the queue's workers, so that they find the data folder taken and clean.
    private static IServiceCollection AddEmbeddedStart(this IServiceCollection services)
    {
        services.AddHostedService<EmbeddedStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DubSweeper>());
        return services;
    }
}
