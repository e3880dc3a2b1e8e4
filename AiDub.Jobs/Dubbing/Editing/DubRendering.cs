using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Storage;

namespace AiDub.Jobs.Dubbing.Editing;

/// <summary>What became of the wish to render a dub again.</summary>
public abstract record RenderAnswer
{
    private RenderAnswer()
    {
    }

    /// <summary>It runs.</summary>
    /// <param name="Revision">The revision that is made.</param>
    public sealed record Begun(int Revision) : RenderAnswer;

    /// <summary>It runs already.</summary>
    public sealed record Running : RenderAnswer;

    /// <summary>More dubs of its user would run or wait than may.</summary>
    public sealed record TooMany : RenderAnswer;

    /// <summary>Its working files are kept no longer.</summary>
    public sealed record NotEditable : RenderAnswer;

    /// <summary>The dub was edited since the revision that was named.</summary>
    /// <param name="Current">Its revision now.</param>
    public sealed record Stale(int Current) : RenderAnswer;
}

/// <summary>Has finished dubs rendered again with what was edited; the result that there is stays until the new one is recorded.</summary>
public sealed class DubRendering(
    IProgressStore progress, IDubStore dubs, IEditStore store, IObjectStore objects, DubIntake intake, Scratch scratch, TimeProvider clock)
{
    /// <summary>Begins a new rendering.</summary>
    /// <param name="found">The dub.</param>
    /// <param name="revision">The revision that is to be rendered; null: whichever it is now.</param>
    /// <param name="subtitles">How the result carries subtitles; null: as the last one does.</param>
    /// <param name="most">How many dubs of its user may run or wait then; null for any number.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<RenderAnswer> RenderAsync(
        DubRecord found, int? revision, SubtitleMode? subtitles, int? most, CancellationToken ct)
    {
        var (id, now) = (found.Order.RequestId, clock.GetUtcNow());
        var before = await progress.FindAsync(id, ct);
        if (before is { State: DubState.Running })
            return new RenderAnswer.Running();
        // After the document: what that one ended is the newest.
        if (await dubs.FindAsync(id, ct) is not { } record || !(record.EditableUntil > now))
            return new RenderAnswer.NotEditable();
        var shutOut = await dubs.FindShutOutAsync(id, ct);
        using var folder = scratch.Create();
        var artifacts = new DubArtifacts(objects, folder.Path, record.Response.Steps);
        // Every attempt is, of a dub that is being deleted. Files may be gone otherwise, as when the records alone were restored.
        if (shutOut == int.MaxValue || !await artifacts.HasAsync(ObjectKeys.Source(record.Order.SourceId), ct))
            return new RenderAnswer.NotEditable();
        var edits = await store.FindAsync(id, ct);
        if (revision is { } wanted && wanted != edits.Revision)
            return new RenderAnswer.Stale(edits.Revision);
        var mode = subtitles ?? record.Order.Subtitles;
        // Every result has files of its own, so one that differs only in its subtitles is a revision too.
        if (edits.Revision <= record.Order.Revision || (before?.Order.Revision == edits.Revision && before.Order.Subtitles != mode))
        {
            edits = edits.Again();
            if (!await store.SaveAsync(edits, ct))
            {
                // Somebody edited it, or has it rendered, meanwhile. Who named no revision wants what it has now.
                return revision is null
                    ? await RenderAsync(found, revision, subtitles, most, ct)
                    : new RenderAnswer.Stale((await store.FindAsync(id, ct)).Revision);
            }
        }

        var order = record.Order with { Revision = edits.Revision, Subtitles = mode };
        // Attempts go on, so that none of the last rendering is taken for one of this. One that failed may have no document any more.
        var last = Math.Max(Math.Max(before?.Attempt ?? 0, record.Attempt), shutOut);
        // And one whose dub was cancelled may be at work until its next heartbeat: its number stays its own, by which it finds out.
        var isOpen = last > record.Attempt || shutOut >= record.Attempt || before is { State: DubState.Failed };
        var next = Restarted(record, order, before, isOpen ? last + 1 : last, now);
        // Under the number of the attempt that will be the first to read it: nothing that an earlier one removes.
        var planKey = AttemptKeys.Own(ObjectKeys.Edits(id, edits.Revision), order, next.Attempt + 1);
        await artifacts.WriteAsync(planKey, await MadeRevision.PlanAsync(artifacts, record.Order, edits, ct), ct);
        var begun = await RestartAsync(next with { Steps = MadeBefore(record, planKey) }, most, ct);
        if (begun != Rerun.Begun)
            return begun == Rerun.TooMany ? new RenderAnswer.TooMany() : new RenderAnswer.Running();
        await intake.QueueSoonAsync(id, null, before?.JobId);
        return new RenderAnswer.Begun(edits.Revision);
    }

    private async Task<Rerun> RestartAsync(DubProgress next, int? most, CancellationToken ct)
    {
        if (most is { } limit)
            return await progress.RestartWithinAsync(next, limit, ct);
        return await progress.RestartAsync(next, ct) ? Rerun.Begun : Rerun.Refused;
    }

    // What was found out of the source is done; everything else is what the revision is made from.
    private static IReadOnlyList<StepRecord> MadeBefore(DubRecord record, string planKey)
    {
        var bySource = (record.Response.Steps ?? []).ToLookup(step => step.Stage == DubStage.Transcribing);
        var folder = ObjectKeys.Work(record.Order.RequestId, record.Order.Revision);
        var made = bySource[false]
            .SelectMany(step => step.Artifacts ?? [])
            .Where(key => AttemptKeys.Name(key).StartsWith(folder, StringComparison.Ordinal));
        return [.. bySource[true], new StepRecord(StepRecord.Before, record.Attempt, 0, []) { Artifacts = [.. made, planKey] }];
    }

    private static DubProgress Restarted(DubRecord record, DubOrder order, DubProgress? before, int attempt, DateTimeOffset now) =>
        DubProgress.Accept(order, now) with
        {
            CreatedAt = record.CreatedAt,
            Attempt = attempt,
            Stage = DubStage.Translating,
            Percent = StepPlan.StartOf(DubStage.Translating),
            Activity = DubActivity.None with { Version = Math.Max(now.ToUnixTimeMilliseconds(), (before?.Version ?? 0) + 1) },
        };
}
