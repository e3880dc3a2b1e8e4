using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing.Intake;

/// <summary>Dubs of one request, which share what is found out about their source.</summary>
public sealed class DubBatchTests
{
    private JobBench _bench = null!;
    private IReadOnlyList<DubOrder> _orders = null!;

    private Guid First => _orders[0].RequestId;

    private IEnumerable<Guid> Others => _orders.Skip(1).Select(o => o.RequestId);

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray();
        var batch = new DubBatch(Guid.NewGuid(), ids);
        _orders = [.. ids.Select(id => Samples.Order(id) with { Batch = batch })];
        await _bench.Intake.AcceptAsync(_orders, default);
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task The_first_does_the_shared_work_and_queues_the_others_who_do_not_do_it_again()
    {
        await RunAsync(Steps(), First);
        Assert.That(_bench.Queue.Enqueued, Is.EqualTo([First, .. Others]));
        await RunAsync(Steps(), [.. Others]);

        Assert.That(_bench.Ran.Count(step => step == "transcribe"), Is.EqualTo(1));
        var reports = await Task.WhenAll(_orders.Select(async o => (await FindAsync(o.RequestId)).FinalResponse!.Report));
        Assert.That(reports.Select(r => r.StepSeconds.ContainsKey("transcribe")), Is.EqualTo([true, false, false]));
        Assert.That(_bench.Queue.Enqueued, Has.Count.EqualTo(3), "nobody is queued twice");
    }

    [Test]
    public async Task The_others_wait_unclaimed_while_the_first_works_and_are_not_taken_for_abandoned()
    {
        await RunAsync(Steps(async (name, _, _) =>
        {
            if (name != "transcribe")
                return;
            await RunAsync(Steps(), [.. Others]);
            await SweepAsync();
            Assert.That(_bench.Queue.Enqueued.Intersect(Others), Is.Empty);
        }), First);

        Assert.That(_bench.Ran.Count(step => step == "transcribe"), Is.EqualTo(1));
        Assert.That((await FindAsync(Others.First())).Attempt, Is.Zero);
        Assert.That(_bench.Queue.Enqueued.Where(Others.Contains), Is.EqualTo(Others), "queued once the speech was recognised");
    }

    [Test]
    public async Task When_the_shared_work_fails_every_dub_fails_with_the_same_reason_and_nothing_is_left()
    {
        var failing = Steps((name, _, _) => throw new PermanentDubException(FailureCode.MediaInvalid, "The file is not a video."));
        foreach (var id in (Guid[])[First, .. Others])
            Assert.That(async () => await RunAsync(failing, id), Throws.TypeOf<PermanentDubException>());

        Assert.That(_bench.Ran, Is.EqualTo(["transcribe"]));
        Assert.That(_bench.Queue.Enqueued, Is.EqualTo([First, .. Others]));
        foreach (var order in _orders)
            Assert.That(
                ((await FindAsync(order.RequestId)).ExceptionCode?.Value, (await FindAsync(order.RequestId)).Exception),
                Is.EqualTo(("media_invalid", "The file is not a video.")));
        Assert.That(_bench.ObjectFiles, Is.Empty);
    }

    [Test]
    public async Task When_the_first_fails_later_the_others_go_on()
    {
        Assert.That(async () => await RunAsync(Steps((name, _, _) =>
            name == "speak"
                ? throw new PermanentDubException(FailureCode.VoiceUnknown, "No such voice.")
                : Task.CompletedTask), First), Throws.TypeOf<PermanentDubException>());
        await RunAsync(Steps(), [.. Others]);

        Assert.That(_bench.Ran.Count(step => step == "transcribe"), Is.EqualTo(1));
        foreach (var id in Others)
            Assert.That((await FindAsync(id)).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task When_the_first_is_gone_the_next_leads()
    {
        await _bench.Progress.RemoveAsync(First, default);

        await RunAsync(Steps(), [.. Others.Reverse()]);
        Assert.That(_bench.Ran.Count(step => step == "transcribe"), Is.EqualTo(1), "the last waits for the next");
        await RunAsync(Steps(), [.. Others]);

        Assert.That(_bench.Ran.Count(step => step == "transcribe"), Is.EqualTo(1));
        foreach (var id in Others)
            Assert.That((await FindAsync(id)).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task A_first_that_died_before_it_queued_the_others_leaves_them_to_the_sweeper()
    {
        await RunAsync(_bench.Steps(), First);
        Assert.That(_bench.Queue.Enqueued, Is.EqualTo([First]));

        await SweepAsync();

        Assert.That(_bench.Queue.Enqueued, Is.EquivalentTo([First, .. Others]));
    }

    [Test]
    public async Task What_was_shared_is_kept_until_the_last_is_done()
    {
        var steps = Steps((name, context, ct) => name == "transcribe"
            ? context.Artifacts.WriteTextAsync(ObjectKeys.Source(context.SourceId), "picture", "video/mp4", ct) : Task.CompletedTask);

        await RunAsync(steps, First, Others.First());
        Assert.That(await SharedAsync(), Does.Contain("source"));
        await RunAsync(steps, Others.Last());

        Assert.That(await SharedAsync(), Does.Not.Contain("source"));
        Assert.That(await SharedAsync(), Does.Contain("transcript.json"), "small records stay");

        async Task<IEnumerable<string>> SharedAsync() =>
            (await _bench.Objects.ListAsync(ObjectKeys.Work(_orders[0].SourceId), default)).Select(key => key.Split('/')[^1]);
    }

    private IDubStep[] Steps(Func<string, DubContext, CancellationToken, Task>? before = null) =>
        [.. _bench.Steps(before), new ReleaseStep(_bench.Batches)];

    private async Task RunAsync(IDubStep[] steps, params Guid[] ids)
    {
        foreach (var id in ids)
            await _bench.Job(steps).RunAsync(id, default);
    }

    private async Task SweepAsync()
    {
        var clock = Samples.Clock();
        clock.Advance(TimeProvider.System.GetUtcNow().AddSeconds(_bench.Options.Leases.LeaseSeconds + 1) - clock.GetUtcNow());
        using var sweeper = _bench.Sweeper(clock);
        await sweeper.SweepAsync(default);
    }

    private async Task<DubProgress> FindAsync(Guid id) => (await _bench.Progress.FindAsync(id, default))!;
}
