using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing;

/// <summary>One dub that was accepted, and a job to run it by.</summary>
public abstract class JobFixture
{
    private protected JobBench Bench { get; private set; } = null!;

    [SetUp]
    public async Task Accept()
    {
        Bench = new JobBench();
        await Bench.AcceptAsync();
    }

    [TearDown]
    public void Close() => Bench.Dispose();

    private protected Task RunAsync(IDubStep[] steps) => Bench.Job(steps).RunAsync(Bench.Order.RequestId, default);
}
