using AiDub.Jobs.Queueing;
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
    // Who holds a dub is up to the records. This is how long workers of the version before, which go by the queue, leave a job alone whose
    // worker shows no life; longer than a dub's lease, so that the dub is free by then.
    private static readonly TimeSpan Invisibility = TimeSpan.FromSeconds(60);

    public static void UseQueueStorage(this IGlobalConfiguration hangfire, IServiceProvider services, StorageProvider provider)
    {
        var turns = new Lazy<WorkerTurns>(services.GetRequiredService<WorkerTurns>);
        if (provider == StorageProvider.Mongo)
            hangfire.UseStorage(new LateJobStorage(() => OnMongo(services, turns)));
        else
            hangfire.UseStorage(
                new TurnStorage(new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(24) }), turns));
    }

    private static MongoStorage OnMongo(IServiceProvider services, Lazy<WorkerTurns> turns)
    {
        var database = services.GetRequiredService<IMongoDatabase>();
        var factory = new MongoTurnFactory(turns, services.GetRequiredService<TimeProvider>());
        // Says in words of ours which server does not answer.
        MongoDeployment.HasChangeStreams(database);
        return new MongoStorage(database.Client, database.DatabaseNamespace.DatabaseName, Options(factory));
    }

    private static MongoStorageOptions Options(MongoFactory factory) => new()
    {
        Factory = factory,
        SlidingInvisibilityTimeout = Invisibility,
        // Nobody looks into the queue itself, so nobody has to be told of changes in it.
        CheckQueuedJobsStrategy = CheckQueuedJobsStrategy.Poll,
        // Only another strategy needs them, and not every compatible server has them.
        SupportsCappedCollection = false,
        // It was just seen to answer.
        CheckConnection = false,
        MigrationOptions = new MongoMigrationOptions
        {
            MigrationStrategy = new MigrateMongoMigrationStrategy(),
            // What the queue lost, the sweeper restores from the records.
            BackupStrategy = new NoneMongoBackupStrategy(),
        },
    };
}
