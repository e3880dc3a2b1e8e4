using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>Begins attempts at dubs that were claimed.</summary>
public sealed class DubAttempts(
    IProgressStore progress,
    IObjectStore objects,
    OutageWatch watch,
    IOptions<LeaseOptions> leases,
    IOptions<OutageOptions> outages,
    IOptions<RetryOptions> retries,
    TimeProvider clock,
    ILogger<DubAttempts> log)
{
    /// <summary>How one waits for what is away.</summary>
    /// <param name="before">What was waited for already; null: nothing.</param>
    public DubWaits Waits(DubWait? before = null) => new(watch, new DubMeter(clock, before), outages.Value, retries.Value, clock);

    /// <summary>Begins an attempt, and keeps its claim alive until it is disposed of.</summary>
    /// <param name="claimed">The dub as it was claimed.</param>
    /// <param name="folder">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the attempt.</param>
    public DubAttempt Begin(DubProgress claimed, string folder, CancellationToken ct)
    {
        var waits = Waits(claimed.Activity?.Wait);
        var lease = DubLease.Start(claimed, progress, waits, TimeSpan.FromSeconds(leases.Value.HeartbeatSeconds), clock, log, ct);
        var patient = Port<IObjectStore>.Around(objects, new PatientCalls(waits, Dependency.Objects));
        var artifacts = new DubArtifacts(patient, folder, claimed.Steps, claimed);
        return new DubAttempt(new DubContext(claimed, artifacts, folder, waits.Meter), lease, waits);
    }
}
