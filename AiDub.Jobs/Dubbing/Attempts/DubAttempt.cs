namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>One attempt at a dub.</summary>
/// <param name="Context">What its steps are given.</param>
/// <param name="Lease">Its hold on the dub.</param>
/// <param name="Waits">How it waits for what is away.</param>
public sealed record DubAttempt(DubContext Context, DubLease Lease, DubWaits Waits) : IAsyncDisposable
{
    /// <summary>Whether another attempt holds the dub by now, or nobody is to.</summary>
    public bool IsLost => Lease.IsLost;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Lease.DisposeAsync();
}
