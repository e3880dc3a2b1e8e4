using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Clock;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Brings the source here and finds out what it is.</summary>
public sealed class FetchStep(ISourceFetcher fetcher, IObjectStore objects, MediaProber prober, TrackListener tracks) : IDubStep
{
    /// <inheritdoc />
    public string Name => "fetch";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var path = Path.Combine(context.Scratch, "source");
        var lacking = await BringAsync(context, path, ct);
        var probed = await prober.ProbeAsync(path, lacking, context.Scratch, ct);
        var media = await tracks.ChooseAsync(path, probed, context.Order.FromLang, context.Order.SourceAudio, context.Scratch, ct);
        if (media.DroppedStreams.Count > 0)
            context.Warn(WarningCode.StreamsDropped, $"The result's container cannot carry: {string.Join(", ", media.DroppedStreams)}.");
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

    // What was uploaded here lies in the object store already.
    private async Task<ShortFile?> BringAsync(DubContext context, string path, CancellationToken ct)
    {
        var address = context.Order.SourceVideoUrl;
        if (objects.KeyOf(SentUrl.Clean(address)) is not { } key)
            return await fetcher.FetchAsync(address, path, context.Progress, ct);

        try
        {
            File.Copy(await objects.MaterializeAsync(key, context.Scratch, ct), path);
            return null;
        }
        catch (FileNotFoundException)
        {
            throw new PermanentDubException(FailureCode.SourceNotFound, "The uploaded video is no longer there.");
        }
    }
}
