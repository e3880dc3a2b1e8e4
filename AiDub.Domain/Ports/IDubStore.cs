using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Ports;

/// <summary>The main table: one durable record a finished dub.</summary>
public interface IDubStore
{
    /// <summary>Writes a record under its attempt's number; that of an earlier attempt is replaced.</summary>
    /// <returns>False, with nothing written, when a later attempt has written its own, or the attempt is shut out.</returns>
    Task<bool> PutAsync(DubRecord record, CancellationToken ct);

    /// <summary>
    /// Shuts the attempts of a dub up to a number out: no record of theirs is written from now on. One that was written stays.
    /// </summary>
    Task ShutOutAsync(Guid requestId, int attempt, CancellationToken ct);

    /// <summary>
    /// The highest number of a dub's attempts that is shut out; 0: none is; <see cref="int.MaxValue"/>: all are, as it is deleted.
    /// </summary>
    Task<int> FindShutOutAsync(Guid requestId, CancellationToken ct);

    /// <summary>Removes the record of an attempt up to a number, and shuts those attempts out; it is no error when there is none.</summary>
    /// <param name="requestId">The dub.</param>
    /// <param name="attempt">The number; <see cref="int.MaxValue"/> for a dub that is deleted.</param>
    /// <param name="ct">Ends the wait; repeating it does no harm.</param>
    Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct);

    /// <summary>
    /// Records whose working files are kept until <paramref name="until"/> at the latest; those that end first come first.
    /// </summary>
    Task<IReadOnlyList<DubRecord>> FindEditableAsync(DateTimeOffset until, int limit, CancellationToken ct);

    /// <summary>All records of a user whose working files are kept, in no order.</summary>
    Task<IReadOnlyList<DubRecord>> FindEditableOfAsync(long userId, CancellationToken ct);

    /// <summary>Records of dubs that were finished before <paramref name="before"/>; the oldest first.</summary>
    Task<IReadOnlyList<DubRecord>> FindFinishedAsync(DateTimeOffset before, int limit, CancellationToken ct);

    /// <summary>The records of the dubs that were finished last, whoever's they are; the latest first.</summary>
    Task<IReadOnlyList<DubRecord>> FindLatestAsync(int limit, CancellationToken ct);

    /// <summary>Notes that the working files of a dub are kept no longer.</summary>
    /// <returns>False, with nothing written, when the record is gone or of another revision by now.</returns>
    Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct);

    /// <summary>The record of a dub, or null.</summary>
    Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct);

    /// <summary>The records of several dubs by one read, in no order; of those that there are none of, none.</summary>
    Task<IReadOnlyList<DubRecord>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct);

    /// <summary>A part of a user's records.</summary>
    Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct);
}
