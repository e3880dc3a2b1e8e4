using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Uploads;

/// <summary>
/// Removes old uploads that no dub needs which runs, waits or is kept for a retry. The key of an upload says how old it is.
/// </summary>
public sealed class OldUploadSweeper(
    IProgressStore progress, IObjectStore objects, HousekeepingLease housekeeping,
    IOptions<UploadOptions> options, TimeProvider clock, ILogger<OldUploadSweeper> log) : BackgroundService
{
    private const int Page = 500;

    /// <summary>Looks once.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddHours(-options.Value.KeepHours);
        var old = (await objects.ListAsync(ObjectKeys.Uploads, ct)).Where(key => ObjectKeys.UploadDayEnd(key) <= before).ToList();
        if (old.Count == 0)
            return;
        var unneeded = old.ToHashSet();
        await foreach (var dub in progress.UnfinishedAsync(Page, ct))
            Keep(dub);
        foreach (var dub in (await progress.FindUnkeptAsync(DateTimeOffset.MaxValue, int.MaxValue, ct)).Where(dub => !dub.IsCancelled))
            Keep(dub);
        await objects.DeleteAsync([.. unneeded], ct);
        foreach (var key in unneeded)
        {
            log.LogInformation("Upload {Key} was removed: it is older than {Hours} hours.", key, options.Value.KeepHours);
        }

        void Keep(DubProgress dub)
        {
            var texts = new[] { dub.Order.Transcript, dub.Order.Translation }.OfType<TextPlace.Linked>().Select(text => text.Address);
            foreach (var address in texts.Append(dub.Order.SourceVideoUrl))
            {
                if (objects.KeyOf(SentUrl.Clean(address)) is { } key)
                    unneeded.Remove(key);
            }
        }
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => housekeeping.EveryAsync(
        TimeSpan.FromSeconds(options.Value.SweepSeconds),
        SweepAsync,
        e => log.LogNotDone(e, "Old uploads could not be removed; the next look will try again."),
        stoppingToken);
}
