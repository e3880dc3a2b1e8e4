using AiDub.Domain.Errors;

namespace AiDub.Jobs.Outages;

/// <summary>
/// Calls of a store whose outages are noted and told alike, whatever driver is behind it; those of users do not wait for long.
/// </summary>
internal sealed class WatchedCalls(OutageWatch watch, Dependency of, IReadOnlySet<string>? transfers) : PortCalls
{
    public override async Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        if (HurriedCalls.Limit is not { } limit)
            return await WatchAsync(call, ct);
        // Everybody else who asks now would wait as long, in vain.
        if (watch.IsAway(of))
            throw Away(new Outage(of), null);
        if (transfers?.Contains(method) != true)
            return await WithinAsync(limit, call, ct);
        // What takes as long as an object is large is not begun in vain.
        await WithinAsync(limit, async token =>
        {
            await watch.ReachAsync(new Outage(of), token);
            return true;
        }, ct);
        return await WatchAsync(call, ct);
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit);
        try
        {
            // A driver may block before its first await, or never look at its token; neither may hold the answer up.
            return await Task.Run(() => WatchAsync(call, late.Token), late.Token).WaitAsync(late.Token);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            watch.Suspect(new Outage(of));
            throw Away(new Outage(of), e);
        }
    }

    private async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && OutageRules.Of(e, of) is { } outage)
        {
            watch.Report(outage, e);
            throw e is TransientDubException ? e : Away(outage, e);
        }
        catch (UnauthorizedAccessException e) when (!ct.IsCancellationRequested)
        {
            // A folder that this user may not write to. Where others are taken, what is refused is a fault, and counted.
            throw await watch.IsLostAsync(new Outage(of), ct)
                ? Away(new Outage(of), e)
                : new TransientDubException(of == Dependency.Objects ? OutageRules.ObjectsRefused : new Outage(of).Message, e);
        }
    }

    private static TransientDubException Away(Outage outage, Exception? cause) => new(outage.Message, cause) { Outage = outage };
}
