using System.Runtime;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Hosting.Rehearsal;

/// <summary>
/// Makes a dub of two seconds as the process starts, so that what a dub goes through is compiled before the first that somebody waits for.
/// It holds nothing up but readiness, and that for no longer than half a minute.
/// </summary>
/// <param name="scratch">Where it has a folder, which is gone afterwards.</param>
/// <param name="gate">Opens when the data folder is this process's and clean.</param>
/// <param name="configuration">The service's settings.</param>
/// <param name="clock">What its time is counted by.</param>
/// <param name="log">Told when it cannot be made: real dubs then compile what they go through.</param>
internal sealed class DubRehearsal(
    Scratch scratch, StartGate gate, IConfiguration configuration, TimeProvider clock, ILogger<DubRehearsal> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What was called often is compiled anew, to run fast, once nothing new has been compiled for 400 ms (Directory.Build.props); nothing
    // says when that is over.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(600);

    private volatile bool _isUnderWay;

    /// <summary>Whether it has begun and is not over.</summary>
    public bool IsUnderWay => _isUnderWay;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _isUnderWay = true;
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var started = clock.GetTimestamp();
        try
        {
            await gate.Opened.WaitAsync(stoppingToken);
            using var late = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, late.Token);
            using var folder = scratch.Create();
            await new RehearsalDub(configuration, folder.Path).MakeAsync(either.Token);
            await SettleAsync(either.Token);
            log.LogDebug("A dub was rehearsed in {Seconds:0.0} s.", clock.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogInformation("A first dub could not be rehearsed: {Reason}", e.Message);
        }
        finally
        {
            _isUnderWay = false;
        }
    }

    private async Task SettleAsync(CancellationToken ct)
    {
        for (long before = -1, now; (now = JitInfo.GetCompiledMethodCount()) > before; before = now)
            await Task.Delay(Quiet, clock, ct);
    }
}

/// <summary>Adds the rehearsal.</summary>
internal static class RehearsalServices
{
    /// <summary>Adds it where <c>Workers:Rehearse</c> asks for it and <c>Workers:Enabled</c> is not false.</summary>
    public static IServiceCollection AddRehearsal(this IServiceCollection services, IConfiguration configuration)
    {
        if (!Is(configuration["Workers:Rehearse"], true) || Is(configuration["Workers:Enabled"], false))
            return services;
        return services.AddSingleton<DubRehearsal>().AddHostedService(provider => provider.GetRequiredService<DubRehearsal>());
    }

    // What is no truth value stops the start elsewhere, with a line that says so.
    private static bool Is(string? value, bool wanted) => bool.TryParse(value, out var given) && given == wanted;
}
