using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Queueing;

/// <summary>How many workers all processes have together, and how many of them the dubs of one user may keep busy.</summary>
/// <param name="services">Asked for the queue only then: the queue needs this.</param>
/// <param name="options">The share.</param>
/// <param name="clock">Says when to count again.</param>
public sealed class FleetSize(IServiceProvider services, IOptions<WorkerOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan CountedFor = TimeSpan.FromSeconds(15);

    // As one reference: who submits and who works ask at once.
    private volatile Count? _counted;

    /// <summary>The most dubs of one user that may be taken at a time.</summary>
    public int MostOfUser() => options.Value.MaxShare >= 1 ? int.MaxValue : MostOfUser(options.Value.MaxShare, Workers());

    /// <summary>The share of so many workers: one at least.</summary>
    internal static int MostOfUser(double share, int workers) => Math.Max(1, (int)Math.Floor((workers * share) + 1e-9));

    /// <summary>How many workers there are, counted at most 15 s ago; this process's own where no other is known.</summary>
    public int Workers()
    {
        if (_counted is not { } counted || clock.GetElapsedTime(counted.At) > CountedFor)
        {
            var workers = services.GetRequiredService<JobStorage>().GetMonitoringApi().Servers().Sum(server => server.WorkersCount);
            _counted = counted = new Count(clock.GetTimestamp(), Math.Max(workers, options.Value.Count));
        }
        return counted.Workers;
    }

    private sealed record Count(long At, int Workers);
}
