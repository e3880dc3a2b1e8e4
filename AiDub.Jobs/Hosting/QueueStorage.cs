using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.Mongo;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Mongo;
using Hangfire.Mongo.Migration.Strategies;
using Hangfire.Mongo.Migration.Strategies.Backup;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Driver;

namespace AiDub.Jobs.Hosting;

/// <summary>Where the queue is kept.</summary>
internal static class QueueStorage
{
    /// <summary>
    /// How long a job whose worker shows no life is left alone before another worker gets it; a living worker shows it five times as often.
    /// Longer than a dub's lease, so that the dub is free by then.
    /// </summary>
    private static readonly TimeSpan Invisibility = TimeSpan.FromSeconds(60);

    // Every free worker looks this often, whether or not it is told of new jobs.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    public static void UseQueueStorage(this IGlobalConfiguration hangfire, IServiceProvider services, StorageProvider provider)
    {
        if (provider == StorageProvider.Mongo)
            hangfire.UseStorage(OnMongo(services.GetRequiredService<IMongoDatabase>()));
        else
            hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(24) });
    }

    internal static MongoStorage OnMongo(IMongoDatabase database) =>
        new(database.Client, database.DatabaseNamespace.DatabaseName, Options(MongoDeployment.TellsOfChanges(database)));

    internal static MongoStorageOptions Options(bool tellsOfChanges) => new()
    {
        SlidingInvisibilityTimeout = Invisibility,
        QueuePollInterval = Poll,
        CheckQueuedJobsStrategy = tellsOfChanges ? CheckQueuedJobsStrategy.Watch : CheckQueuedJobsStrategy.Poll,
        // Only the strategy that is not used needs them, and not every compatible server has them.
        SupportsCappedCollection = false,
        // Asking what the deployment is has just shown that it answers.
        CheckConnection = false,
        MigrationOptions = new MongoMigrationOptions
        {
            MigrationStrategy = new MigrateMongoMigrationStrategy(),
            // What the queue lost, the sweeper restores from the records.
            BackupStrategy = new NoneMongoBackupStrategy(),
        },
    };
}
