using AiDub.Jobs.Storage.Mongo;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Queueing;

/// <summary>
/// Wakes the workers of this process when any process offers a dub, where the deployment tells of changes; nobody has to look then.
/// </summary>
public sealed class MongoTurnWatch(
    IMongoDatabase database, MongoRecords records, TurnSignal signal, ILogger<MongoTurnWatch> log) : BackgroundService
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    // The server answers when something happened, or after so long.
    private static readonly ChangeStreamOptions Options = new() { MaxAwaitTime = TimeSpan.FromSeconds(20) };

    /// <summary>What is told of: every change after which a dub may be taken, now or later.</summary>
    internal static readonly BsonDocument Offers = new("$match", new BsonDocument("$or", new BsonArray
    {
        // A dub that is taken is offered again too, but much later.
        new BsonDocument
        {
            { "updateDescription.updatedFields.ready_at", new BsonDocument("$exists", true) },
            { "updateDescription.updatedFields.taken_at", new BsonDocument("$exists", false) },
        },
        new BsonDocument { { "operationType", new BsonDocument("$in", new BsonArray { "insert", "replace" }) },
            { "fullDocument.ready_at", new BsonDocument("$exists", true) } },
    }));

    private static readonly PipelineDefinition<ChangeStreamDocument<BsonDocument>, BsonDocument> Pipeline =
        new[] { Offers, new BsonDocument("$project", new BsonDocument("_id", 1)) };

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!MongoDeployment.HasChangeStreams(database))
                    return;
                using var changes = await records.Progress.WatchAsync(Pipeline, Options, stoppingToken);
                signal.IsTold = true;
                // What was offered before the stream began is looked for once.
                signal.Set();
                while (await changes.MoveNextAsync(stoppingToken))
                {
                    if (changes.Current.Any())
                        signal.Set();
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogInformation("New dubs are looked for, because MongoDB does not tell of them: {Reason}", e.Message);
            }
            finally
            {
                signal.IsTold = false;
                signal.Set();
            }
            await Task.Delay(AfterFault, stoppingToken);
        }
    }
}
