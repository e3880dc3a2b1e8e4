using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching.Sample;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Fetching;

/// <summary>What brings sources here.</summary>
public static class FetchingServices
{
    /// <summary>Adds the room; its section is <see cref="SourceOptions.Section"/>. It needs the S3 room.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SourceOptions>(configuration.GetSection(SourceOptions.Section));
        services.TryAddSingleton<ISourceNetwork, SourceNetwork>();
        services.AddSingleton<SourceGate>();
        services.AddSingleton<SampleVideo>();
        // The first that takes an address brings it.
        services.AddSingleton<ISourceTransport, SampleTransport>();
        services.AddSingleton<ISourceTransport, HttpTransport>();
        services.AddSingleton<ISourceTransport, S3Transport>();
        services.AddSingleton<ISourceFetcher, SourceFetcher>();
        services.AddSingleton<IS3Use, SourceBuckets>();
        return services;
    }
}
