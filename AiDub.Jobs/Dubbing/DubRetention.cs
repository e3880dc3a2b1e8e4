using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing;

/// <summary>Keeps what a finished dub needs to be edited and rendered again, for <c>Dubbing:KeepEditableHours</c>, and then removes it.</summary>
public sealed class DubRetention(
    IProgressStore progress,
    IDubStore dubs,
    IEditStore edits,
    IObjectStore objects,
    DubBatches batches,
    IOptions<DubbingOptions> options,
    TimeProvider clock,
    ILogger<DubRetention> log)
{
    /// <summary>Until when a dub that is finished now can be edited; null when it cannot.</summary>
    public DateTimeOffset? EditableUntil(DateTimeOffset now) =>
        options.Value.KeepEditableHours > 0 ? now.AddHours(options.Value.KeepEditableHours) : null;

    /// <summary>Removes what a dub whose record was just written needs no more: all but small records when it cannot be edited, and results that it replaces.</summary>
    public async Task CleanAsync(DubContext context, FinalResponse response, CancellationToken ct)
    {
        string[] published = [response.ResultKey, response.SrtKey, response.VttKey];
        await context.Artifacts.RemoveAsync(ObjectKeys.Results(context.Order.UserId, context.RequestId), key => !published.Contains(key), ct);
        if (options.Value.KeepEditableHours <= 0)
        {
            await context.Artifacts.RemoveAsync(ObjectKeys.Work(context.RequestId), ObjectKeys.IsTemporary, ct);
            return;
        }

        var timeline = await context.Artifacts.ReadAsync<Timeline>(ObjectKeys.Timeline(context.RequestId, context.Revision), ct);
        var heard = timeline.Segments.Select(s => s.Key).ToHashSet();
        await context.Artifacts.RemoveAsync(
            ObjectKeys.Work(context.RequestId), key => !heard.Contains(key) && IsOutdated(key, context.RequestId, context.Revision), ct);
    }

    /// <summary>Removes the working files of dubs that could be edited until <paramref name="until"/> at the latest, unless they are being rendered again.</summary>
    public async Task EndAsync(DateTimeOffset until, int limit, CancellationToken ct)
    {
        foreach (var dub in await dubs.FindEditableAsync(until, limit, ct))
        {
            var (id, document) = (dub.Order.RequestId, await progress.FindAsync(dub.Order.RequestId, ct));
            if (document is { State: DubState.Running })
                continue;
            foreach (var key in await objects.ListAsync(ObjectKeys.Work(id), ct))
                await objects.DeleteAsync(key, ct);
            if (document is { State: DubState.Failed, KeptUntil: not null })
                await progress.SaveFailedAsync(document.Apply(new DubTransition.Clean(), clock.GetUtcNow()), ct);
            await edits.RemoveAsync(id, ct);
            // Last: until it is noted, all of this is repeated.
            await dubs.EndEditingAsync(id, dub.Order.Revision, ct);
            await batches.CleanAsync(dub.Order, ct);
            log.LogInformation("The working files of dub {RequestId} were removed: it can be edited no longer.", id);
        }
    }

    // Speech that is not heard, engines' partial results, texts as they were sent, and the records of revisions between the first and this one.
    private static bool IsOutdated(string key, Guid requestId, int revision)
    {
        if (ObjectKeys.IsTemporary(key))
            return key != ObjectKeys.Source(requestId);
        var folder = key[ObjectKeys.Work(requestId).Length..].Split('/')[0];
        return folder.StartsWith('r') && int.TryParse(folder.AsSpan(1), out var other) && other != revision;
    }
}
