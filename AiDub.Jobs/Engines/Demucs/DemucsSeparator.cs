using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Models;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Demucs;

/// <summary>Tells the background from the voices with Demucs, in a process of its own, five minutes of sound a call.</summary>
internal sealed class DemucsSeparator(
    NativeEngines engines, IOptions<DemucsOptions> options, ModelFolder models, ILogger<DemucsSeparator> log)
    : ISourceSeparator, ICheckedEngine
{
    /// <inheritdoc/>
    public string Name => DemucsOptions.Section;

    /// <inheritdoc/>
    public bool IsInstalled => Launch() is not null;

    /// <inheritdoc/>
    public string? LeftOut => Launch() is { } launch && engines.Of(launch).IsSkipped ? BrokeOff : null;

    private string BrokeOff => $"{Name} broke off and was left out: the original is lowered with its voices in it.";

    /// <inheritdoc/>
    public async Task SeparateAsync(string recording, string background, IProgress<double> progress, CancellationToken ct)
    {
        var launch = Launch() ?? throw new InvalidOperationException($"{Name} has no model.");
        var level = await RecordingLevel.OfAsync(recording, ct);
        var bytes = new FileInfo(recording).Length;
        try
        {
            for (var (part, isLast) = (0, false); !isLast; part++)
            {
                var ask = new DemucsAsk(
                    Path.GetFullPath(recording), Path.GetFullPath(background), part, level.Mean, level.Deviation);
                var answer = await engines.Of(launch).AskAsync<DemucsAnswer>(ask, new Rest(progress, background, bytes), ct);
                log.LogDebug("{Engine} did part {Part}.", Name, part);
                isLast = answer.IsLast;
            }
            progress.Report(1);
        }
        catch (NativeEngineException e)
        {
            log.LogWarning("{Engine} did not tell the background from the voices: {Reason}", Name, e.Message);
            throw new TransientDubException(BrokeOff, e);
        }
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (Launch() is not { } launch)
            return EngineCheck.NotConfigured(Name, "./aidub models get htdemucs brings its model");
        using var folder = new ToolFolder();
        var (silence, background) = (Path.Combine(folder.Path, "silence.f32"), Path.Combine(folder.Path, "background.f32"));
        await File.WriteAllBytesAsync(silence, new byte[2 * sizeof(float)], ct);
        try
        {
            await engines.Of(launch).AskAsync<DemucsAnswer>(new DemucsAsk(silence, background, 0, 0, 1), null, ct);
            return new EngineCheck(Name, true, null, [Path.GetFileNameWithoutExtension(launch.Model)], "tells the background from voices");
        }
        catch (NativeEngineException e)
        {
            return EngineCheck.Broken(Name, e);
        }
    }

    private static double Share(string background, long bytes) =>
        File.Exists(background) && bytes > 0 ? Math.Min(1, (double)new FileInfo(background).Length / bytes) : 0;

    private EngineLaunch? Launch()
    {
        if (options.Value.ModelPath is { Length: > 0 } given)
            return new EngineLaunch(DemucsModel.Kind, given);
        return models.Of(Name) is [var model, ..] ? new EngineLaunch(DemucsModel.Kind, model.Path, model.Sha256) : null;
    }

    /// <summary>How far the whole is, by what is written of it, whenever a part says that it went on.</summary>
    private sealed class Rest(IProgress<double> progress, string background, long bytes) : IProgress<double>
    {
        public void Report(double value) => progress.Report(Share(background, bytes));
    }
}

/// <summary>Adds Demucs.</summary>
internal static class DemucsServices
{
    /// <summary>Adds the separator, with its options from <c>Demucs</c> below the engines' section. It needs the native room.</summary>
    public static IServiceCollection AddDemucs(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<DemucsOptions>(engines.GetSection(DemucsOptions.Section));
        return services.AddEngine<ISourceSeparator, DemucsSeparator>();
    }
}
