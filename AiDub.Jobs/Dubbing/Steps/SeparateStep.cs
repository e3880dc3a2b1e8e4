using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Tells what sounds in the source from its voices, where a model can: the dub then speaks over that alone.</summary>
public sealed class SeparateStep(ISourceSeparator separator, SourceSeparation separation) : IDubStep
{
    /// <inheritdoc />
    public string Name => "separate";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        // A dub that is rendered again has what the first made: the same background, or none.
        if (!separator.IsInstalled || context.Revision > 0)
            return;
        var transcript = await context.Artifacts.ReadAsync<Transcript>(ObjectKeys.Transcript(context.SourceId), ct);
        if (transcript.Segments.All(s => s.IsOnlySound))
            return;
        // Before the whole source is decoded for nothing.
        if (separator.LeftOut is { } why)
        {
            context.Warn(WarningCode.SeparationSkipped, why);
            return;
        }
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var source = await context.Artifacts.OpenAsync(ObjectKeys.Source(context.SourceId), ct);
        var background = context.Artifacts.NewFile(".flac");
        try
        {
            await separation.WriteAsync(separator, source, media, background, context.Scratch, context.Progress, ct);
        }
        catch (TransientDubException e)
        {
            context.Warn(WarningCode.SeparationSkipped, e.Message);
            return;
        }
        catch (ToolFailedException e) when (e.EndedByItself && !NoSpaceLeft.Is(e))
        {
            context.Warn(WarningCode.SeparationSkipped);
            return;
        }
        context.Ledger(separator.Name).Spend(1, 0, media.DurationSeconds);
        await context.Artifacts.PutAsync(ObjectKeys.Background(context.SourceId), background, "audio/flac", ct);
    }
}
