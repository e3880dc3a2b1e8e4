using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Jobs.Dubbing.Steps.Rendering;

/// <summary>Gives a dubbed video its subtitles, as the order wants them: none, a track, or in the picture.</summary>
public sealed class SubtitledPicture(SubtitleBurner burner)
{
    /// <summary>The job with the subtitles of a timeline.</summary>
    public async Task<RenderJob> AddAsync(DubContext context, Timeline timeline, RenderJob job, CancellationToken ct)
    {
        var mode = context.Order.Subtitles;
        if (mode == SubtitleMode.None || timeline.Segments.Count + timeline.Sounds.Count == 0)
            return job;
        if (job.Media.Video is null)
        {
            context.Warn(WarningCode.SubtitlesWithoutPicture);
            return job;
        }

        if (mode == SubtitleMode.Soft)
            return await WithTrackAsync(context, timeline, job, ct);
        if (!await burner.HasFontAsync(job.Language, job.Scratch, ct))
            context.Warn(
                WarningCode.SubtitlesFont,
                $"No font for {LanguageCode.EnglishName(job.Language)} is installed: letters of the subtitles "
                    + "in the picture may be missing.");
        var texts = SubtitleText.ToBurnedSrt(timeline.Cues(), job.Language);
        if (await burner.BurnAsync(job.SourcePath, job.Media, texts, job.Scratch, ct) is { } burned)
            return job with { PicturePath = burned.Path, PictureCodec = burned.Codec };
        context.Warn(WarningCode.SubtitlesNotBurned);
        return await WithTrackAsync(context, timeline, job, ct);
    }

    private static async Task<RenderJob> WithTrackAsync(DubContext context, Timeline timeline, RenderJob job, CancellationToken ct)
    {
        var (extension, text) = job.Media.Container is Container.Webm
            ? (".vtt", SubtitleText.ToVtt(timeline.Cues(), job.Language))
            : (".srt", SubtitleText.ToSrt(timeline.Cues(), job.Language));
        var path = context.Artifacts.NewFile(extension);
        await File.WriteAllTextAsync(path, text, ct);
        return job with { SubtitlesPath = path };
    }
}
