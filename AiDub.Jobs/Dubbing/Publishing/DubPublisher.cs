using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Fitting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Publishing;

/// <summary>Ends a dub whose result is stored: the durable record first, then the progress document.</summary>
public sealed class DubPublisher(
    IDubStore dubs,
    DubCallbacks callbacks,
    StepPlan plan,
    FinishedDubRetention retention,
    IOptions<RetentionOptions> options,
    TimeProvider clock,
    ILogger<DubPublisher> log)
{
    /// <summary>Writes the record, removes what only making the dub needed, and turns the document <c>Status_5</c>.</summary>
    /// <exception cref="SupersededException">A later attempt has written the record, or somebody gave the dub up.</exception>
    public async Task PublishAsync(DubContext context, DubLease lease, CancellationToken ct)
    {
        var rendered = await context.Artifacts.ReadAsync<RenderedDub>(ObjectKeys.Rendered(context.RequestId, context.Revision), ct);
        if (await context.Artifacts.SizeAsync(rendered.ResultKey, ct) != rendered.ResultBytes)
            throw new TransientDubException("The dubbed video did not reach the object store whole.") { Lost = rendered.ResultKey };

        var response = await ComposeAsync(context, rendered, lease.Current.Steps, ct);
        var now = clock.GetUtcNow();
        var record = new DubRecord
        {
            Order = context.Order,
            Response = response,
            CreatedAt = context.Claimed.CreatedAt,
            FinishedAt = now,
            EditableUntil = retention.EditableUntil(now),
        };
        if (!await dubs.PutAsync(record, ct))
            throw new SupersededException(context.RequestId, context.Claimed.Attempt);
        await CleanAsync(context, response, ct);
        await callbacks.PrepareAsync(context, ct);
        await lease.ApplyAsync(new DubTransition.Finish(response, now.AddHours(options.Value.KeepUnreadHours)), ct);
        log.LogInformation(
            "Dub {RequestId} is complete {Seconds:0.0} s after it was submitted, real-time factor {RealTimeFactor:0.00}.",
            context.RequestId,
            (clock.GetUtcNow() - context.Claimed.CreatedAt).TotalSeconds,
            response.DurationSeconds > 0 ? response.Report.StepSeconds.Values.Sum() / response.DurationSeconds : 0);
    }

    // The dub is done whether or not this can be; what stays behind is found by the search for leftovers.
    private async Task CleanAsync(DubContext context, FinalResponse response, CancellationToken ct)
    {
        try
        {
            await retention.CleanAsync(context, response, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "What only making dub {RequestId} needed could not be removed.", context.RequestId);
        }
    }

    private async Task<FinalResponse> ComposeAsync(
        DubContext context, RenderedDub rendered, IReadOnlyList<StepRecord> done, CancellationToken ct)
    {
        var transcript = await context.Artifacts.ReadAsync<Transcript>(context.TranscriptKey, ct);
        var translation = await context.Artifacts.ReadAsync<Translation>(ObjectKeys.Translation(context.RequestId, context.Revision), ct);
        var spoken = await context.Artifacts.ReadAsync<SpokenTranslation>(ObjectKeys.SpeechList(context.RequestId, context.Revision), ct);
        var timeline = await context.Artifacts.ReadAsync<Timeline>(ObjectKeys.Timeline(context.RequestId, context.Revision), ct);
        var media = await context.Artifacts.TryReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var steps = plan.Of(context.Order).Select(step => done.FirstOrDefault(d => d.Name == step.Name)).OfType<StepRecord>().ToList();
        List<DubWarning> warnings = [.. steps.SelectMany(s => s.Warnings).Distinct()];
        return new FinalResponse
        {
            ResultKey = rendered.ResultKey,
            SrtKey = rendered.SrtKey,
            VttKey = rendered.VttKey,
            FromLang = transcript.Language,
            DurationSeconds = rendered.DurationSeconds,
            Warnings = warnings,
            Steps = done,
            Report = new DubReport
            {
                Recognizer = transcript.Engine,
                Translator = translation.Engine,
                TranslationQuality = QualityOf(translation, warnings),
                Synthesizer = spoken.Engine,
                SourceAudio = media?.SourceAudio,
                Segments = spoken.Segments.Count - timeline.LeftOut.Count,
                LeftOutSegments = timeline.LeftOut.Count,
                LeftOut = LeftOutSpeech.Reported(timeline.LeftOut),
                SourceWords = transcript.Segments.Sum(s => s.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length),
                Speech = SpeechReport.Of(transcript),
                Recognition = RecognitionReport.Of(transcript),
                Voices = spoken.Voices,
                Timing = timeline.Timing,
                Loudness = rendered.Loudness,
                Background = rendered.Background,
                Picture = rendered.Picture,
                StepSeconds = steps.Where(s => s.RequestId is null || s.RequestId == context.RequestId)
                    .ToDictionary(s => s.Name, s => s.Seconds),
                Usage = await EngineSpending.OfAllAttemptsAsync(context.Artifacts, context.RequestId, ct),
                Attempts = context.Claimed.Attempt,
            },
        };
    }

    private static string? QualityOf(Translation translation, IReadOnlyList<DubWarning> warnings)
    {
        if (translation.Engine is null or GivenTexts.Engine)
            return null;
        return warnings.Any(warning => warning.Code == WarningCode.DraftTranslation) ? "draft" : "standard";
    }
}
