using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing;

/// <summary>Removes old uploads that no dub needs which runs, waits or is kept for a retry. The key of an upload says how old it is.</summary>
public sealed class UploadSweeper(
    IProgressStore progress, IObjectStore objects, IOptions<UploadOptions> options, TimeProvider clock, ILogger<UploadSweeper> log) : BackgroundService
{
    /// <summary>Looks once.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddHours(-options.Value.KeepHours);
        var old = (await objects.ListAsync(ObjectKeys.Uploads, ct)).Where(key => ObjectKeys.UploadDayEnd(key) <= before).ToList();
        if (old.Count == 0)
            return;
        var needed = (await progress.FindStaleAsync(DateTimeOffset.MaxValue, int.MaxValue, ct))
            .Concat((await progress.FindUnkeptAsync(DateTimeOffset.MaxValue, int.MaxValue, ct)).Where(dub => !dub.IsDeleted))
            .SelectMany(dub => new[] { dub.Order.SourceVideoUrl, dub.Order.Transcript, dub.Order.Translation })
            .OfType<string>()
            .ToList();
        foreach (var key in old.Where(key => !needed.Any(address => address.Contains(key, StringComparison.Ordinal))))
        {
            await objects.DeleteAsync(key, ct);
            log.LogInformation("Upload {Key} was removed: it is older than {Hours} hours.", key, options.Value.KeepHours);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SweepSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Old uploads could not be removed; the next look will try again.");
            }
        }
    }
}
