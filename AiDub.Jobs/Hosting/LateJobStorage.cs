using Hangfire;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// The queue's storage, opened when it is first used: opening it asks the server, which may be away when the process starts.
/// </summary>
/// <param name="open">Opens it; called again when it failed.</param>
internal sealed class LateJobStorage(Func<JobStorage> open) : JobStorage
{
    private readonly Lock _opening = new();
    private volatile JobStorage? _opened;

    /// <summary>The storage itself.</summary>
    public JobStorage Opened
    {
        get
        {
            if (_opened is { } opened)
                return opened;
            lock (_opening)
                return _opened ??= open();
        }
    }

    public override bool LinearizableReads => Opened.LinearizableReads;

    public override IMonitoringApi GetMonitoringApi() => Opened.GetMonitoringApi();

    public override IStorageConnection GetConnection() => Opened.GetConnection();

    public override IStorageConnection GetReadOnlyConnection() => Opened.GetReadOnlyConnection();

    public override IEnumerable<IStateHandler> GetStateHandlers() => Opened.GetStateHandlers();

    public override IEnumerable<IBackgroundProcess> GetServerRequiredProcesses() => Opened.GetServerRequiredProcesses();

    public override IEnumerable<IBackgroundProcess> GetStorageWideProcesses() => Opened.GetStorageWideProcesses();

    public override bool HasFeature(string featureId) => Opened.HasFeature(featureId);

    public override string ToString() => _opened?.ToString() ?? "a queue that is not open yet";
}
