using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Tests.Jobs.Dubbing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Outages;

/// <summary>Who counts as dead when nobody could write a heartbeat.</summary>
public sealed class StaleTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly Outage Records = new(Dependency.Records);

    [Test]
    public async Task An_attempt_that_lived_when_the_records_went_away_has_a_lease_s_time_after_they_are_back()
    {
        var clock = new Clock();
        var isAway = true;
        using var watch = new OutageWatch(
            [new ReachProbe(Records, _ => isAway ? throw new IOException() : Task.CompletedTask)],
            new DubSettings { Outages = new() { ProbeSeconds = 0.05 } },
            new DubSettings(),
            clock,
            NullLogger<OutageWatch>.Instance);
        var lost = clock.GetUtcNow();
        Assert.That(watch.StaleBefore(Lease), Is.EqualTo(lost - Lease));

        watch.Report(Records);
        clock.Now += TimeSpan.FromMinutes(5);
        Assert.That(watch.StaleBefore(Lease), Is.EqualTo(lost - Lease), "while they are away");

        isAway = false;
        await watch.OverAsync(Records, default).WaitAsync(TimeSpan.FromMinutes(4));
        clock.Now += Lease - TimeSpan.FromSeconds(1);
        Assert.That(watch.StaleBefore(Lease), Is.EqualTo(lost - Lease), "just after");

        clock.Now += TimeSpan.FromSeconds(1);
        Assert.That(watch.StaleBefore(Lease), Is.EqualTo(clock.Now - Lease), "a lease later");
    }

    /// <summary>Its time is the test's; its timers are real.</summary>
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
