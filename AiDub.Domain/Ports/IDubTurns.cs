using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Ports;

/// <summary>
/// Whose turn it is: which of the dubs that wait a free worker takes. Kept with the progress documents; every change is one atomic command.
/// </summary>
public interface IDubTurns
{
    /// <summary>
    /// Notes the job that is to make a dub; workers may take it from <paramref name="readyAt"/> on. A dub that does not run, or that
    /// an attempt holds, is left as it is.
    /// </summary>
    Task OfferAsync(Guid requestId, QueuedJob job, DateTimeOffset now, DateTimeOffset readyAt, CancellationToken ct);

    /// <summary>
    /// Notes a new job for a dub that has none, or still has the one that it is to be <paramref name="insteadOf"/>; workers may take it at
    /// once.
    /// </summary>
    /// <returns>False, with nothing written, when the dub has another job, is held by an attempt or does not run: nobody will take this
    /// one.</returns>
    Task<bool> OfferNewAsync(Guid requestId, QueuedJob job, string? insteadOf, DateTimeOffset now, CancellationToken ct);

    /// <summary>Says that a dub is about to be offered again by whoever saw it so, and by nobody else who saw it so.</summary>
    /// <returns>False, with nothing written, when the dub has changed since.</returns>
    Task<bool> BeginOfferAsync(DubProgress seen, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Takes the dub whose turn it is: of the first queue that has one, the oldest dub of the user who has the fewest that are taken; of
    /// users who have as many, of the one who waits longest, since that dub came or another of his was taken after it had. It is offered
    /// again at <see cref="TurnRequest.Until"/> unless it is claimed before. Null when none may be taken.
    /// </summary>
    Task<DubTurn?> TakeAsync(TurnRequest request, CancellationToken ct);

    /// <summary>
    /// Forgets the job of a dub that no attempt holds: it is not there, or has nothing to do before another event queues the dub again.
    /// </summary>
    /// <returns>False, with nothing written, when the dub has another job or an attempt.</returns>
    Task<bool> WithdrawAsync(Guid requestId, string jobId, CancellationToken ct);

    /// <summary>
    /// When the next dub of these queues may be taken: a time that has passed, or that of the first retry; null when none waits.
    /// </summary>
    Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> queues, CancellationToken ct);

    /// <summary>How many dubs could be taken now, and since when the oldest waits.</summary>
    Task<QueueDepth> DepthAsync(DateTimeOffset now, CancellationToken ct);
}

/// <summary>What a free worker asks for.</summary>
/// <param name="Queues">The queues it takes dubs from, the first first.</param>
/// <param name="Now">Now.</param>
/// <param name="Until">When a dub that it takes and does not claim may be taken by another.</param>
/// <param name="MostOfUser">The most dubs of one user that may be taken at a time.</param>
public sealed record TurnRequest(IReadOnlyList<string> Queues, DateTimeOffset Now, DateTimeOffset Until, int MostOfUser = int.MaxValue)
{
    /// <summary>A dub that may be taken only after this may be taken now: it was offered before the clock was put back.</summary>
    public DateTimeOffset Ahead => Until + ClockLeeway.Most;
}

/// <summary>A dub that was taken.</summary>
/// <param name="RequestId">The dub.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Job">Its job.</param>
public sealed record DubTurn(Guid RequestId, long UserId, QueuedJob Job);

/// <summary>The dubs that wait for a worker.</summary>
/// <param name="Waiting">How many they are.</param>
/// <param name="OldestAt">When the oldest was accepted; null when none waits.</param>
public sealed record QueueDepth(int Waiting, DateTimeOffset? OldestAt)
{
    /// <summary>For how many seconds the oldest has waited; 0 when none waits.</summary>
    public double OldestSeconds(DateTimeOffset now) => OldestAt is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0;
}
