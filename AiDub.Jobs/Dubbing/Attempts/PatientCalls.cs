using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>
/// Calls of one attempt that wait until what they ask is back, so that whatever the attempt has in its hands is not lost.
/// </summary>
internal sealed class PatientCalls(DubWaits waits, Dependency of) : PortCalls
{
    public override Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct) =>
        waits.ThroughAsync(() => call(ct), ct, of);
}
