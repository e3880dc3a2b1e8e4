using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

public sealed class ReleaseStepTests
{
    private JobBench _jobs = null!;
    private ReleaseStep _step = null!;

    [SetUp]
    public void Open()
    {
        _jobs = new JobBench();
        _step = new ReleaseStep(_jobs.Batches);
    }

    [TearDown]
    public void Close() => _jobs.Dispose();

    [TestCase(0, 3)]
    [TestCase(1, 1)]
    public async Task The_first_of_a_batch_lets_the_others_go_on_and_another_lets_nobody(int place, int queued)
    {
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray();
        var batch = new DubBatch(Guid.NewGuid(), ids);
        var orders = ids.Select(id => Samples.Order(id) with { Batch = batch }).ToList();
        await _jobs.Intake.AcceptAsync(orders, default);
        using var bench = new StepBench(orders[place]);

        await bench.RunAsync(_step);

        Assert.That(_jobs.Queue.Enqueued, Is.EqualTo(ids.Take(queued)));
    }

    [Test]
    public void Only_the_first_making_of_a_dub_of_a_batch_needs_it()
    {
        var order = Samples.Order() with { Batch = new DubBatch(Guid.NewGuid(), [Guid.NewGuid()]) };

        Assert.That(_step.IsNeeded(order), Is.True);
        Assert.That(_step.IsNeeded(order with { Revision = 1 }), Is.False);
        Assert.That(_step.IsNeeded(order with { Batch = null }), Is.False);
    }
}
