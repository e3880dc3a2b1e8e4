using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Steps;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Intake;

/// <summary>Cancelling and retrying one of the dubs of a request for several languages.</summary>
public sealed class BatchRetryTests
{
    private JobBench _bench = null!;
    private DubOrder[] _orders = null!;

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        Guid[] ids = [Guid.NewGuid(), Guid.NewGuid()];
        var batch = new DubBatch(Guid.NewGuid(), ids);
        _orders = [.. ids.Select(id => Samples.Order(id) with { Batch = batch })];
        await _bench.Intake.AcceptAsync(_orders, default);
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task When_the_dub_that_leads_is_cancelled_the_next_one_leads()
    {
        var cancellation = new DubCancellation(
            _bench.Progress, _bench.Removal, _bench.Intake, _bench.Options, TimeProvider.System, NullLogger<DubCancellation>.Instance);

        await cancellation.CancelAsync(_orders[0].RequestId, default);
        Assert.That(_bench.Queue.Enqueued[^1], Is.EqualTo(_orders[1].RequestId));
        await RunAsync(1, _ => { });

        Assert.That(await StateAsync(1), Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task What_a_failed_dub_shared_is_kept_as_long_as_it_may_be_retried()
    {
        await RunAsync(0, _ => { });
        Assert.That(async () => await RunAsync(1, FailAt("translate")), Throws.TypeOf<PermanentDubException>());

        await Retry(1);
        await RunAsync(1, _ => { });

        Assert.That(await StateAsync(1), Is.EqualTo(DubState.Complete));
        Assert.That(_bench.Ran.Count(step => step == "transcribe"), Is.EqualTo(1));
    }

    [Test]
    public async Task Retrying_a_dub_that_failed_with_the_one_that_leads_retries_that_one_too()
    {
        Assert.That(async () => await RunAsync(0, FailAt("transcribe")), Throws.TypeOf<PermanentDubException>());
        Assert.That(async () => await RunAsync(1, _ => { }), Throws.TypeOf<PermanentDubException>());

        await Retry(1);
        await RunAsync(1, _ => { });
        Assert.That(await StateAsync(1), Is.EqualTo(DubState.Running), "it waits");
        await RunAsync(0, _ => { });
        await RunAsync(1, _ => { });

        Assert.That((await StateAsync(0), await StateAsync(1)), Is.EqualTo((DubState.Complete, DubState.Complete)));
    }

    private async Task Retry(int index) => Assert.That(
        await new DubRetries(_bench.Progress, _bench.Intake, TimeProvider.System).RetryAsync(_orders[index].RequestId, null, default),
        Is.EqualTo(RetryOutcome.Retried));

    private async Task<DubState> StateAsync(int index) => (await _bench.Progress.FindAsync(_orders[index].RequestId, default))!.State;

    private Task RunAsync(int index, Action<string> before)
    {
        IDubStep[] steps = [.. _bench.Steps((step, _, _) =>
        {
            before(step);
            return Task.CompletedTask;
        }), new ReleaseStep(_bench.Batches)];
        return _bench.Job(steps).RunAsync(_orders[index].RequestId, default);
    }

    private static Action<string> FailAt(string step) => name =>
    {
        if (name == step)
            throw new PermanentDubException(FailureCode.EngineRefused, "The key was refused.");
    };
}
