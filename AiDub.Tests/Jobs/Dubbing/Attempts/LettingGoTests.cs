using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;

namespace AiDub.Tests.Jobs.Dubbing.Attempts;

/// <summary>How an attempt lets go of its dub when its process is told to stop.</summary>
public sealed class LettingGoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private JobBench _bench = null!;
    private SlowWires _wires = null!;

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        await _bench.AcceptAsync();
        _wires = new SlowWires();
        _bench.JobProgress = Port<IProgressStore>.Around(_bench.Progress, _wires);
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task A_heartbeat_that_is_under_way_then_does_not_take_the_dub_back()
    {
        using var shutdown = new CancellationTokenSource();
        var steps = _bench.Steps(async (name, _, ct) =>
        {
            if (name != "speak")
                return;
            _wires.IsSlow = true;
            await _wires.UnderWay.WaitAsync(Patience, ct);
            await shutdown.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
        });
        var running = _bench.Job(steps).RunAsync(_bench.Order.RequestId, shutdown.Token);
        await _wires.UnderWay.WaitAsync(Patience);
        // Whoever does not wait for it has let go by then.
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(0.5)));

        await _wires.ArriveAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());

        var released = await _bench.FindAsync();
        Assert.That((released.State, released.HeartbeatAt), Is.EqualTo((DubState.Running, (DateTimeOffset?)null)));
    }
}
