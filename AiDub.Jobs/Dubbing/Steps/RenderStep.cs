using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Domain.Sound;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Domain.Timing;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Media.Sound;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Fits the speech to the picture, mixes it with the original sound, muxes the result and stores it with its subtitles.</summary>
public sealed class RenderStep(SpeechShaper shaper, DubRenderer renderer) : IDubStep
{
    /// <inheritdoc />
    public string Name => "render";

    /// <inheritdoc />
    public DubStage Stage => DubStage.Rendering;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var id = context.RequestId;
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(id), ct);
        var transcript = await context.Artifacts.ReadAsync<Transcript>(ObjectKeys.Transcript(id), ct);
        var translation = await context.Artifacts.ReadAsync<Translation>(ObjectKeys.Translation(id), ct);
        var spoken = await context.Artifacts.ReadAsync<SpokenTranslation>(ObjectKeys.SpeechList(id), ct);

        var plan = Fit(translation, spoken, media.DurationSeconds);
        if (plan.ExceedsMaxTempo)
            context.Warn("speech_too_fast", "Some speech had to be sped up beyond 1.3 times to end with the video.");
        var speech = await ShapeAsync(context, plan, spoken, context.Progress.Part(0, 0.3), ct);

        var output = Path.Combine(context.Scratch, "dubbed" + media.Container.Extension());
        var outcome = await renderer.RenderAsync(
            new RenderJob
            {
                SourcePath = await context.Artifacts.OpenAsync(ObjectKeys.Source(id), ct),
                Media = media,
                Speech = speech,
                OriginalSpeech = [.. transcript.Segments.Select(s => new Interval(s.Start, s.End))],
                Language = context.Order.ToLang,
                OutputPath = output,
                Scratch = context.Scratch,
            },
            context.Progress.Part(0.3, 0.95),
            ct);
        await StoreAsync(context, media, translation, plan, output, outcome, ct);
    }

    private static FitPlan Fit(Translation translation, SpokenTranslation spoken, double videoSeconds)
    {
        var segments = translation.Segments.ToDictionary(s => s.Index);
        var items = spoken.Segments.Select(s => new FitItem(s.Index, segments[s.Index].Start, segments[s.Index].End, s.Seconds));
        return SpeechFitter.Fit([.. items], videoSeconds, new FitLimits());
    }

    private async Task<IReadOnlyList<PlacedSpeech>> ShapeAsync(
        DubContext context, FitPlan plan, SpokenTranslation spoken, IProgress<double> progress, CancellationToken ct)
    {
        var keys = spoken.Segments.ToDictionary(s => s.Index, s => s.Key);
        var shaped = new PlacedSpeech[plan.Placements.Count];
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, shaped.Length),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
            async (i, token) =>
            {
                var placement = plan.Placements[i];
                var wav = await context.Artifacts.OpenAsync(keys[placement.Index], token);
                var output = context.Artifacts.NewFile(".wav");
                await shaper.ShapeAsync(wav, placement.Tempo, output, context.Scratch, token);
                shaped[i] = new PlacedSpeech(output, placement.Start, placement.Length);
                progress.Report(Interlocked.Increment(ref done) / (double)shaped.Length);
            });
        return shaped;
    }

    private static async Task StoreAsync(
        DubContext context, SourceMedia media, Translation translation, FitPlan plan, string output, RenderOutcome outcome, CancellationToken ct)
    {
        var order = context.Order;
        var texts = translation.Segments.ToDictionary(s => s.Index, s => s.Text);
        var cues = plan.Placements.SelectMany(p => CueSplitter.Split(p.Start, p.End, texts[p.Index])).ToList();
        var rendered = new RenderedDub
        {
            ResultKey = ObjectKeys.Dubbed(order, media.Container.Extension()),
            ResultBytes = new FileInfo(output).Length,
            SrtKey = ObjectKeys.Subtitles(order, ".srt"),
            VttKey = ObjectKeys.Subtitles(order, ".vtt"),
            DurationSeconds = Math.Round(media.DurationSeconds, 3),
            Timing = TimingReport.Of(plan),
            Loudness = outcome.Loudness.Rounded(),
        };
        await context.Artifacts.PutAsync(rendered.ResultKey, output, media.Container.ContentType(), ct);
        await context.Artifacts.WriteTextAsync(rendered.SrtKey, SubtitleText.ToSrt(cues), "application/x-subrip", ct);
        await context.Artifacts.WriteTextAsync(rendered.VttKey, SubtitleText.ToVtt(cues), "text/vtt", ct);
        await context.Artifacts.WriteAsync(ObjectKeys.Timeline(order.RequestId), new Timeline(media.DurationSeconds, plan.Placements), ct);
        await context.Artifacts.WriteAsync(ObjectKeys.Rendered(order.RequestId), rendered, ct);
    }
}
