using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage.Schema;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>The embedded record stores.</summary>
public static class SqliteServices
{
    /// <summary>Adds the progress and dub stores in the data folder's database.</summary>
    public static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IRecordSchema, SqliteSchema>();
        services.AddSingleton<IXmlRepository>(provider => new FileSystemXmlRepository(
            Directory.CreateDirectory(
                provider.GetRequiredService<DataDirectory>().File("keys"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddProbe(Dependency.Records, provider => provider.GetRequiredService<SqliteDatabase>().ProbeAsync);
        services.AddRecords<IProgressStore, SqliteProgressStore>();
        services.AddRecords<IDubTurns, SqliteDubTurns>();
        services.AddRecords<ILeases, SqliteLeases>();
        services.AddRecords<ISubmissionClaims, SqliteSubmissionClaims>();
        services.AddRecords<IDubStore, SqliteDubStore>();
        services.AddRecords<IEditStore, SqliteEditStore>();
        services.AddRecords<ICallbackOutbox, SqliteCallbackOutbox>();
        return services;
    }
}
