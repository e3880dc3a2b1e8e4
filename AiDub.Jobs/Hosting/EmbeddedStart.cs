using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>Takes the data folder, clears what a killed process left behind, and resumes its unfinished dubs.</summary>
public sealed class EmbeddedStart(
    DataDirectory data, Scratch scratch, LocalObjectStore files, DubSweeper sweeper,
    OrphanedWorkSweeper leftovers, DiskReserve reserve, IOptions<ObjectOptions> objects, ILogger<EmbeddedStart> log)
    : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        data.TakeExclusively();
        scratch.ClearOrphans(log);
        files.Prepare();
        if (objects.Value.Provider == ObjectProvider.Local)
            await files.Folder.CheckRightsAsync(cancellationToken);
        files.Folder.ClearUnfinished();
        await ClearLeftoversAsync(cancellationToken);
        await sweeper.ResumeAllAsync(cancellationToken);
        reserve.Take();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ClearLeftoversAsync(CancellationToken ct)
    {
        try
        {
            await leftovers.ClearAsync(TimeSpan.Zero, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "Leftovers could not be looked for; the service starts without.");
        }
    }
}
