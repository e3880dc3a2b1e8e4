using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Removes work files of dubs that neither run nor are kept for a retry or for editing.</summary>
/// <remarks>
/// A process leaves them that was killed between the end of a dub and its cleaning up, or before it accepted a request whose texts it had
/// stored.
/// One process looks, at a sixteenth of all that there is at a time: the owners whose ids begin with one hexadecimal digit.
/// </remarks>
public sealed class OrphanedWorkSweeper(
    IProgressStore progress,
    IDubStore dubs,
    IObjectStore objects,
    HousekeepingLease housekeeping,
    IOptions<RetentionOptions> options,
    IOptions<LeaseOptions> leases,
    IOptions<ObjectOptions> kept,
    TimeProvider clock,
    ILogger<OrphanedWorkSweeper> log) : BackgroundService
{
    private const string Parts = "0123456789abcdef";
    private const int Page = 500;

    private readonly Dictionary<Guid, DateTimeOffset> _idleSince = [];

    // Whoever uses the same bucket: nothing of theirs is asked for again.
    private readonly HashSet<Guid> _strangers = [];

    /// <summary>
    /// Looks at everything once. What is not owned now may be a request's that is being accepted, so it has to have been so for a while.
    /// </summary>
    /// <param name="grace">For how long, over several looks; zero for a process that has the records to itself and serves nobody
    /// yet.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task ClearAsync(TimeSpan grace, CancellationToken ct)
    {
        foreach (var part in Parts)
            await ClearAsync(part, grace, ct);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var look = 0;
        return housekeeping.EveryAsync(
            TimeSpan.FromSeconds((double)options.Value.LeftoverSeconds / Parts.Length),
            ct => ClearAsync(Parts[look++ % Parts.Length], TimeSpan.FromSeconds(leases.Value.LeaseSeconds), ct),
            e => log.LogNotDone(e, "Leftovers could not be looked for; the next look will try again."),
            stoppingToken);
    }

    private async Task ClearAsync(char part, TimeSpan grace, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var owners = (await objects.ListAsync(ObjectKeys.AllWork + part, ct)).ToLookup(ObjectKeys.WorkOwner);
        // Listed before they are asked for: whoever stored something since is among them.
        var idle = new HashSet<Guid>();
        foreach (var keys in owners.Where(keys => keys.Key is { } id && !_strangers.Contains(id) && keys.Any(ObjectKeys.IsTemporary)))
        {
            if (!await IsOwnedAsync(keys.Key!.Value, ct))
                idle.Add(keys.Key.Value);
        }
        if (idle.Count > 0)
            idle.ExceptWith(await SharedAsync(ct));
        foreach (var owned in _idleSince.Keys.Where(id => $"{id:D}"[0] == part && !idle.Contains(id)).ToList())
            _idleSince.Remove(owned);
        foreach (var owner in idle)
            _idleSince.TryAdd(owner, now);

        var old = idle.Where(owner => now - _idleSince[owner] >= grace).ToList();
        var batches = old.Count == 0 || kept.Value.Provider == ObjectProvider.Local ? [] : await BatchesAsync(old, ct);
        foreach (var owner in old)
            await RemoveAsync(owner, [.. owners[owner]], batches.Contains(owner), ct);
    }

    private async Task<bool> IsOwnedAsync(Guid owner, CancellationToken ct) =>
        await progress.FindAsync(owner, ct) is { State: DubState.Running } or { KeptUntil: not null, IsCancelled: false }
        || await dubs.FindAsync(owner, ct) is { EditableUntil: not null };

    // The batches of the dubs that are being made, or kept: what these dubs share is theirs.
    private async Task<HashSet<Guid>> SharedAsync(CancellationToken ct)
    {
        var shared = new HashSet<Guid>();
        await foreach (var dub in progress.UnfinishedAsync(Page, ct))
            shared.Add(dub.Order.SourceId);
        foreach (var dub in (await progress.FindUnkeptAsync(DateTimeOffset.MaxValue, int.MaxValue, ct)).Where(dub => !dub.IsCancelled))
            shared.Add(dub.Order.SourceId);
        // After them, because a record is written before its document is complete.
        foreach (var dub in await dubs.FindEditableAsync(DateTimeOffset.MaxValue, int.MaxValue, ct))
            shared.Add(dub.Order.SourceId);
        return shared;
    }

    private async Task RemoveAsync(Guid owner, IReadOnlyList<string> keys, bool isBatch, CancellationToken ct)
    {
        var dub = await progress.FindAsync(owner, ct);
        var record = await dubs.FindAsync(owner, ct);
        var isKnown = isBatch || dub is not null || record is not null;
        // A bucket may be shared with a service whose dubs are not known here; a folder is not.
        if (dub is { State: DubState.Running } or { KeptUntil: not null, IsCancelled: false }
            || record is { EditableUntil: not null }
            || (!isKnown && kept.Value.Provider != ObjectProvider.Local))
            return;
        var isFailed = dub is { State: DubState.Failed, Order.Revision: 0 };
        if (isFailed)
        {
            await objects.DeleteAsync(await objects.ListAsync(ObjectKeys.Results(dub!.Order.UserId, owner), ct), ct);
            await objects.DeleteAsync([.. keys.Where(key => !ObjectKeys.IsTemporary(key))], ct);
        }

        // The temporary ones last: by them the rest is found again when this breaks off.
        await objects.DeleteAsync([.. keys.Where(ObjectKeys.IsTemporary)], ct);
        log.LogInformation("What was left of {Owner} in the object store was removed.", owner);
    }

    // Which of these are batches: known by the dubs that have them, wherever these lie.
    private async Task<HashSet<Guid>> BatchesAsync(IEnumerable<Guid> old, CancellationToken ct)
    {
        var unknown = new HashSet<Guid>();
        foreach (var owner in old)
        {
            if (await OrderAsync(owner, ct) is null)
                unknown.Add(owner);
        }
        var batches = new HashSet<Guid>();
        foreach (var part in unknown.Count == 0 ? "" : Parts)
        {
            var keys = await objects.ListAsync(ObjectKeys.AllWork + part, ct);
            foreach (var owner in keys.Select(ObjectKeys.WorkOwner).OfType<Guid>().Distinct())
            {
                if ((await OrderAsync(owner, ct))?.Batch is { } batch && unknown.Contains(batch.Id))
                    batches.Add(batch.Id);
            }
        }
        _strangers.UnionWith(unknown.Except(batches));
        return batches;
    }

    private async Task<DubOrder?> OrderAsync(Guid owner, CancellationToken ct) =>
        (await dubs.FindAsync(owner, ct))?.Order ?? (await progress.FindAsync(owner, ct))?.Order;
}
