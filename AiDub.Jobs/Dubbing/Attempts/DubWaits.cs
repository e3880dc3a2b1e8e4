using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>Lets one attempt wait outages out, in the middle of whatever it does, and tells its user so.</summary>
public sealed class DubWaits(OutageWatch watch, DubMeter meter, OutageOptions outages, RetryOptions retries, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>What the attempt is doing.</summary>
    public DubMeter Meter => meter;

    /// <summary>Does something that may be done again, as often as it takes, with the waits between.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="ct">Ends the work, and the wait at once.</param>
    /// <param name="only">The one dependency to wait for; null: any.</param>
    /// <exception cref="PermanentDubException">It was away for longer than is waited (<c>dependency_unreachable</c>,
    /// <c>storage_full</c>).</exception>
    public async Task<T> ThroughAsync<T>(Func<Task<T>> work, CancellationToken ct, Dependency? only = null)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (!ct.IsCancellationRequested
                && OutageRules.Of(e) is { } outage
                && (only ?? outage.What) == outage.What)
            {
                if (!await watch.ConfirmAsync(outage, ct))
                    throw;
                await WaitAsync(outage, tries, e, ct);
            }
        }
    }

    /// <summary>Does something that answers nothing.</summary>
    public Task ThroughAsync(Func<Task> work, CancellationToken ct, Dependency? only = null) => ThroughAsync(async () =>
    {
        await work();
        return true;
    }, ct, only);

    /// <summary>Notes the outage that an error tells of; false when it tells of none.</summary>
    public bool Noted(Exception error)
    {
        watch.Report(error);
        return OutageRules.Of(error) is not null;
    }

    private async Task WaitAsync(Outage outage, int tries, Exception error, CancellationToken ct)
    {
        using var wait = meter.Wait(outage);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Without records nobody could be told that the dub failed.
        await using var limit = outage.What == Dependency.Records
            ? null
            : clock.CreateTimer(_ => late.Cancel(), null, Left(wait.Since), Timeout.InfiniteTimeSpan);
        try
        {
            await watch.OverAsync(outage, late.Token);
            // It seems to be back: at once the first time, and with growing pauses where it never is for long.
            if (tries > 0)
                await Task.Delay(Pause(tries), clock, late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw outage.What == Dependency.Storage
                ? new PermanentDubException(FailureCode.StorageFull, inner: error)
                : new PermanentDubException(
                    FailureCode.DependencyUnreachable,
                    $"{outage.Message} It was waited for, for {outages.OutageHours:0.##} hours. Please try again later.",
                    error);
        }
    }

    private TimeSpan Left(DateTimeOffset since)
    {
        var left = since + TimeSpan.FromHours(outages.OutageHours) - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TimeSpan Pause(int tries)
    {
        var pause = TimeSpan.FromSeconds(retries.RetrySeconds) * Math.Pow(2, Math.Min(tries - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}
