using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Ports;

/// <summary>The transient progress documents, one a dub. Every change is one atomic command.</summary>
public interface IProgressStore
{
    /// <summary>Writes the document of a dub that was just accepted.</summary>
    /// <returns>False, with nothing written, when the request has a document already.</returns>
    Task<bool> AddAsync(DubProgress progress, CancellationToken ct);

    /// <summary>
    /// Writes the documents of dubs of one user that were just accepted, all or none, unless more than <paramref name="most"/> of his dubs
    /// would run or wait then; exact whoever else adds at the same time. What has a document already is counted once and left as it is.
    /// </summary>
    /// <returns>False, with nothing written, when there would be more.</returns>
    Task<bool> AddWithinAsync(IReadOnlyList<DubProgress> dubs, int most, CancellationToken ct);

    /// <summary>
    /// Sees to it that dubs that were not accepted are not made: their documents go, and one that is still on its way to the store, because
    /// whoever wrote it gave up waiting, makes no dub when it arrives.
    /// </summary>
    Task ForgetAsync(IReadOnlyList<DubProgress> refused, CancellationToken ct);

    /// <summary>
    /// Writes the document of a dub that is to be made again, in place of one that is failed or complete, if there is one.
    /// </summary>
    /// <returns>False, with nothing written, when the dub runs.</returns>
    Task<bool> RestartAsync(DubProgress next, CancellationToken ct);

    /// <summary>
    /// <see cref="RestartAsync"/>, unless more than <paramref name="most"/> dubs of the user would run or wait then; exact whoever else
    /// adds at the same time.
    /// </summary>
    Task<Rerun> RestartWithinAsync(DubProgress next, int most, CancellationToken ct);

    /// <summary>The document of a dub, or null.</summary>
    Task<DubProgress?> FindAsync(Guid requestId, CancellationToken ct);

    /// <summary>The documents of several dubs by one read, in no order; of those that there are none of, none.</summary>
    Task<IReadOnlyList<DubProgress>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct);

    /// <summary>
    /// The document of a dub, or null, as it is now, where that is known without waiting for anything. Polls ask so first.
    /// </summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="found">The document as it is now; null when there is none.</param>
    /// <returns>False when it is not known so: <see cref="FindAsync(Guid, CancellationToken)"/> says.</returns>
    bool TryFind(Guid requestId, out DubProgress? found)
    {
        found = null;
        return false;
    }

    /// <summary>
    /// Claims a running dub that no living attempt holds: its attempt number goes up by one and its heartbeat to <paramref name="now"/>.
    /// Null when it is finished, gone, or held by an attempt with a heartbeat after <paramref name="staleBefore"/>.
    /// </summary>
    Task<DubProgress?> ClaimAsync(Guid requestId, DateTimeOffset now, DateTimeOffset staleBefore, CancellationToken ct);

    /// <summary>
    /// Writes what an attempt owns (everything but order, job id and creation time) if the stored dub still runs under the same attempt
    /// number, and to the same revision: a rendering begins under the number of the attempt that made the last.
    /// </summary>
    /// <returns>
    /// False, with nothing written, when another attempt has claimed the dub or it is finished or gone, or when it is let go of to a job
    /// that is not its job any more.
    /// </returns>
    Task<bool> SaveAsync(DubProgress next, CancellationToken ct);

    /// <summary>
    /// Writes what an attempt owns of a failed dub, to run it again or to note that its files are gone, if the stored dub still is failed
    /// under the same attempt number and revision.
    /// </summary>
    /// <returns>
    /// False, with nothing written, when it runs again, was deleted and <paramref name="next"/> is not, was cancelled and
    /// <paramref name="next"/> runs, or is gone.
    /// </returns>
    Task<bool> SaveFailedAsync(DubProgress next, CancellationToken ct);

    /// <summary>
    /// <see cref="SaveFailedAsync"/> of a dub that runs again, unless more than <paramref name="most"/> dubs of the user would run or wait
    /// then; exact whoever else adds at the same time.
    /// </summary>
    Task<Rerun> SaveFailedWithinAsync(DubProgress next, int most, CancellationToken ct);

    /// <summary>
    /// Failed dubs that were kept until <paramref name="before"/> at the latest and whose files are to be removed; the oldest first.
    /// </summary>
    Task<IReadOnlyList<DubProgress>> FindUnkeptAsync(DateTimeOffset before, int limit, CancellationToken ct);

    /// <summary>
    /// Removes a user's complete document and returns it, in one atomic operation; null when there is none that is complete.
    /// </summary>
    Task<DubProgress?> TakeCompleteAsync(long userId, Guid requestId, CancellationToken ct);

    /// <summary>
    /// Running dubs that no worker may take and that nobody has touched since <paramref name="before"/>: no heartbeat, claim or queueing;
    /// the one that was left alone for longest first.
    /// </summary>
    /// <param name="before">Since when.</param>
    /// <param name="ahead">What was touched after this was touched before a clock was put back, and counts as left alone too.</param>
    /// <param name="after">The last dub of the page before; null for the first page.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<DubProgress>> FindStaleAsync(
        DateTimeOffset before, DateTimeOffset ahead, DubProgress? after, int limit, CancellationToken ct);

    /// <summary>All dubs that run or wait, the oldest first, a page at a time.</summary>
    /// <param name="after">The last dub of the page before; null for the first page.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<DubProgress>> FindUnfinishedAsync(DubCursor? after, int limit, CancellationToken ct);

    /// <summary>How many dubs of a user run or wait.</summary>
    Task<int> CountRunningAsync(long userId, CancellationToken ct);

    /// <summary>
    /// Writes that a dub is deleted, whatever its state and whether or not it has a document; what says who holds it and under which
    /// attempt stays.
    /// </summary>
    /// <param name="deleted">The dub after <see cref="DubTransition.Delete"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The document as it now is.</returns>
    Task<DubProgress> DeleteAsync(DubProgress deleted, CancellationToken ct);

    /// <summary>A part of a user's documents.</summary>
    Task<IReadOnlyList<DubProgress>> ListAsync(DubQuery query, CancellationToken ct);

    /// <summary>Removes a document, whatever its state.</summary>
    Task RemoveAsync(Guid requestId, CancellationToken ct);

    /// <summary>Removes the documents whose <see cref="DubProgress.ExpiresAt"/> has passed and returns their ids.</summary>
    Task<IReadOnlyList<Guid>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct);
}
