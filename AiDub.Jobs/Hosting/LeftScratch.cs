using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Clears, while this process runs, what others that share its data folder left there when they were killed, though nobody starts them
/// again.
/// </summary>
internal sealed class LeftScratch(
    Scratch scratch, LocalObjectStore files, StartGate gate, IOptions<RetentionOptions> options, TimeProvider clock,
    ILogger<LeftScratch> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.Opened.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LeftoverSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                scratch.ClearOrphans(log);
                files.Folder.ClearUnfinished();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogDebug(e, "What killed processes left could not be looked for; the next look will try again.");
            }
        }
    }
}
