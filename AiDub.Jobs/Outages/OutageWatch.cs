using System.Collections.Concurrent;
using AiDub.Domain.Errors;
using AiDub.Jobs.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Outages;

/// <summary>
/// What this process knows to be away. Of each outage, however many dubs wait for its end, one loop looks whether it is over.
/// </summary>
public sealed class OutageWatch(
    IEnumerable<IReachProbe> probes, IOptions<OutageOptions> options,
    IOptions<LeaseOptions> leases, TimeProvider clock, ILogger<OutageWatch> log) : IDisposable
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Outage, Known> _known = [];
    private readonly ConcurrentDictionary<Outage, bool> _suspected = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _turn = new();
    private (DateTimeOffset Lost, DateTimeOffset? Back)? _records;

    /// <summary>What is away now.</summary>
    public IReadOnlyCollection<Outage> Current => [.. _known.Keys];

    /// <summary>Whether something is away now.</summary>
    public bool IsAway(Dependency what) => _known.Keys.Any(outage => outage.What == what);

    /// <summary>Notes the outage that an error tells of, if any.</summary>
    public void Report(Exception error)
    {
        if (OutageRules.Of(error) is { } outage)
            Report(outage, error);
    }

    /// <summary>Notes that something is away, and says why where a server said it.</summary>
    public void Report(Outage outage, Exception? cause = null)
    {
        var known = new Known(clock.GetUtcNow());
        lock (_turn)
        {
            if (_ended.IsCancellationRequested || !_known.TryAdd(outage, known))
                return;
            if (outage.What == Dependency.Records)
                _records = (IsFresh(known.Since) ? _records!.Value.Lost : known.Since, null);
        }
        log.LogWarning("{Message} Dubs wait for it; no more are begun that need it. {Said}", outage.Message, OutageRules.Said(cause));
        _ = LookAsync(outage, known);
    }

    /// <summary>
    /// Notes that something seems to be away. An engine is looked at first: one that answers is not away, and whatever it does to a call is
    /// a fault of that call.
    /// </summary>
    /// <returns>Whether it is away.</returns>
    public async Task<bool> ConfirmAsync(Outage outage, CancellationToken ct)
    {
        if (outage.What == Dependency.Engine && !_known.ContainsKey(outage) && await IsReachedAsync(outage, ct))
            return false;
        Report(outage);
        return true;
    }

    /// <summary>
    /// Looks whether something that was slow to answer is away: a store may also be busy, which is no outage. Of several at once one looks.
    /// </summary>
    public void Suspect(Outage outage)
    {
        if (!_known.ContainsKey(outage) && _suspected.TryAdd(outage, true))
            _ = LookWhetherAsync(outage);
    }

    /// <summary>Looks whether something is away, and notes it where it is.</summary>
    public async Task<bool> IsLostAsync(Outage outage, CancellationToken ct)
    {
        if (await WhyNotReachedAsync(outage, ct) is not { } cause)
            return false;
        Report(outage, cause);
        return true;
    }

    private async Task LookWhetherAsync(Outage outage)
    {
        try
        {
            await IsLostAsync(outage, _ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
        finally
        {
            _suspected.TryRemove(outage, out _);
        }
    }

    /// <summary>Returns once something is not known to be away.</summary>
    public Task OverAsync(Outage outage, CancellationToken ct) =>
        _known.TryGetValue(outage, out var known) ? known.Over.Task.WaitAsync(ct) : Task.CompletedTask;

    /// <summary>Returns once no dub would fail for want of what every dub needs: its records, its objects and room.</summary>
    public async Task ClearAsync(CancellationToken ct)
    {
        while (Current.FirstOrDefault(outage => outage.What != Dependency.Engine) is { } outage)
            await OverAsync(outage, ct);
    }

    /// <summary>
    /// Attempts whose last heartbeat was before this are dead. While the records were away nobody could write one, and who lived gets a
    /// lease's time afterwards.
    /// </summary>
    public DateTimeOffset StaleBefore(TimeSpan lease)
    {
        var now = clock.GetUtcNow();
        lock (_turn)
            return _records is { } records && !(now - records.Back >= lease) ? records.Lost - lease : now - lease;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_turn)
            _ended.Cancel();
    }

    // An outage that comes again before those who live had time to say so is the same one.
    private bool IsFresh(DateTimeOffset now) =>
        _records is { Back: { } back } && now - back < TimeSpan.FromSeconds(leases.Value.LeaseSeconds);

    private async Task LookAsync(Outage outage, Known known)
    {
        var (pause, longest) = (FirstLook, TimeSpan.FromSeconds(options.Value.ProbeSeconds));
        try
        {
            do
            {
                pause = pause < longest ? pause : longest;
                await Task.Delay(pause, clock, _ended.Token);
                pause *= 2;
            }
            while (!await IsReachedAsync(outage, _ended.Token));
        }
        catch (OperationCanceledException)
        {
            known.Over.TrySetCanceled();
            return;
        }

        var now = clock.GetUtcNow();
        lock (_turn)
        {
            if (outage.What == Dependency.Records)
                _records = (_records!.Value.Lost, now);
            _known.TryRemove(outage, out _);
        }
        log.LogWarning("It is over after {Seconds:0.0} s: {Message}", (now - known.Since).TotalSeconds, outage.Message);
        known.Over.TrySetResult();
    }

    /// <summary>Returns when something answers; throws what its probes fail with otherwise.</summary>
    public async Task ReachAsync(Outage outage, CancellationToken ct)
    {
        foreach (var probe in probes.Where(p => p.Of == outage))
            // A driver may block before its first await, or never look at its token.
            await Task.Run(() => probe.ReachAsync(ct), ct).WaitAsync(ct);
    }

    private async Task<bool> IsReachedAsync(Outage outage, CancellationToken ct) => await WhyNotReachedAsync(outage, ct) is null;

    private async Task<Exception?> WhyNotReachedAsync(Outage outage, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            await ReachAsync(outage, either.Token);
            return null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return e;
        }
    }

    private sealed record Known(DateTimeOffset Since)
    {
        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
