using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Queueing;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Goes through what accepting a dub goes through, and accepts none: what that takes is compiled and prepared before the first is
/// submitted.
/// </summary>
/// <param name="intake">Takes dubs in.</param>
/// <param name="filters">What the queue does to every job.</param>
public sealed class SubmitRehearsal(DubIntake intake, IJobFilterProvider filters)
{
    /// <summary>Goes through it; returns when it is over.</summary>
    public async Task GoAsync(CancellationToken ct)
    {
        await intake.RehearseAsync(ct);
        // A queue of its own, which is gone afterwards.
        using var queue = new InMemoryStorage();
        new BackgroundJobClient(queue, filters).Enqueue<DubbingJob>(
            WorkerOptions.DefaultQueue, job => job.RunAsync(Guid.Empty, CancellationToken.None));
    }
}
