using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Clock;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Brings the source here and finds out what it is.</summary>
public sealed class FetchStep(ISourceFetcher fetcher, IObjectStore objects, MediaProber prober, TrackListener tracks) : IDubStep
{
    private readonly GivenSource _given = new(fetcher, objects);

    /// <inheritdoc />
    public string Name => "fetch";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var path = Path.Combine(context.Scratch, "source");
        var lacking = await _given.BringAsync(context.Order.SourceVideoUrl, path, context.Scratch, context.Progress, ct);
        var probed = await prober.ProbeAsync(path, lacking, context.Scratch, ct);
        var media = await tracks.ChooseAsync(path, probed, context.Order.FromLang, context.Order.SourceAudio, context.Scratch, ct);
        if (media.DroppedStreams.Count > 0)
            context.Warn(WarningCode.StreamsDropped, $"The result's container cannot carry: {string.Join(", ", media.DroppedStreams)}.");
        if (media.LeavesFilesOut)
            context.Warn(WarningCode.FilesLeftOut);
        if (media.IgnoresSpeeds)
            context.Warn(WarningCode.SpeedIgnored);
        if (media.PictureIsLeftOut)
            context.Warn(WarningCode.PictureLeftOut);
        if (media.ClockRepairs.Count > 0)
            context.Warn(WarningCode.ClockRepaired, RepairedClock.Told(media.ClockRepairs));
        if (media.LeadingBytes is > 0 and var leading)
            context.Warn(WarningCode.SourceHeadSkipped, $"The source begins with {leading} bytes that are no media: they were left out.");
        if (media.CutShort is { } cut)
            context.Warn(WarningCode.SourceCutShort, BrokenOff.Told(cut));
        else if (lacking is not null)
            context.Warn(WarningCode.SourceCutShort, BrokenOff.Told(lacking));
        await context.Artifacts.PutAsync(ObjectKeys.Source(context.SourceId), path, "application/octet-stream", ct);
        await context.Artifacts.WriteAsync(ObjectKeys.Media(context.SourceId), media, ct);
    }
}
