using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing.Steps.Rendering;

/// <summary>
/// Renders a dub whatever odd streams its source has: with all that its container should carry, else with less, else in Matroska,
/// else with a picture that is encoded anew.
/// </summary>
public sealed class RenderFallback(DubRenderer renderer, SubtitleBurner encoder, ILogger<RenderFallback> log)
{
    /// <summary>Renders a dub; what had to be left out becomes a warning of the step.</summary>
    /// <param name="context">The dub.</param>
    /// <param name="job">What it is made of; its output path gets the extension of the container that worked.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>The job that worked, and what was measured.</returns>
    /// <exception cref="PermanentDubException">No container takes the picture, nor can it be encoded (<c>media_invalid</c>).</exception>
    public async Task<(RenderJob Job, RenderOutcome Outcome)> RenderAsync(
        DubContext context, RenderJob job, IProgress<double> progress, CancellationToken ct)
    {
        var mustEncode = job is { Media.PictureChanges: true, PicturePath: null };
        if (!mustEncode && await TryAsync(context, job, progress, ct) is { } copied)
            return copied;
        if (job is { Media.Video: not null, PicturePath: null }
            && await encoder.BurnAsync(job.SourcePath, job.Media, srt: null, job.Scratch, ct) is { } picture
            && await TryAsync(context, job with { PicturePath = picture.Path, PictureCodec = picture.Codec }, progress, ct) is { } encoded)
        {
            if (mustEncode)
                context.Warn(
                    WarningCode.PictureEncoded,
                    job.Media.PictureRecords.ContainsKey(PictureRecord.ShownPart)
                        ? "The source leaves out edges of its picture when it is shown: it was encoded anew without them."
                        : "The source's picture changes on the way or is cut together from parts: it was encoded anew in one.");
            else
                context.Warn(WarningCode.PictureEncoded);
            return encoded;
        }
        if (mustEncode && await TryAsync(context, job, progress, ct) is { } unchanged)
        {
            // That edges are shown which were left out is told by what of the picture is not kept.
            if (!job.Media.PictureRecords.ContainsKey(PictureRecord.ShownPart))
                context.Warn(WarningCode.PictureChanges);
            return unchanged;
        }
        throw new PermanentDubException(
            FailureCode.MediaInvalid, "The picture cannot be joined with new sound: the file is damaged or of an unusual kind.");
    }

    private async Task<(RenderJob Job, RenderOutcome Outcome)?> TryAsync(
        DubContext context, RenderJob job, IProgress<double> progress, CancellationToken ct)
    {
        foreach (var (media, warning) in Ways(job.Media))
        {
            var tried = job with { Media = media, OutputPath = Path.ChangeExtension(job.OutputPath, media.Container.Extension()) };
            try
            {
                var outcome = await renderer.RenderAsync(tried, progress, ct);
                if (warning is not null)
                    context.Warn(warning);
                return (tried, outcome);
            }
            catch (ToolFailedException e) when (e.EndedByItself && !NoSpaceLeft.Is(e))
            {
                log.LogWarning(e, "Dub {RequestId} could not be written as {Container}.", context.RequestId, media.Container);
                File.Delete(tried.OutputPath);
            }
        }
        return null;
    }

    /// <summary>The ways to write a source, the best first; pure.</summary>
    internal static IEnumerable<(SourceMedia Media, WarningCode? Warning)> Ways(SourceMedia media)
    {
        yield return (media, null);
        var further = media.CarriedStreams.Except(media.AudioTracks.Select(t => t.Index)).ToList();
        if (further.Count > 0 && further.Count < media.CarriedStreams.Count)
            yield return (media with { CarriedStreams = further }, null);
        if (further.Count > 0)
            yield return (media with { CarriedStreams = [] }, WarningCode.StreamsDropped);
        else if (media.CarriedStreams.Count > 0)
            yield return (media with { CarriedStreams = [] }, null);
        if (media.Video is not null && media.Container != Container.Mkv)
            yield return (media with { Container = Container.Mkv, CarriedStreams = [] }, WarningCode.ContainerChanged);
    }
}
