using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Sound;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Plans when every segment is heard, and has those spoken again that are to be faster or slower.</summary>
public sealed class FitStep(Synthesizers synthesizers) : IDubStep
{
    // A smaller change of rate is not heard; it is left to the stretch.
    private const double LeastChange = 0.02;

    /// <inheritdoc />
    public string Name => "fit";

    /// <inheritdoc />
    public DubStage Stage => DubStage.Rendering;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var translation = await context.Artifacts.ReadAsync<Translation>(ObjectKeys.Translation(context.RequestId), ct);
        var spoken = await context.Artifacts.ReadAsync<SpokenTranslation>(ObjectKeys.SpeechList(context.RequestId), ct);
        var texts = translation.Segments.ToDictionary(s => s.Index);

        var items = spoken.Segments.Select(s => new FitItem(s.Index, texts[s.Index].Start, texts[s.Index].End, s.Seconds));
        var plan = SpeechFitter.Fit([.. items], media.DurationSeconds, new FitLimits());
        if (plan.ExceedsMaxTempo)
            context.Warn("speech_too_fast", "Some speech had to be sped up beyond 1.3 times, because nothing else made it fit.");

        var synthesizer = await synthesizers.ForAsync(translation.Language, ct);
        var segments = new TimelineSegment[plan.Placements.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, segments.Length),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
            async (i, token) => segments[i] = await PlaceAsync(
                context, plan.Placements[i], spoken.Segments[i], translation.Language, texts[spoken.Segments[i].Index].Text, synthesizer, token));
        await context.Artifacts.WriteAsync(
            ObjectKeys.Timeline(context.RequestId),
            new Timeline { VideoSeconds = media.DurationSeconds, Timing = TimingReport.Of(plan.Placements), Segments = segments },
            ct);
    }

    private static async Task<TimelineSegment> PlaceAsync(
        DubContext context, Placement place, SpokenSegment spoken, string language, string text, ISynthesizer? synthesizer, CancellationToken ct)
    {
        var speech = synthesizer is { SpeaksAtRate: true } && Math.Abs(place.Tempo - 1) >= LeastChange
            ? await SpeakAtAsync(context, synthesizer, spoken, language, text, place.Tempo, ct)
            : spoken;
        return new TimelineSegment
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
            Text = text,
        };
    }

    private static async Task<SpokenSegment> SpeakAtAsync(
        DubContext context, ISynthesizer synthesizer, SpokenSegment spoken, string language, string text, double rate, CancellationToken ct)
    {
        var wav = context.Artifacts.NewFile(".wav");
        await synthesizer.SpeakAsync(new SpeechRequest(text, language, spoken.Voice, rate), wav, ct);
        var seconds = await SpeechTrimmer.TrimAsync(wav, ct);
        if (seconds <= 0)
            return spoken;
        var key = ObjectKeys.FittedSpeech(context.RequestId, spoken.Index);
        await context.Artifacts.PutAsync(key, wav, "audio/wav", ct);
        return spoken with { Key = key, Seconds = seconds };
    }
}
