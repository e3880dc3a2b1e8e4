using AiDub.Domain.Ports;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;

namespace AiDub.Jobs.Queueing;

/// <summary>A connection of <see cref="TurnStorage"/>: fetches by turn, and is otherwise the one that it wraps.</summary>
internal sealed class TurnConnection(JobStorageConnection inner, Lazy<WorkerTurns> turns) : JobStorageConnection
{
    private static readonly CancellationToken AtOnce = new(canceled: true);

    public override IFetchedJob FetchNextJob(string[] queues, CancellationToken cancellationToken) =>
        turns.Value.Next(queues, turn => Hold(turn, queues), cancellationToken);

    private HeldJob? Hold(DubTurn turn, string[] queues)
    {
        Tidy(queues, turn.Job.Id);
        return IsRunnable(turn.Job.Id) ? new HeldJob(turn.Job.Id) : null;
    }

    // A job that was taken out of turn stays in the list of those that wait: whatever it finds there of these at its head is removed, and
    // the first that does wait put at its end, so that every one is looked at in the end. The one that is taken now waits no more.
    private void Tidy(string[] queues, string taken)
    {
        try
        {
            while (inner.FetchNextJob(queues, AtOnce) is { } first)
            {
                if (first.JobId == taken || inner.GetStateData(first.JobId)?.Name != EnqueuedState.StateName)
                    continue;
                first.Requeue();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // It is empty.
        }
    }

    private bool IsRunnable(string job) =>
        inner.GetStateData(job)?.Name is { } state && (state == EnqueuedState.StateName || state == ProcessingState.StateName);

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }

    public override IWriteOnlyTransaction CreateWriteTransaction() => inner.CreateWriteTransaction();

    public override IDisposable AcquireDistributedLock(string resource, TimeSpan timeout) =>
        inner.AcquireDistributedLock(resource, timeout);

    public override string CreateExpiredJob(Job job, IDictionary<string, string> parameters, DateTime createdAt, TimeSpan expireIn) =>
        inner.CreateExpiredJob(job, parameters, createdAt, expireIn);

    public override void SetJobParameter(string id, string name, string value) => inner.SetJobParameter(id, name, value);

    public override string GetJobParameter(string id, string name) => inner.GetJobParameter(id, name);

    public override JobData GetJobData(string jobId) => inner.GetJobData(jobId);

    public override StateData GetStateData(string jobId) => inner.GetStateData(jobId);

    public override void AnnounceServer(string serverId, ServerContext context) => inner.AnnounceServer(serverId, context);

    public override void RemoveServer(string serverId) => inner.RemoveServer(serverId);

    public override void Heartbeat(string serverId) => inner.Heartbeat(serverId);

    public override int RemoveTimedOutServers(TimeSpan timeOut) => inner.RemoveTimedOutServers(timeOut);

    public override HashSet<string> GetAllItemsFromSet(string key) => inner.GetAllItemsFromSet(key);

    public override string GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore) =>
        inner.GetFirstByLowestScoreFromSet(key, fromScore, toScore);

    public override List<string> GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore, int count) =>
        inner.GetFirstByLowestScoreFromSet(key, fromScore, toScore, count);

    public override long GetSetCount(string key) => inner.GetSetCount(key);

    public override long GetSetCount(IEnumerable<string> keys, int limit) => inner.GetSetCount(keys, limit);

    public override bool GetSetContains(string key, string value) => inner.GetSetContains(key, value);

    public override List<string> GetRangeFromSet(string key, int startingFrom, int endingAt) =>
        inner.GetRangeFromSet(key, startingFrom, endingAt);

    public override TimeSpan GetSetTtl(string key) => inner.GetSetTtl(key);

    public override void SetRangeInHash(string key, IEnumerable<KeyValuePair<string, string>> keyValuePairs) =>
        inner.SetRangeInHash(key, keyValuePairs);

    public override Dictionary<string, string> GetAllEntriesFromHash(string key) => inner.GetAllEntriesFromHash(key);

    public override string GetValueFromHash(string key, string name) => inner.GetValueFromHash(key, name);

    public override long GetHashCount(string key) => inner.GetHashCount(key);

    public override TimeSpan GetHashTtl(string key) => inner.GetHashTtl(key);

    public override long GetListCount(string key) => inner.GetListCount(key);

    public override List<string> GetAllItemsFromList(string key) => inner.GetAllItemsFromList(key);

    public override List<string> GetRangeFromList(string key, int startingFrom, int endingAt) =>
        inner.GetRangeFromList(key, startingFrom, endingAt);

    public override TimeSpan GetListTtl(string key) => inner.GetListTtl(key);

    public override long GetCounter(string key) => inner.GetCounter(key);

    public override DateTime GetUtcDateTime() => inner.GetUtcDateTime();

    /// <summary>A job that was taken; whose it is, the records say.</summary>
    private sealed class HeldJob(string id) : IFetchedJob
    {
        public string JobId => id;

        public void RemoveFromQueue()
        {
        }

        public void Requeue()
        {
        }

        public void Dispose()
        {
        }
    }
}
