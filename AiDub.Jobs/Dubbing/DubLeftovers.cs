using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing;

/// <summary>
/// Removes what only making a dub needs once no dub that is being made, or is kept for a retry or to be edited, owns it: what a process left that was killed between the end of a dub and
/// its cleaning up, or before it accepted a request whose texts it had stored.
/// </summary>
public sealed class DubLeftovers(
    IProgressStore progress,
    IDubStore dubs,
    IObjectStore objects,
    IOptions<DubbingOptions> options,
    IOptions<ObjectOptions> kept,
    TimeProvider clock,
    ILogger<DubLeftovers> log) : BackgroundService
{
    private Dictionary<Guid, DateTimeOffset> _idleSince = [];

    /// <summary>Looks once. What is not owned now may be a request's that is being accepted, so it has to have been so for a while.</summary>
    /// <param name="grace">For how long, over several looks; zero for a process that has the records to itself and serves nobody yet.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task ClearAsync(TimeSpan grace, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var owners = (await objects.ListAsync(ObjectKeys.AllWork, ct)).ToLookup(ObjectKeys.WorkOwner);
        // Listed before they are asked for: whoever stored something since is among them.
        var unfinished = (await progress.FindStaleAsync(DateTimeOffset.MaxValue, int.MaxValue, ct))
            .Concat((await progress.FindUnkeptAsync(DateTimeOffset.MaxValue, int.MaxValue, ct)).Where(dub => !dub.IsDeleted))
            .Select(dub => dub.Order).ToList();
        // After them, because a record is written before its document is complete.
        var editable = (await dubs.FindEditableAsync(DateTimeOffset.MaxValue, int.MaxValue, ct)).Select(dub => dub.Order);
        var making = unfinished.Concat(editable).SelectMany(order => new Guid?[] { order.RequestId, order.SourceId }).ToHashSet();
        _idleSince = owners.Where(keys => keys.Key is not null && !making.Contains(keys.Key) && keys.Any(ObjectKeys.IsTemporary))
            .ToDictionary(keys => keys.Key!.Value, keys => _idleSince.GetValueOrDefault(keys.Key!.Value, now));

        var old = _idleSince.Where(idle => now - idle.Value >= grace).Select(idle => idle.Key).ToList();
        var batches = old.Count == 0 ? [] : await BatchesAsync(owners.Select(keys => keys.Key).OfType<Guid>(), ct);
        foreach (var owner in old)
            await RemoveAsync(owner, [.. owners[owner]], batches.Contains(owner), ct);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LeftoverSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ClearAsync(TimeSpan.FromSeconds(options.Value.LeaseSeconds), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Leftovers could not be looked for; the next look will try again.");
            }
        }
    }

    private async Task RemoveAsync(Guid owner, IReadOnlyList<string> keys, bool isBatch, CancellationToken ct)
    {
        var dub = await progress.FindAsync(owner, ct);
        var record = await dubs.FindAsync(owner, ct);
        var isKnown = isBatch || dub is not null || record is not null;
        // A bucket may be shared with a service whose dubs are not known here; a folder is not.
        if (dub is { State: DubState.Running } or { KeptUntil: not null, IsDeleted: false } || record is { EditableUntil: not null } || (!isKnown && kept.Value.Provider != ObjectProvider.Local))
            return;
        var isFailed = dub is { State: DubState.Failed, Order.Revision: 0 };
        if (isFailed)
        {
            foreach (var key in await objects.ListAsync(ObjectKeys.Results(dub!.Order.UserId, owner), ct))
                await objects.DeleteAsync(key, ct);
        }

        // The temporary ones last: by them the rest is found again when this breaks off.
        foreach (var key in keys.Where(key => isFailed || ObjectKeys.IsTemporary(key)).OrderBy(ObjectKeys.IsTemporary))
            await objects.DeleteAsync(key, ct);
        log.LogInformation("What was left of {Owner} in the object store was removed.", owner);
    }

    private async Task<HashSet<Guid>> BatchesAsync(IEnumerable<Guid> owners, CancellationToken ct)
    {
        var batches = new HashSet<Guid>();
        foreach (var owner in owners)
        {
            var order = (await dubs.FindAsync(owner, ct))?.Order ?? (await progress.FindAsync(owner, ct))?.Order;
            if (order?.Batch is { } batch)
                batches.Add(batch.Id);
        }
        return batches;
    }
}
