using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Clears what killed processes left in the data folder. Other processes may be at work, so nothing is resumed here: the sweeper resumes by
/// lease.
/// </summary>
public sealed class SharedStart(
    Scratch scratch, LocalObjectStore files, IOptions<ObjectOptions> objects, ILogger<SharedStart> log) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        scratch.ClearOrphans(log);
        files.Prepare();
        if (objects.Value.Provider == ObjectProvider.Local)
            await files.Folder.CheckRightsAsync(cancellationToken);
        files.Folder.ClearUnfinished();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
