using AiDub.Domain.Ports;
using AiDub.Jobs.Leases;
using Hangfire.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Queueing;

/// <summary>
/// Gives the workers of this process dubs, as it is their users' turn. Of those that are free one looks for a dub, and the others wait for
/// theirs.
/// </summary>
public sealed class WorkerTurns(
    IDubTurns turns,
    TurnSignal signal,
    IEnumerable<ITakingGate> gates,
    FleetSize fleet,
    IOptions<LeaseOptions> leases,
    TimeProvider clock,
    ILogger<WorkerTurns> log) : IDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _looks = new(1, 1);
    private long? _busyAt;

    /// <summary>
    /// Returns the job of the next dub; blocks until there is one, as Hangfire's workers, which have threads of their own, want it.
    /// </summary>
    /// <param name="queues">The queues to take dubs from, the first first.</param>
    /// <param name="hold">Takes the job of a dub out of the queue; null when it is not there or cannot be run.</param>
    /// <param name="ct">Ends the wait.</param>
    public IFetchedJob Next(string[] queues, Func<DubTurn, IFetchedJob?> hold, CancellationToken ct)
    {
        _looks.Wait(ct);
        try
        {
            while (true)
            {
                if (TryTake(queues, hold, ct) is { } job)
                {
                    _busyAt = clock.GetTimestamp();
                    return job;
                }
                WaitForOne(queues, ct);
            }
        }
        finally
        {
            _looks.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _looks.Dispose();

    private IFetchedJob? TryTake(string[] queues, Func<DubTurn, IFetchedJob?> hold, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            while (gates.All(gate => gate.IsOpen))
            {
                var now = clock.GetUtcNow();
                var request = new TurnRequest(queues, now, now.AddSeconds(leases.Value.LeaseSeconds), fleet.MostOfUser());
                // It is never given up while it is under way: what it took then would be nobody's until its lease ended.
                if (Run(() => turns.TakeAsync(request, CancellationToken.None)) is not { } turn)
                    return null;
                if (Hold(turn, hold, ct) is { } job)
                    return job;
                log.LogWarning("The job of dub {RequestId} is not in the queue; the sweeper makes another.", turn.RequestId);
                Run(() => turns.WithdrawAsync(turn.RequestId, turn.Job.Id, ct));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Hangfire would wait longer after every further fault, up to minutes.
            log.LogWarning("No dub can be taken: {Reason}", e.Message);
            ct.WaitHandle.WaitOne(AfterFault);
        }
        return null;
    }

    private IFetchedJob? Hold(DubTurn turn, Func<DubTurn, IFetchedJob?> hold, CancellationToken ct)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            return hold(turn);
        }
        catch
        {
            GiveBack(turn);
            throw;
        }
    }

    private void GiveBack(DubTurn turn)
    {
        try
        {
            var now = clock.GetUtcNow();
            Task.Run(() => turns.OfferAsync(turn.RequestId, turn.Job, now, now, CancellationToken.None)).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            log.LogInformation("Dub {RequestId} is taken again when its lease ends: {Reason}", turn.RequestId, e.Message);
        }
    }

    private void WaitForOne(string[] queues, CancellationToken ct)
    {
        try
        {
            var next = UntilNext(queues, ct);
            // One that may be taken and was not, because it is not its user's turn or the gate is shut, is no reason to look again at once.
            var wait = next <= TimeSpan.Zero ? LookPace.Idle : Pace(next);
            while (!signal.Wait(wait, ct))
            {
                next = UntilNext(queues, ct);
                if (next <= TimeSpan.Zero)
                    return;
                wait = Pace(next);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // While the gate is shut, who shut it has said why.
            if (gates.All(gate => gate.IsOpen))
                log.LogWarning("When the next dub may be taken is not known: {Reason}", e.Message);
            ct.WaitHandle.WaitOne(AfterFault);
        }
    }

    private TimeSpan Pace(TimeSpan? next) =>
        LookPace.Of(_busyAt is { } at ? clock.GetElapsedTime(at) : TimeSpan.MaxValue, signal.IsTold, next);

    private TimeSpan? UntilNext(string[] queues, CancellationToken ct)
    {
        var next = Run(() => turns.NextAsync(queues, ct)) - clock.GetUtcNow();
        // The clock was put back since that was offered: it may be taken now.
        return next > TimeSpan.FromSeconds(leases.Value.LeaseSeconds) + ClockLeeway.Most ? TimeSpan.Zero : next;
    }

    // Without a context that waiting could block.
    private static T Run<T>(Func<Task<T>> call) => Task.Run(call).GetAwaiter().GetResult();
}
