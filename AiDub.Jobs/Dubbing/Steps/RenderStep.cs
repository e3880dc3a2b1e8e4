using AiDub.Domain.Audio;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Mixes the speech with the original sound, muxes the result and stores it with its subtitles.</summary>
public sealed class RenderStep(StretchedSpeech stretched, RenderFallback renderer, SubtitledPicture subtitled) : IDubStep
{
    /// <inheritdoc />
    public string Name => "render";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var id = context.RequestId;
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var transcript = await context.Artifacts.ReadAsync<Transcript>(context.TranscriptKey, ct);
        var timeline = await context.Artifacts.ReadAsync<Timeline>(ObjectKeys.Timeline(id, context.Revision), ct);
        // What the result that still stands was made of stays until this one does.
        if (context.Revision == 0)
            await RemoveUnheardAsync(context, timeline, ct);
        var speech = await stretched.PlaceAsync(context, timeline.Segments, context.Progress.Part(0, 0.1), ct);

        var background = ObjectKeys.Background(context.SourceId);
        var whole = await subtitled.AddAsync(
            context,
            timeline,
            new RenderJob
            {
                SourcePath = await context.Artifacts.OpenAsync(ObjectKeys.Source(context.SourceId), ct),
                Media = media,
                Speech = speech,
                OriginalSpeech = OriginalSpeech.Of(transcript),
                BackgroundPath = context.Artifacts.IsWritten(background) ? await context.Artifacts.OpenAsync(background, ct) : null,
                Language = context.Order.ToLang,
                OutputPath = Path.Combine(context.Scratch, "dubbed" + media.Container.Extension()),
                Scratch = context.Scratch,
            },
            ct);
        var (job, outcome) = await renderer.RenderAsync(context, whole, context.Progress.Part(0.1, 0.95), ct);
        if (job.Media.Audio is { Channels: > 2 } or { IsAmbisonic: true })
            context.Warn(WarningCode.SoundInStereo);
        if (LoudnessFault(outcome.Loudness, speech.Count > 0) is { } fault)
            context.Warn(WarningCode.LoudnessDiffers, fault);
        if (outcome.Loudness.EncodedPeakDbtp > -1)
            context.Warn(WarningCode.PeakAboveLimit);
        if (outcome.LostRecords.Count > 0)
            context.Warn(
                WarningCode.PictureRecordLost,
                $"The source says of its picture what its result cannot: {string.Join(", ", outcome.LostRecords)}.");
        if (job.Media.AudioLeftOut().ToList() is { Count: > 0 } left)
            context.Warn(
                WarningCode.AudioTrackLeftOut,
                "The result's container cannot carry the source's audio track "
                    + $"{string.Join(", ", left.Select(t => $"{t.Name}: {t.Codec}"))}.");
        await StoreAsync(context, job, timeline, outcome, ct);
    }

    /// <summary>Why a result is louder or softer than its source by more than 1 LU; null when it is not. Pure.</summary>
    internal static string? LoudnessFault(LoudnessReport loudness, bool isSpoken) =>
        (loudness.ResultLufs - loudness.SourceLufs ?? 0) switch
        {
            > 1 => "The result is louder than the source, which is so soft that no voice can be made to fit it.",
            < -1 when !isSpoken =>
                "The result is softer than the source: it is lowered where the original speaks, and nothing is spoken there.",
            < -1 => "The result is not as loud as the source, which is mastered beyond what the peak limit of −1 dBTP allows.",
            _ => null,
        };

    // What was spoken again in other words, or at another rate, is not needed any more: the step that chose is done.
    private static Task RemoveUnheardAsync(DubContext context, Timeline timeline, CancellationToken ct)
    {
        var heard = timeline.Segments.Select(s => s.Key).ToHashSet();
        return context.Artifacts.RemoveAsync(
            ObjectKeys.Work(context.RequestId),
            key => key.EndsWith(".wav", StringComparison.Ordinal)
                && !heard.Contains(key)
                && AttemptKeys.IsUpTo(key, context.Claimed.Attempt),
            ct);
    }

    private static async Task StoreAsync(
        DubContext context, RenderJob job, Timeline timeline, RenderOutcome outcome, CancellationToken ct)
    {
        var (media, output) = (job.Media, job.OutputPath);
        var (order, artifacts) = (context.Order, context.Artifacts);
        var cues = timeline.Cues();
        var rendered = new RenderedDub
        {
            ResultKey = artifacts.Own(ObjectKeys.Dubbed(order, media.Container.Extension())),
            ResultBytes = new FileInfo(output).Length,
            SrtKey = artifacts.Own(ObjectKeys.Subtitles(order, ".srt")),
            VttKey = artifacts.Own(ObjectKeys.Subtitles(order, ".vtt")),
            DurationSeconds = Math.Round(media.DurationSeconds, 3),
            Loudness = outcome.Loudness.Rounded(),
            Background = outcome.Background.Rounded(),
            Picture = media.Video is { } video
                ? new PictureReport(job.PicturePath is null, job.PictureCodec ?? video.Codec, RangeName(media))
                : null,
        };
        await artifacts.PutAsync(rendered.ResultKey, output, media.Container.ContentType(), ct);
        await artifacts.WriteTextAsync(rendered.SrtKey, SubtitleText.ToSrt(cues, order.ToLang), "application/x-subrip", ct);
        await artifacts.WriteTextAsync(rendered.VttKey, SubtitleText.ToVtt(cues, order.ToLang), "text/vtt", ct);
        await artifacts.WriteAsync(ObjectKeys.Rendered(order.RequestId, order.Revision), rendered, ct);
    }

    private static string RangeName(SourceMedia media) => BurnPlan.RangeOf(media).ToString().ToLowerInvariant();
}
