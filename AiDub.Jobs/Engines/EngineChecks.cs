using AiDub.Domain.Errors;
using AiDub.Jobs.Models;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>Looks at the engines that can be checked.</summary>
public sealed class EngineChecks(IEnumerable<ICheckedEngine> engines, ModelFolder models, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What each engine was found to be, in order of name; one that cannot be looked at within half a minute is not ready.
    /// </summary>
    /// <param name="names">The engines to look at; null: all.</param>
    /// <param name="ct">Ends the checks.</param>
    public async Task<IReadOnlyList<EngineCheck>> RunAsync(IReadOnlySet<string>? names, CancellationToken ct) => await Task.WhenAll(
        engines.Where(e => names is null || names.Contains(e.Name))
            .OrderBy(e => e.Name, StringComparer.Ordinal)
            .Select(e => RunAsync(e, ct)));

    private async Task<EngineCheck> RunAsync(ICheckedEngine engine, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            var check = await engine.CheckAsync(either.Token);
            return check.Ready || !models.HasFilesOf(engine.Name) || models.Damage is not { } damage
                ? check
                : new EngineCheck(engine.Name, false, null, [], $"its models are not used: {damage}");
        }
        catch (DubException e)
        {
            return new EngineCheck(engine.Name, false, null, [], e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new EngineCheck(engine.Name, false, null, [], "It did not answer in time.");
        }
        catch (Exception e) when (e is ToolFailedException or IOException or UnauthorizedAccessException)
        {
            return new EngineCheck(engine.Name, false, null, [], "It could not be looked at: " + e.Message);
        }
    }
}

/// <summary>Says in the log, once at start, what the engines that are to be used were found to be. It holds nothing up.</summary>
internal sealed class EngineStartCheck(
    EngineChecks checks, IOptions<EnginesOptions> options, ILogger<EngineStartCheck> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var names = options.Value.Recognizer.Concat(options.Value.Translator)
            .Concat(options.Value.Synthesizer)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var check in await checks.RunAsync(names, stoppingToken))
        {
            var level = check.Ready || !check.IsConfigured ? LogLevel.Information : LogLevel.Warning;
            log.Log(level, "Engine {Engine}: {State}, version {Version}, {Voices} voices or models. {Detail}",
                check.Engine, check.Ready ? "ready" : "not ready", check.Version ?? "unknown", check.Voices.Count, check.Detail);
        }
    }
}

/// <summary>Adds the checks.</summary>
internal static class EngineCheckServices
{
    /// <summary>Adds the checks, and the one at start.</summary>
    public static IServiceCollection AddEngineChecks(this IServiceCollection services) =>
        services.AddSingleton<EngineChecks>().AddHostedService<EngineStartCheck>();
}
