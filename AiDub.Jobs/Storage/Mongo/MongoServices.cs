using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage.Schema;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>The record stores that many processes share.</summary>
public static class MongoServices
{
    /// <summary>Adds the client, and the progress and dub stores on it.</summary>
    public static IServiceCollection AddMongo(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<MongoOptions>, MongoOptionsRules>();
        services.AddOptions<MongoOptions>()
            .Configure<IConfiguration>((options, configuration) =>
            {
                options.ConnectionString = configuration.GetConnectionString("Mongo") ?? "";
                options.Database = configuration["Storage:Database"] ?? options.Database;
            })
            .ValidateOnStart();
        services.AddSingleton<IMongoClient>(provider =>
            new MongoClient(MongoDeployment.Settings(provider.GetRequiredService<IOptions<MongoOptions>>().Value)));
        services.AddSingleton(provider => provider.GetRequiredService<IMongoClient>()
            .GetDatabase(provider.GetRequiredService<IOptions<MongoOptions>>().Value.Database));
        services.AddSingleton<MongoRecords>();
        services.AddSingleton<IRecordSchema, MongoSchema>();
        services.AddSingleton<IXmlRepository, MongoKeyRing>();
        services.AddProbe(Dependency.Records, provider => provider.GetRequiredService<MongoRecords>().ProbeAsync, _ => true);
        services.AddRecords<IProgressStore, MongoProgressStore>();
        services.AddRecords<IDubTurns, MongoDubTurns>();
        services.AddRecords<ILeases, MongoLeases>();
        services.AddRecords<ISubmissionClaims, MongoSubmissionClaims>();
        services.AddRecords<IDubStore, MongoDubStore>();
        services.AddRecords<IEditStore, MongoEditStore>();
        services.AddRecords<ICallbackOutbox, MongoCallbackOutbox>();
        return services;
    }
}
