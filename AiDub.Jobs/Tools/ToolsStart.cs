using AiDub.Domain.Errors;
using Microsoft.Extensions.Hosting;

namespace AiDub.Jobs.Tools;

/// <summary>Refuses to start without the tools that every dub needs.</summary>
internal sealed class ToolsStart : IHostedLifecycleService
{
    private static readonly (string Tool, string Package)[] Needed = [("ffmpeg", "ffmpeg"), ("ffprobe", "ffmpeg")];

    /// <inheritdoc />
    /// <exception cref="StartRefusedException">One is not on the <c>PATH</c>.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var (tool, package) in Needed.Where(n => !InstalledTool.IsThere(n.Tool)))
            throw new StartRefusedException(
                $"{tool} is not installed: apt-get install {package}, or see to it that PATH names its folder.");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
