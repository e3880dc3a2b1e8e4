using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Fitting;
using AiDub.Jobs.Engines;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>
/// Plans when every segment is heard; has those that are too long said in fewer words, and those that are to be faster or slower spoken so.
/// </summary>
public sealed class FitStep(Synthesizers synthesizers, TextShortener shortener) : IDubStep
{
    // A smaller change of rate is not heard; it is left to the stretch.
    private const double LeastChange = 0.02;

    private static readonly FitLimits Limits = new();

    /// <inheritdoc />
    public string Name => "fit";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var transcript = await context.Artifacts.ReadAsync<Transcript>(context.TranscriptKey, ct);
        var translation = await context.Artifacts.ReadAsync<Translation>(ObjectKeys.Translation(context.RequestId, context.Revision), ct);
        var spoken = await context.Artifacts.ReadAsync<SpokenTranslation>(ObjectKeys.SpeechList(context.RequestId, context.Revision), ct);
        // The one that spoke before, which knows the voices.
        var able = await synthesizers.AllForAsync(translation.Language, ct);
        var synthesizer = able.FirstOrDefault(engine => engine.Name == spoken.Engine) ?? able.FirstOrDefault();

        var voices = new SegmentSpeaker(context, synthesizer, translation.Language);
        var made = context.Revision == 0 ? null : await MadeRevision.ReadAsync(context.Artifacts, context.Order, ct);
        var lines = spoken.Segments.Select(s => LineOf(translation.Segments.Single(t => t.Index == s.Index), s, made)).ToList();
        var plan = Plan(lines, media);
        var shorter = await shortener.ShortenAsync(context, transcript, translation, Shortenable(plan, lines, made), ct);
        if (shorter.Count > 0)
        {
            var again = lines.Select(line => voices.SpeakShorterAsync(line, shorter.GetValueOrDefault(line.Text.Index), ct));
            lines = [.. await Task.WhenAll(again)];
            plan = Plan(lines, media);
        }

        if (plan.Placements.Count == 0 && lines.Count > 0)
            throw new PermanentDubException(FailureCode.SpeechDoesNotFit);
        var leftOut = LeftOutSpeech.Of(plan, lines);
        if (leftOut.Count > 0)
            context.Warn(WarningCode.SegmentLeftOut, LeftOutSpeech.Told(leftOut, lines.Count));
        if (plan.ExceedsMaxTempo)
            context.Warn(WarningCode.SpeechTooFast);
        await context.Artifacts.WriteAsync(
            ObjectKeys.Timeline(context.RequestId, context.Revision),
            new Timeline
            {
                VideoSeconds = media.DurationSeconds,
                Timing = TimingReport.Of(plan.Placements),
                LeftOut = leftOut,
                Segments = await PlaceAsync(context, plan, lines, voices, ct),
                Sounds = [.. translation.Segments.Where(s => s.IsOnlySound).Select(s => new Cue(s.Start, s.End, s.Caption!))],
            },
            ct);
    }

    // What was spoken before is not spoken again: its file, whatever its rate, is stretched to its new place.
    private static SpokenLine LineOf(Segment text, SpokenSegment speech, MadeRevision? made) =>
        made?.Timeline.Segments.FirstOrDefault(s => s.Index == speech.Index && s.Key == speech.Key) is { } kept
            ? new SpokenLine(text with { Text = kept.Text, Caption = kept.Text == text.Text ? text.Caption : null }, speech)
            {
                Kept = speech with { Seconds = kept.Stretch * (kept.End - kept.Start) },
            }
            : new SpokenLine(text, speech);

    // What a person wrote, and what is not spoken again, stays as it is.
    private static FitPlan Shortenable(FitPlan plan, IReadOnlyList<SpokenLine> lines, MadeRevision? made)
    {
        var free = lines.Where(l => l.Kept is null && made?.Plan.After.Of(l.Text.Index).Translation is null)
            .Select(l => l.Text.Index)
            .ToHashSet();
        var tooLong = plan.LeftOut.Select(i =>
            new Placement(i.Index, i.Start, i.SpeechSeconds / Limits.MaxTempoAtEnd, Limits.MaxTempoAtEnd, i.Start, i.End));
        var shortenable = plan.Placements.Concat(tooLong).Where(p => free.Contains(p.Index)).OrderBy(p => p.OriginalStart);
        return plan with { Placements = [.. shortenable] };
    }

    private static FitPlan Plan(IReadOnlyList<SpokenLine> lines, SourceMedia media) => SpeechFitter.Fit(
        [.. lines.Select(line => new FitItem(line.Text.Index, line.Text.Start, line.Text.End, line.Speech.Seconds))],
        media.DurationSeconds, Limits);

    private static async Task<IReadOnlyList<TimelineSegment>> PlaceAsync(
        DubContext context, FitPlan plan, IReadOnlyList<SpokenLine> lines, SegmentSpeaker voices, CancellationToken ct)
    {
        var spoken = lines.ToDictionary(line => line.Text.Index);
        var segments = new TimelineSegment[plan.Placements.Count];
        var done = 0;
        context.Count(0, segments.Length);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, segments.Length),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
            async (i, token) =>
            {
                var (place, line) = (plan.Placements[i], spoken[plan.Placements[i].Index]);
                var speech = line.Kept
                    ?? (Math.Abs(place.Tempo - 1) >= LeastChange ? await voices.SpeakAtAsync(line, place.Tempo, token) : line.Speech);
                segments[i] = Segment(place, line, speech);
                var count = Interlocked.Increment(ref done);
                context.Count(count, segments.Length);
                context.Progress.Report(count / (double)segments.Length);
            });
        return segments;
    }

    private static TimelineSegment Segment(Placement place, SpokenLine line, SpokenSegment speech) => new()
    {
        Index = place.Index,
        Start = place.Start,
        End = place.End,
        OriginalStart = place.OriginalStart,
        OriginalEnd = place.OriginalEnd,
        Tempo = place.Tempo,
        Stretch = speech.Seconds / place.Length,
        Key = speech.Key,
        Voice = speech.Voice,
        Text = line.Text.Text,
        Caption = line.Text.Caption,
    };
}
