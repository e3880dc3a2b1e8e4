using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>
/// Keeps what a finished dub needs to be edited and rendered again, for <c>Dubbing:KeepEditableHours</c>, and then removes it.
/// </summary>
public sealed class FinishedDubRetention(
    IProgressStore progress,
    IDubStore dubs,
    IEditStore edits,
    IObjectStore objects,
    DubBatches batches,
    ClonedVoiceRemoval voices,
    IOptions<RetentionOptions> options,
    TimeProvider clock,
    ILogger<FinishedDubRetention> log)
{
    /// <summary>Until when a dub that is finished now can be edited; null when it cannot.</summary>
    public DateTimeOffset? EditableUntil(DateTimeOffset now) =>
        options.Value.KeepEditableHours > 0 ? now.AddHours(options.Value.KeepEditableHours) : null;

    /// <summary>
    /// Removes what a dub whose record was just written needs no more: all but small records when it cannot be edited, and results that it
    /// replaces.
    /// </summary>
    public async Task CleanAsync(DubContext context, FinalResponse response, CancellationToken ct)
    {
        string[] published = [response.ResultKey, response.SrtKey, response.VttKey];
        await RemoveAsync(context, ObjectKeys.Results(context.Order.UserId, context.RequestId), key => !published.Contains(key), ct);
        var named = response.Steps!.SelectMany(step => step.Artifacts ?? []).ToHashSet();
        if (options.Value.KeepEditableHours <= 0)
        {
            await RemoveAsync(
                context, ObjectKeys.Work(context.RequestId), key => ObjectKeys.IsTemporary(key) || IsAbandoned(key, named), ct);
            await voices.RemoveAsync(context.Order, ct);
            return;
        }

        var timeline = await context.Artifacts.ReadAsync<Timeline>(ObjectKeys.Timeline(context.RequestId, context.Revision), ct);
        var kept = timeline.Segments.Select(s => s.Key)
            .Append(context.Artifacts.KeyOf(ObjectKeys.Source(context.RequestId)))
            .Append(context.Artifacts.KeyOf(ObjectKeys.Background(context.RequestId)))
            .ToHashSet();
        await RemoveAsync(
            context,
            ObjectKeys.Work(context.RequestId),
            key => !kept.Contains(key) && (IsAbandoned(key, named) || IsOutdated(key, context.RequestId, context.Revision)),
            ct);
    }

    // An attempt that is outdated itself, and does not know, does not touch what later ones made.
    private static Task RemoveAsync(DubContext context, string prefix, Func<string, bool> which, CancellationToken ct) =>
        context.Artifacts.RemoveAsync(prefix, key => AttemptKeys.IsUpTo(key, context.Claimed.Attempt) && which(key), ct);

    /// <summary>
    /// Removes the working files of dubs that could be edited until <paramref name="until"/> at the latest, unless they are being rendered
    /// again.
    /// </summary>
    public async Task EndAsync(DateTimeOffset until, int limit, CancellationToken ct)
    {
        foreach (var dub in await dubs.FindEditableAsync(until, limit, ct))
        {
            var (id, document) = (dub.Order.RequestId, await progress.FindAsync(dub.Order.RequestId, ct));
            // Rendered again since it was listed, it is kept for longer.
            if (document is { State: DubState.Running } || (await dubs.FindAsync(id, ct))?.EditableUntil != dub.EditableUntil)
                continue;
            var last = Math.Max(dub.Attempt, document?.Attempt ?? 0);
            await objects.DeleteAsync(
                [.. (await objects.ListAsync(ObjectKeys.Work(id), ct)).Where(key => AttemptKeys.IsUpTo(key, last))], ct);
            if (document is { State: DubState.Failed, KeptUntil: not null })
                await progress.SaveFailedAsync(document.Apply(new DubTransition.Clean(), clock.GetUtcNow()), ct);
            await edits.RemoveAsync(id, ct);
            try
            {
                await voices.RemoveAsync(dub.Order, ct);
            }
            catch (TransientDubException e)
            {
                log.LogWarning(e, "The voices of dub {RequestId} could not be removed; the next look tries again.", id);
                continue;
            }
            // Last: until it is noted, all of this is repeated.
            await dubs.EndEditingAsync(id, dub.Order.Revision, ct);
            await batches.CleanAsync(dub.Order, ct);
            log.LogInformation("The working files of dub {RequestId} were removed: it can be edited no longer.", id);
        }
    }

    // What a superseded attempt wrote, or a step that was interrupted.
    private static bool IsAbandoned(string key, HashSet<string> named) => AttemptKeys.AttemptOf(key) is not null && !named.Contains(key);

    // Speech that is not heard, engines' partial results, texts as they were sent, and the records of revisions between the first and this
    // one.
    private static bool IsOutdated(string key, Guid requestId, int revision)
    {
        if (ObjectKeys.IsTemporary(key))
            return true;
        var folder = key[ObjectKeys.Work(requestId).Length..].Split('/')[0];
        return folder.StartsWith('r') && int.TryParse(folder.AsSpan(1), out var other) && other != revision;
    }
}
