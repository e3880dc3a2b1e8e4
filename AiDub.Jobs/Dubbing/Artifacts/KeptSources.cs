using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>The sources of dubs as they were fetched, for as long as their dubs need them.</summary>
public sealed class KeptSources(IObjectStore objects)
{
    /// <summary>A source that is kept; null when it was not fetched yet, or is kept no longer.</summary>
    /// <param name="sourceId">What the dub shares with others of its request: <see cref="DubOrder.SourceId"/>.</param>
    /// <param name="steps">The steps of it that are done.</param>
    /// <param name="publicBase">Where the service that asks is reached.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<KeptSource?> FindAsync(Guid sourceId, IReadOnlyList<StepRecord>? steps, Uri publicBase, CancellationToken ct)
    {
        var name = ObjectKeys.Source(sourceId);
        var key = (steps ?? []).SelectMany(step => step.Artifacts ?? []).LastOrDefault(key => AttemptKeys.Name(key) == name) ?? name;
        return await objects.SizeAsync(key, ct) is { } bytes
            ? new KeptSource(await objects.AddressAsync(key, publicBase, ct), bytes)
            : null;
    }
}

/// <summary>A source that is kept.</summary>
/// <param name="Address">Where a browser opens it, for a limited time.</param>
/// <param name="Bytes">Its size.</param>
public sealed record KeptSource(Uri Address, long Bytes);
