using AiDub.Domain.Editing;

namespace AiDub.Domain.Ports;

/// <summary>What users changed of dubs' segments, one document a dub. Every change is one atomic command.</summary>
public interface IEditStore
{
    /// <summary>The edits of a dub; <see cref="DubEdits.None"/> when there are none.</summary>
    Task<DubEdits> FindAsync(Guid requestId, CancellationToken ct);

    /// <summary>Writes edits over those of the revision before theirs. Of several with the same revision one is written.</summary>
    /// <returns>False, with nothing written, when the stored revision is another.</returns>
    Task<bool> SaveAsync(DubEdits next, CancellationToken ct);

    /// <summary>Removes the edits of a dub; it is no error when there are none.</summary>
    Task RemoveAsync(Guid requestId, CancellationToken ct);
}
