using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Hosting;

namespace AiDub.Jobs.Hosting;

/// <summary>Takes the data folder, clears what a killed process left in it, and resumes its unfinished dubs.</summary>
public sealed class EmbeddedStart(DataDirectory data, Scratch scratch, DubSweeper sweeper) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        data.TakeExclusively();
        scratch.ClearOrphans();
        await sweeper.ResumeAllAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
