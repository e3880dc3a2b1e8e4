using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Storage;

namespace AiDub.Jobs.Dubbing.Editing;

/// <summary>What became of the wish to change a segment.</summary>
public abstract record EditOutcome
{
    private EditOutcome()
    {
    }

    /// <summary>It is as it was asked for; of the revision that it was, where nothing had to be changed.</summary>
    public sealed record Edited(int Revision, EditableSegment Segment) : EditOutcome;

    /// <summary>The dub is not one that can be edited now.</summary>
    public sealed record NotEditable : EditOutcome;

    /// <summary>There is no such segment.</summary>
    public sealed record NoSegment : EditOutcome;

    /// <summary>The dub was edited since.</summary>
    /// <param name="Current">Its revision now.</param>
    public sealed record Stale(int Current) : EditOutcome;

    /// <summary>The change cannot be made.</summary>
    public sealed record Refused(IReadOnlyList<EditFault> Faults) : EditOutcome;
}

/// <summary>Reads and changes the segments of finished dubs.</summary>
public sealed class DubEditing(
    IProgressStore progress, IDubStore dubs, IEditStore edits, IObjectStore objects,
    Synthesizers synthesizers, Scratch scratch, TimeProvider clock)
{
    /// <summary>A dub with its segments, as it is by now; null when its working files are kept no longer.</summary>
    public async Task<EditableDub?> FindAsync(DubRecord record, CancellationToken ct)
    {
        if (!(record.EditableUntil > clock.GetUtcNow()))
            return null;
        using var folder = scratch.Create();
        var artifacts = new DubArtifacts(objects, folder.Path, record.Response.Steps);
        try
        {
            return await ReadAsync(record, artifacts, ct);
        }
        catch (FileNotFoundException)
        {
            // Rendered again while it was read, or removed.
            return await dubs.FindAsync(record.Order.RequestId, ct) is { } newer && newer.Attempt > record.Attempt
                ? await FindAsync(newer, ct)
                : null;
        }
    }

    /// <summary>Changes a segment, if the dub is of the revision that the change was made in.</summary>
    /// <param name="record">The dub.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="change">What is to be changed.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<EditOutcome> EditAsync(DubRecord record, int revision, SegmentEdit change, CancellationToken ct)
    {
        if (await progress.FindAsync(record.Order.RequestId, ct) is { State: DubState.Running }
            || await FindAsync(record, ct) is not { } dub)
            return new EditOutcome.NotEditable();
        if (dub.Segments.FirstOrDefault(s => s.Index == change.Index) is not { } segment)
            return new EditOutcome.NoSegment();
        if (dub.Edits.Revision != revision)
            return new EditOutcome.Stale(dub.Edits.Revision);
        if (EditRules.Check(change, dub.Segments, dub.DurationSeconds, dub.Voices) is { Count: > 0 } faults)
            return new EditOutcome.Refused(faults);
        var reduced = segment.Reduce(change, dub.Edits.Of(change.Index));
        if (reduced == new SegmentEdit(change.Index))
            return new EditOutcome.Edited(revision, segment);
        var next = dub.Edits.With(reduced);
        if (!await edits.SaveAsync(next, ct))
            return new EditOutcome.Stale((await edits.FindAsync(record.Order.RequestId, ct)).Revision);
        return await FindAsync(record, ct) is { } after
            ? new EditOutcome.Edited(next.Revision, after.Segments.First(s => s.Index == change.Index))
            : new EditOutcome.NotEditable();
    }

    private async Task<EditableDub> ReadAsync(DubRecord record, DubArtifacts artifacts, CancellationToken ct)
    {
        var order = record.Order;
        var current = await edits.FindAsync(order.RequestId, ct);
        var plan = await MadeRevision.PlanAsync(artifacts, order, current, ct);
        var made = await MadeRevision.ReadAsync(artifacts, order, plan, ct);
        var media = await artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(order.SourceId), ct);
        var speakers = await artifacts.ReadAsync<SpeakerMap>(ObjectKeys.Speakers(order.SourceId), ct);
        var voices = await synthesizers.ForAsync(order.ToLang, ct) is { } engine
            ? await engine.VoicesAsync(order.ToLang, order.ToRegion, ct)
            : [];
        return new EditableDub
        {
            Record = record,
            Edits = current,
            DurationSeconds = media.DurationSeconds,
            Voices = [.. voices.Select(v => v.Name).Distinct(StringComparer.Ordinal)],
            Segments = EditableDub.SegmentsOf(made, speakers),
        };
    }
}
