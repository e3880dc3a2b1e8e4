using System.Text.Json;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Native;

/// <summary>
/// A model in a process of its own, so that no fault of native code takes the service with it: started when it is first asked, kept warm,
/// ended when it is idle, and started again when it dies. An engine that dies twice without an answer between is not asked for ten minutes.
/// </summary>
/// <remarks>
/// Calls take turns. A process that has lived for an hour is replaced between two calls: it must not meet the limit of its run in one.
/// </remarks>
/// <param name="name">The engine, for the log.</param>
/// <param name="command">The command of a process in a folder.</param>
/// <param name="tools">What runs it.</param>
/// <param name="options">How long it may be idle and say nothing.</param>
/// <param name="clock">What times are counted by.</param>
/// <param name="log">Told of deaths.</param>
internal sealed class NativeEngine(
    string name, Func<string, ToolCommand> command, ToolRunner tools, NativeOptions options, TimeProvider clock, ILogger log)
    : IAsyncDisposable
{
    private const int MostDeaths = 2;
    private static readonly TimeSpan SkippedFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private EngineChild? _child;
    private ITimer? _idle;
    private DateTimeOffset _started;
    private volatile Skipped? _skipped;
    private int _deaths;
    private bool _isDisposed;

    /// <summary>Whether a process of it lives; for tests.</summary>
    internal bool IsWarm => _child is { HasEnded: false };

    /// <summary>Whether it is not asked at present; told at once, whoever has the turn.</summary>
    public bool IsSkipped => _skipped is { } skipped && skipped.Until - clock.GetUtcNow() is { Ticks: > 0 } left && left <= SkippedFor;

    /// <summary>Asks, and when the process dies asks another.</summary>
    /// <param name="ask">What is asked; written as JSON.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the call within a second.</param>
    /// <exception cref="EngineSkippedException">Its model is not what it should be, or it died twice.</exception>
    /// <exception cref="NativeEngineException">It could not do what was asked.</exception>
    public async Task<T> AskAsync<T>(object ask, IProgress<double>? progress, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _idle?.Dispose();
            if (IsSkipped)
                throw new EngineSkippedException(_skipped!.Why);
            var answer = await AskAsync(JsonSerializer.SerializeToElement(ask, EngineJson.Options), progress, ct);
            return answer.Deserialize<T>(EngineJson.Options) ?? throw new NativeEngineException($"{name} answered nothing");
        }
        finally
        {
            var idle = TimeSpan.FromSeconds(options.IdleSeconds);
            if (_child is not null)
                _idle = clock.CreateTimer(_ => _ = EndIdleAsync(), null, idle, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    /// <summary>Ends its process.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _isDisposed = true;
        _idle?.Dispose();
        await CloseAsync();
        _turn.Release();
    }

    /// <summary>Kills its process, and waits for nothing.</summary>
    public void Kill() => _child?.Kill();

    private async Task<JsonElement> AskAsync(JsonElement ask, IProgress<double>? progress, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var child = await WarmAsync(ct);
                var answer = await child.AskAsync(ask, progress, ct);
                _deaths = 0;
                return answer;
            }
            catch (EngineDiedException e)
            {
                await CloseAsync();
                log.LogWarning("The process of {Engine} died ({Deaths} of {Most}): {Reason}", name, ++_deaths, MostDeaths, e.Message);
                if (_deaths >= MostDeaths)
                    throw Skip($"{name} broke off {MostDeaths} times", e);
            }
            catch (EngineSkippedException e)
            {
                await CloseAsync();
                throw Skip($"the model of {name} is not used: {e.Message}", e);
            }
        }
    }

    private async Task<EngineChild> WarmAsync(CancellationToken ct)
    {
        if (_child is { } warm && !warm.HasEnded && clock.GetUtcNow() - _started < LongestLife)
            return warm;
        await CloseAsync();
        _started = clock.GetUtcNow();
        _child = new EngineChild(tools, command, TimeSpan.FromSeconds(options.SilenceSeconds), clock);
        try
        {
            await _child.ReadyAsync(ct);
            return _child;
        }
        catch (OperationCanceledException)
        {
            _child.Kill();
            throw;
        }
    }

    private EngineSkippedException Skip(string why, Exception cause)
    {
        (_deaths, _skipped) = (0, new Skipped(clock.GetUtcNow() + SkippedFor, why));
        log.LogWarning("{Engine} is not asked before {Until:O}: {Reason}", name, _skipped.Until, why);
        return new EngineSkippedException(why, cause);
    }

    private async Task EndIdleAsync()
    {
        // Whoever has the turn is a call that came after all.
        if (!await _turn.WaitAsync(TimeSpan.Zero))
            return;
        await CloseAsync();
        _turn.Release();
    }

    private async Task CloseAsync()
    {
        if (_child is { } child)
            await child.DisposeAsync();
        _child = null;
    }

    /// <summary>Until when it is not asked, and why.</summary>
    private sealed record Skipped(DateTimeOffset Until, string Why);
}
