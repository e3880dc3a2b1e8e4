using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Outages;
using AiDub.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Attempts;

/// <summary>The heartbeat of one attempt, beside what else the attempt writes.</summary>
public sealed class HeartbeatTests
{
    [Test]
    public async Task One_that_waits_while_the_dub_enters_its_next_stage_is_not_the_last()
    {
        using var bench = new JobBench();
        await bench.AcceptAsync();
        var (clock, wires, beat) = (Samples.Clock(), new SlowWires(), TimeSpan.FromSeconds(1));
        var claimed = (await bench.Progress.ClaimAsync(bench.Order.RequestId, clock.GetUtcNow(), default, default))!;
        var waits = new DubWaits(bench.Watch, new DubMeter(clock), bench.Options.Outages, bench.Options.Retries, clock);
        await using var lease = DubLease.Start(
            claimed, Port<IProgressStore>.Around(bench.Progress, wires), waits, beat, clock, NullLogger.Instance, default);

        wires.IsSlow = true;
        var entering = lease.EnterAsync(DubStage.Translating, 20, default);
        await wires.UnderWay;
        clock.Advance(beat);
        // It waits by then for what is under way.
        await Task.Delay(TimeSpan.FromSeconds(0.1));
        await wires.ArriveAsync();
        await entering;

        var entered = (await bench.FindAsync()).HeartbeatAt;
        await DubServer.UntilAsync(
            "it beats again",
            async () =>
            {
                clock.Advance(beat);
                return (await bench.FindAsync()).HeartbeatAt > entered + beat;
            },
            seconds: 60);
        Assert.That((await bench.FindAsync()).Stage, Is.EqualTo(DubStage.Translating));
    }

    [Test]
    public async Task One_that_waits_while_the_attempt_ends_with_a_fault_does_not_take_the_dub_back()
    {
        using var bench = new JobBench();
        await bench.AcceptAsync();
        var (clock, wires, beat) = (Samples.Clock(), new SlowWires(), TimeSpan.FromSeconds(1));
        var claimed = (await bench.Progress.ClaimAsync(bench.Order.RequestId, clock.GetUtcNow(), default, default))!;
        var waits = new DubWaits(bench.Watch, new DubMeter(clock), bench.Options.Outages, bench.Options.Retries, clock);
        await using var lease = DubLease.Start(
            claimed, Port<IProgressStore>.Around(bench.Progress, wires), waits, beat, clock, NullLogger.Instance, default);

        wires.IsSlow = true;
        var ending = lease.ApplyAsync(new DubTransition.Fault(), default);
        await wires.UnderWay;
        clock.Advance(beat);
        await wires.ArriveAsync();
        await ending;

        await lease.Beating.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That((await bench.FindAsync()).HeartbeatAt, Is.Null);
    }
}
