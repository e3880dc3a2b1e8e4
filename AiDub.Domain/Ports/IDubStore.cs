using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Ports;

/// <summary>The main table: one durable record a finished dub.</summary>
public interface IDubStore
{
    /// <summary>Writes a record; a record of the same request is replaced.</summary>
    Task PutAsync(DubRecord record, CancellationToken ct);

    /// <summary>Removes a record; one that is not there is no error.</summary>
    Task RemoveAsync(Guid requestId, CancellationToken ct);

    /// <summary>The record of a dub, or null.</summary>
    Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct);

    /// <summary>A part of a user's records.</summary>
    Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct);
}
