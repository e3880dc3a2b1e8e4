using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Ports;

/// <summary>The main table: one durable record a finished dub.</summary>
public interface IDubStore
{
    /// <summary>Writes a record; a record of the same request is replaced.</summary>
    Task PutAsync(DubRecord record, CancellationToken ct);

    /// <summary>Removes a record; one that is not there is no error.</summary>
    Task RemoveAsync(Guid requestId, CancellationToken ct);

    /// <summary>Records whose working files are kept until <paramref name="until"/> at the latest; those that end first come first.</summary>
    Task<IReadOnlyList<DubRecord>> FindEditableAsync(DateTimeOffset until, int limit, CancellationToken ct);

    /// <summary>Notes that the working files of a dub are kept no longer.</summary>
    /// <returns>False, with nothing written, when the record is gone or of another revision by now.</returns>
    Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct);

    /// <summary>The record of a dub, or null.</summary>
    Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct);

    /// <summary>A part of a user's records.</summary>
    Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct);
}
