using System.Threading.RateLimiting;

namespace AiDub.Api.Limits;

/// <summary>Places at this process, so many for each user at a time.</summary>
/// <param name="perUser">How many one user may take.</param>
internal class UserSlots(int perUser) : IDisposable
{
    private readonly PartitionedRateLimiter<long> _slots = PartitionedRateLimiter.Create<long, long>(
        user => RateLimitPartition.GetConcurrencyLimiter(user, _ => new ConcurrencyLimiterOptions { PermitLimit = perUser }));

    /// <summary>A place for a user, given back when it is disposed; null when the user has taken as many as there are.</summary>
    public IDisposable? TryTake(long userId)
    {
        var lease = _slots.AttemptAcquire(userId);
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    /// <summary>How many places a user has taken.</summary>
    public int TakenBy(long userId) => perUser - (int)_slots.GetStatistics(userId)!.CurrentAvailablePermits;

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        GC.SuppressFinalize(this);
    }
}
