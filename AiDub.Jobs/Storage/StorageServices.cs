using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage.LocalFiles;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.S3;
using AiDub.Jobs.Storage.Schema;
using AiDub.Jobs.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage;

/// <summary>The record and object stores.</summary>
public static class StorageServices
{
    /// <summary>Adds the stores that the configuration names.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddKnownSection<StorageSettings>("Storage");
        services.AddSettings<DataOptions>("Data");
        services.AddSettings<ObjectOptions>("Objects");
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<Scratch>();
        services.AddSingleton<FreeRoom>();
        services.AddSingleton<DiskReserve>();
        services.AddRecords(configuration);
        services.AddSingleton<SchemaMigration>();
        services.AddSingleton<SignedUrls>();
        services.AddSingleton<LocalObjectStore>();
        services.AddWatched<IObjectStore>(
            Dependency.Objects,
            provider => IsS3(provider) ? provider.GetRequiredService<S3ObjectStore>() : provider.GetRequiredService<LocalObjectStore>());
        services.AddProbe(
            Dependency.Objects,
            provider => IsS3(provider)
                ? provider.GetRequiredService<S3ObjectStore>().ProbeAsync
                : provider.GetRequiredService<LocalObjectStore>().Folder.ProbeAsync,
            IsS3);
        services.AddProbe(Dependency.Storage, provider => provider.GetRequiredService<DataDirectory>().ProbeAsync);
        services.AddProbe(
            Dependency.Storage,
            provider => IsS3(provider) ? _ => Task.CompletedTask : provider.GetRequiredService<LocalObjectStore>().Folder.ProbeRoomAsync);
        return services;
    }

    private static bool IsS3(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ObjectOptions>>().Value.Provider == ObjectProvider.S3;

    private static IServiceCollection AddRecords(this IServiceCollection services, IConfiguration configuration) =>
        configuration.Provider() == StorageProvider.Mongo ? services.AddMongo() : services.AddSqlite();
}
