using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Clears what killed processes left in the data folder. Other processes may be at work, so nothing is resumed here: the sweeper resumes by
/// lease.
/// </summary>
public sealed class SharedStart(Scratch scratch, LocalObjectStore files, ILogger<SharedStart> log) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        scratch.ClearOrphans(log);
        files.Prepare();
        files.ClearUnfinished();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
