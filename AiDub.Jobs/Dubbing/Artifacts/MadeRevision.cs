using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>The revision of a dub that was made last, and what is changed of it.</summary>
/// <param name="Plan">The changes.</param>
/// <param name="Transcript">What is said.</param>
/// <param name="Translation">What is spoken.</param>
/// <param name="Timeline">When it is spoken, by which voice.</param>
public sealed record MadeRevision(RevisionPlan Plan, Transcript Transcript, Translation Translation, Timeline Timeline)
{
    /// <summary>
    /// The segments of the translation that the transcript has too, by index: all, but where the user gave a translation of its own times.
    /// </summary>
    public IReadOnlySet<int> Said { get; } = Translation.Segments
        .Where(t => t.Index < Transcript.Segments.Count
            && (Translation.Engine != GivenTexts.Engine || Transcript.Segments[t.Index].Start == t.Start))
        .Select(t => t.Index).ToHashSet();

    /// <summary>Whether the user gave the transcript.</summary>
    public bool IsTranscriptGiven => Transcript.Engine == GivenTexts.Engine;

    /// <summary>What the revision of an order is made from.</summary>
    public static async Task<MadeRevision> ReadAsync(DubArtifacts artifacts, DubOrder order, CancellationToken ct) =>
        await ReadAsync(
            artifacts, order, await artifacts.ReadAsync<RevisionPlan>(ObjectKeys.Edits(order.RequestId, order.Revision), ct), ct);

    /// <summary>What a plan is made from.</summary>
    public static async Task<MadeRevision> ReadAsync(
        DubArtifacts artifacts, DubOrder order, RevisionPlan plan, CancellationToken ct) => new(
        plan,
        await artifacts.ReadAsync<Transcript>(
            plan.Base == 0 ? ObjectKeys.Transcript(order.SourceId) : ObjectKeys.Transcript(order.RequestId, plan.Base), ct),
        await artifacts.ReadAsync<Translation>(ObjectKeys.Translation(order.RequestId, plan.Base), ct),
        await artifacts.ReadAsync<Timeline>(ObjectKeys.Timeline(order.RequestId, plan.Base), ct));

    /// <summary>What is planned over a record's revision.</summary>
    public static async Task<RevisionPlan> PlanAsync(DubArtifacts artifacts, DubOrder made, DubEdits edits, CancellationToken ct)
    {
        var before = await artifacts.TryReadAsync<RevisionPlan>(ObjectKeys.Edits(made.RequestId, made.Revision), ct);
        return new RevisionPlan(made.Revision, made.Revision == 0 || before is null ? DubEdits.None(made.RequestId) : before.After, edits);
    }

    /// <summary>The speech of a segment that is to be spoken as it was; null when it is to be spoken anew.</summary>
    /// <param name="segment">The segment as it is to be spoken.</param>
    public TimelineSegment? KeptSpeech(Segment segment) => Timeline.Segments.FirstOrDefault(s => s.Index == segment.Index) is { } spoken
        && Translation.Segments.First(s => s.Index == segment.Index).Text == segment.Text
        && (Plan.After.Of(segment.Index).Voice ?? spoken.Voice) == spoken.Voice
            ? spoken
            : null;

    /// <summary>The voice that a segment is to be spoken by; null when nobody chose it and it was not spoken before.</summary>
    public string? VoiceOf(int index) => Plan.After.Of(index).Voice ?? Timeline.Segments.FirstOrDefault(s => s.Index == index)?.Voice;
}
