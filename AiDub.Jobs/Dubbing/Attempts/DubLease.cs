using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>
/// One attempt's hold on a dub: keeps it alive, and makes every change of its progress document under the attempt's number.
/// </summary>
public sealed class DubLease : IAsyncDisposable
{
    private readonly IProgressStore _store;
    private readonly DubWaits _waits;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Task _beating;
    private readonly RisingPercent _percent;
    private DubProgress _current;
    private bool _lost;

    private DubLease(
        DubProgress claimed, IProgressStore store, DubWaits waits,
        TimeSpan heartbeat, TimeProvider clock, ILogger log, CancellationToken ct)
    {
        (_current, _store, _waits, _clock, _log) = (claimed, store, waits, clock, log);
        _percent = new RisingPercent(claimed.Percent);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Token = _ended.Token;
        _beating = BeatAsync(heartbeat);
    }

    /// <summary>Cancelled when the attempt is to stop: at shutdown, or once another attempt has claimed the dub.</summary>
    public CancellationToken Token { get; }

    /// <summary>What the attempt is doing; it is written with the next heartbeat.</summary>
    public DubMeter Meter => _waits.Meter;

    /// <summary>The document as this attempt last wrote it.</summary>
    public DubProgress Current => _current;

    /// <summary>Begins to keep a claimed dub alive.</summary>
    public static DubLease Start(
        DubProgress claimed, IProgressStore store, DubWaits waits,
        TimeSpan heartbeat, TimeProvider clock, ILogger log, CancellationToken ct) =>
        new(claimed, store, waits, heartbeat, clock, log, ct);

    /// <summary>Notes the percent of the dub that is done; it is written with the next heartbeat.</summary>
    public void Report(int percent) => _percent.Report(percent);

    /// <summary>Moves the dub to a stage that begins at a percent; one that it has reached already is nothing new.</summary>
    public Task EnterAsync(DubStage stage, int percent, CancellationToken ct) =>
        stage <= _current.Stage
            ? Task.CompletedTask
            : ApplyAsync(new DubTransition.Advance(stage, percent) { Activity = Meter.Read() }, ct);

    /// <summary>Takes over what is known to be done; it is written with the next change.</summary>
    public async Task<IReadOnlyList<StepRecord>> RecallAsync(IReadOnlyList<StepRecord> done, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        _current = _current with { Steps = done };
        _turn.Release();
        return done;
    }

    /// <summary>Writes that a step is done; only from then on does what it made count.</summary>
    /// <exception cref="SupersededException">Another attempt holds the dub, or it is gone; nothing was written.</exception>
    public Task CommitAsync(StepRecord done, CancellationToken ct) => ApplyAsync(
        new DubTransition.Advance(_current.Stage, _percent.Highest) { Activity = Meter.Read(), Done = done }, ct);

    /// <summary>Writes a transition, however long the records are away or have no room.</summary>
    /// <exception cref="SupersededException">Another attempt holds the dub, or it is gone; nothing was written.</exception>
    public async Task ApplyAsync(DubTransition transition, CancellationToken ct)
    {
        DubProgress? tried = null;
        await _waits.ThroughAsync(() => TryApplyAsync(transition, ct), ct);

        async Task TryApplyAsync(DubTransition transition, CancellationToken ct)
        {
            // What was written while the answer was lost is found as it was written.
            if (tried is not null && await _store.FindAsync(tried.RequestId, ct) is { } found && IsSame(found, tried))
                _current = tried;
            else
                await WriteAsync(_ => transition, next => tried = next, ct);
        }
    }

    /// <summary>
    /// Lets go of the dub so that another attempt may claim it at once; what cannot be written in time is found by the lease that ends.
    /// </summary>
    public async Task ReleaseAsync(TimeSpan within)
    {
        using var late = new CancellationTokenSource(within, _clock);
        try
        {
            await WriteAsync(_ => new DubTransition.Release(), _ => { }, late.Token);
        }
        catch (IllegalTransitionException)
        {
            // Its end was under way when the process was told to stop, and has been written.
        }
        catch (Exception e) when (e is not SupersededException)
        {
            _log.LogInformation("Dub {RequestId} could not be let go of; it is taken up when its lease ends.", _current.RequestId);
        }
    }

    private static bool IsSame(DubProgress found, DubProgress tried) =>
        (found.Attempt, found.State, found.UpdatedAt.ToUnixTimeMilliseconds())
        == (tried.Attempt, tried.State, tried.UpdatedAt.ToUnixTimeMilliseconds());

    // What the transition hangs on may change while its turn is waited for.
    private async Task WriteAsync(Func<DubProgress, DubTransition> transition, Action<DubProgress> trying, CancellationToken ct)
    {
        try
        {
            await _turn.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (_lost)
        {
            // The heartbeat found out first. Who asks must know that nothing was written, and not only that he is to stop.
            throw new SupersededException(_current.RequestId, _current.Attempt);
        }

        // One that has begun is never given up, only no longer waited for: it could reach the store after the one that follows.
        await SaveAsync(transition, trying).WaitAsync(ct);
    }

    private async Task SaveAsync(Func<DubProgress, DubTransition> transition, Action<DubProgress> trying)
    {
        try
        {
            var next = _current.Apply(transition(_current), _clock.GetUtcNow());
            trying(next);
            if (_lost || !await _store.SaveAsync(next, CancellationToken.None))
            {
                _lost = true;
                throw new SupersededException(_current.RequestId, _current.Attempt);
            }

            _current = next;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether this attempt was superseded.</summary>
    public bool IsLost => _lost;

    /// <summary>Ends when the heartbeat does: with the attempt, or when the dub was let go of or lost.</summary>
    internal Task Beating => _beating;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _beating;
        _ended.Dispose();
    }

    // Behind what let go of the dub it would take it back, for nobody.
    private DubTransition Beat(DubProgress current) => current.HeartbeatAt is null
        ? throw new IllegalTransitionException($"Attempt {current.Attempt} has let go of dub {current.RequestId}.")
        : new DubTransition.Advance(current.Stage, _percent.Highest) { Activity = Meter.Read() };

    private async Task BeatAsync(TimeSpan period)
    {
        using var timer = new PeriodicTimer(period, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                try
                {
                    await WriteAsync(Beat, _ => { }, _ended.Token);
                }
                catch (SupersededException)
                {
                    _log.LogWarning("Attempt {Attempt} of dub {RequestId} was superseded and stops.", _current.Attempt, _current.RequestId);
                    await _ended.CancelAsync();
                    return;
                }
                catch (Exception e) when (e is not (OperationCanceledException or IllegalTransitionException))
                {
                    // An outage is said once, and not by every heartbeat of every dub.
                    if (!_waits.Noted(e))
                        _log.LogWarning(e, "The heartbeat of dub {RequestId} could not be written.", _current.RequestId);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IllegalTransitionException)
        {
            // The attempt has ended.
        }
    }
}
