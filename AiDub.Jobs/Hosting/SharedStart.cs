using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Storage.LocalFiles;
using AiDub.Jobs.Storage.Mongo;
using Microsoft.Extensions.Hosting;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Makes the indexes of the shared records and clears what killed processes left in the data folder. Other processes may be at work, so nothing
/// is resumed here: the sweeper resumes by lease.
/// </summary>
public sealed class SharedStart(MongoRecords records, Scratch scratch, LocalObjectStore files) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await records.EnsureIndexesAsync(cancellationToken);
        scratch.ClearOrphans();
        files.Prepare();
        files.ClearUnfinished();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
