using AiDub.Domain.Ports;
using Hangfire.Mongo;
using Hangfire.Mongo.Database;
using Hangfire.Mongo.Dto;
using Hangfire.States;
using Hangfire.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Queueing;

/// <summary>Has Hangfire's workers take the job whose dub's turn it is, rather than the first in the queue.</summary>
/// <param name="turns">Asked for once a worker wants a job: a process without workers needs it not.</param>
/// <param name="clock">Says when a job was taken.</param>
internal sealed class MongoTurnFactory(Lazy<WorkerTurns> turns, TimeProvider clock) : MongoFactory
{
    public override MongoJobFetcher CreateMongoJobFetcher(HangfireDbContext dbContext, MongoStorageOptions storageOptions) =>
        new Fetcher(dbContext, storageOptions, JobQueueSemaphore, turns, clock);

    private sealed class Fetcher : MongoJobFetcher
    {
        private static readonly FindOneAndUpdateOptions<BsonDocument> WithoutContent =
            new() { Projection = new BsonDocument("_id", 1) };

        private readonly HangfireDbContext _db;
        private readonly MongoStorageOptions _options;
        private readonly Lazy<WorkerTurns> _turns;
        private readonly TimeProvider _clock;

        public Fetcher(
            HangfireDbContext db, MongoStorageOptions options, IJobQueueSemaphore semaphore, Lazy<WorkerTurns> turns, TimeProvider clock)
            : base(db, options, semaphore) => (_db, _options, _turns, _clock) = (db, options, turns, clock);

        public override IFetchedJob FetchNextJob(string[] queues, CancellationToken cancellationToken) =>
            _turns.Value.Next(queues, turn => Hold(turn, cancellationToken), cancellationToken);

        private MongoFetchedJob? Hold(DubTurn turn, CancellationToken ct)
        {
            if (!ObjectId.TryParse(turn.Job.Id, out var id))
                return null;
            // The records say who has the dub; whoever held its job before is dead.
            var runnable = new BsonDocument
            {
                { "_id", id },
                { "_t", nameof(JobDto) },
                { nameof(JobDto.StateName), new BsonDocument("$in", new BsonArray { EnqueuedState.StateName, ProcessingState.StateName }) },
            };
            var (fetchedAt, token) = (_clock.GetUtcNow().UtcDateTime, Guid.NewGuid().ToString("N"));
            var hold = new BsonDocument("$set", new BsonDocument
            {
                { nameof(JobDto.FetchedAt), fetchedAt },
                { nameof(JobDto.OwnerToken), token },
                { nameof(JobDto.Queue), turn.Job.Queue },
            });
            return _db.JobGraph.FindOneAndUpdate(runnable, hold, WithoutContent, ct) is null
                ? null
                : _options.Factory.CreateFetchedJob(_db, _options, fetchedAt, token, id, id, turn.Job.Queue);
        }
    }
}
