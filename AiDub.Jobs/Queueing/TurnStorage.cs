using Hangfire;
using Hangfire.Storage;

namespace AiDub.Jobs.Queueing;

/// <summary>The embedded queue, of which Hangfire's workers take the job whose dub's turn it is, rather than the first.</summary>
internal sealed class TurnStorage(JobStorage inner, Lazy<WorkerTurns> turns) : JobStorage, IDisposable
{
    public override bool LinearizableReads => inner.LinearizableReads;

    public override IMonitoringApi GetMonitoringApi() => inner.GetMonitoringApi();

    public override IStorageConnection GetConnection() => new TurnConnection((JobStorageConnection)inner.GetConnection(), turns);

    public override bool HasFeature(string featureId) => inner.HasFeature(featureId);

    public override string ToString() => inner.ToString()!;

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
