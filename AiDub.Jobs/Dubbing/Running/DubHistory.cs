using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Jobs.Dubbing.Running;

/// <summary>
/// Finds out which steps an attempt need not do: what its document says, what another dub of its batch did for all, and what a version
/// before did.
/// </summary>
public sealed class DubHistory(IProgressStore progress, IDubStore dubs, IObjectStore objects, StepPlan plan)
{
    /// <summary>The steps that are done.</summary>
    public async Task<IReadOnlyList<StepRecord>> FindAsync(DubProgress claimed, string scratch, CancellationToken ct)
    {
        var (order, steps) = (claimed.Order, claimed.Steps);
        if (order is { Batch: { } batch, Revision: 0 } && !steps.Any(IsShared))
            steps = [.. await SharedAsync(batch, order.RequestId, ct), .. steps];
        // The first attempt of a dub of its own has nothing before it.
        return claimed.Attempt == 1 && order.Batch is null ? steps : await WithOlderAsync(order, steps, scratch, ct);
    }

    private static bool IsShared(StepRecord step) => step.Stage == DubStage.Transcribing;

    private async Task<IReadOnlyList<StepRecord>> SharedAsync(DubBatch batch, Guid requestId, CancellationToken ct)
    {
        foreach (var other in batch.Requests.Where(id => id != requestId))
        {
            var steps = (await progress.FindAsync(other, ct))?.Steps ?? [];
            if (!steps.Any(IsShared))
                steps = (await dubs.FindAsync(other, ct))?.Response.Steps ?? [];
            if (steps.Any(IsShared))
                return [.. steps.Where(IsShared)];
        }
        return [];
    }

    // A version before kept a step's record among its artifacts. Where a step of this version is done, those of that one are not looked at:
    // their artifacts do not go together.
    private async Task<IReadOnlyList<StepRecord>> WithOlderAsync(
        DubOrder order, IReadOnlyList<StepRecord> steps, string scratch, CancellationToken ct)
    {
        var (found, artifacts) = (new List<StepRecord>(), new DubArtifacts(objects, scratch));
        foreach (var group in plan.Of(order).GroupBy(step => step.Stage == DubStage.Transcribing))
        {
            if (group.Any(step => steps.Any(done => done.Name == step.Name)))
                continue;
            foreach (var step in group)
            {
                var key = group.Key
                    ? ObjectKeys.Step(order.SourceId, step.Name)
                    : ObjectKeys.Step(order.RequestId, step.Name, order.Revision);
                // They were done in order.
                if (await artifacts.TryReadAsync<StepRecord>(key, ct) is not { } done)
                    break;
                found.Add(done with { Stage = step.Stage });
            }
        }
        return found.Count == 0 ? steps : [.. found, .. steps];
    }
}
