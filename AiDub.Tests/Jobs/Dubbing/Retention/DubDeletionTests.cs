using AiDub.Domain.Callbacks;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;

namespace AiDub.Tests.Jobs.Dubbing.Retention;

/// <summary>Dubs that their users delete, in any state.</summary>
public sealed class DubDeletionTests
{
    private JobBench _bench = null!;

    private Guid Id => _bench.Order.RequestId;

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench { Order = Samples.Order() with { Callback = new DubCallback("https://a.example/", "http://127.0.0.1/") } };
        await _bench.AcceptAsync();
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_complete_dub_leaves_nothing_whether_it_was_delivered_or_not(bool isDelivered)
    {
        await RunAsync(Id);
        if (isDelivered)
            await _bench.Progress.TakeCompleteAsync(51, Id, default);
        Assert.That(_bench.ObjectFiles, Is.Not.Empty);

        Assert.That(await DeleteAsync(), Is.True);

        await AssertGoneAsync();
        Assert.That(await DeleteAsync(), Is.False);
    }

    [Test]
    public async Task A_dub_that_waits_to_be_rendered_again_leaves_nothing_of_its_old_result_either()
    {
        await RunAsync(Id);
        var now = TimeProvider.System.GetUtcNow();
        var again = DubProgress.Accept(_bench.Order with { Revision = 1 }, now) with { Attempt = 1 };
        Assert.That(await _bench.Progress.RestartAsync(again, default), Is.True);

        Assert.That(await DeleteAsync(), Is.True);

        await AssertGoneAsync();
    }

    [Test]
    public async Task A_failed_and_a_waiting_dub_leave_nothing()
    {
        Assert.That(
            async () => await RunAsync(Id, FailAt("speak", new PermanentDubException(FailureCode.EngineRefused, "No."))),
            Throws.TypeOf<PermanentDubException>());
        Assert.That(await DeleteAsync(), Is.True);
        await AssertGoneAsync();

        _bench.Order = Samples.Order();
        await _bench.AcceptAsync();
        Assert.That(await DeleteAsync(), Is.True);
        await RunAsync(Id);
        await AssertGoneAsync();
        Assert.That(
            await _bench.Progress.RestartAsync(DubProgress.Accept(_bench.Order, TimeProvider.System.GetUtcNow()), default),
            Is.False,
            "deleted is deleted");
    }

    [Test]
    public async Task A_running_dub_stops_leaves_no_file_and_is_told_to_nobody()
    {
        var reached = new TaskCompletionSource();
        var running = Task.Run(() => RunAsync(Id, async (name, _, ct) =>
        {
            if (name != "speak")
                return;
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(await DeleteAsync(), Is.True);
        Assert.That((await _bench.FindAsync()).IsDeleted, Is.True, "the attempt has to be told");
        await running.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(_bench.ObjectFiles.Concat(_bench.ScratchFiles), Is.Empty);
        var deleted = await _bench.FindAsync();
        Assert.That(
            deleted.KeptUntil,
            Is.EqualTo(deleted.ExpiresAt!.Value.AddMinutes(-30)),
            "once more before nothing says any more that it is deleted");
        Assert.That(await DeleteAsync(), Is.False);
        Assert.That(
            CallbackVerdicts.Judge(CallbackDelivery.Prepare(Id, 1, DateTimeOffset.UnixEpoch), await _bench.FindAsync(), null),
            Is.EqualTo(CallbackVerdict.Drop));
    }

    [Test]
    public async Task A_dub_deleted_as_it_is_published_is_in_no_table()
    {
        await RunAsync(Id, async (name, _, _) =>
        {
            if (name == "render")
                await DeleteAsync();
        });

        Assert.That(await _bench.Dubs.FindAsync(Id, default), Is.Null);
        Assert.That(_bench.ObjectFiles, Is.Empty);
        Assert.That(await _bench.Progress.TakeCompleteAsync(51, Id, default), Is.Null);
    }

    [Test]
    public async Task What_a_deletion_left_that_was_killed_is_swept()
    {
        await RunAsync(Id);
        var complete = await _bench.FindAsync();
        var now = TimeProvider.System.GetUtcNow();
        await _bench.Progress.DeleteAsync(complete.Apply(new DubTransition.Delete(now.AddDays(7)), now), default);
        Assert.That(_bench.ObjectFiles, Is.Not.Empty);

        var clock = Samples.Clock();
        clock.Advance(now.AddSeconds(_bench.Options.Leases.LeaseSeconds + 2) - clock.GetUtcNow());
        using var sweeper = _bench.Sweeper(clock);
        await sweeper.SweepAsync(default);

        await AssertGoneAsync(callbacks: false);
    }

    [Test]
    public async Task Another_users_dub_is_not_deleted()
    {
        await RunAsync(Id);

        Assert.That(await _bench.Deletion.DeleteAsync(52, Id, default), Is.False);

        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task The_other_dubs_of_a_request_go_on_and_what_they_share_goes_with_the_last()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray();
        var orders = ids.Select(id => Samples.Order(id) with { Batch = new DubBatch(Guid.NewGuid(), ids) }).ToList();
        var batch = orders[0].Batch!.Id;
        orders = [.. orders.Select(order => order with { Batch = new DubBatch(batch, ids) })];
        await _bench.Intake.AcceptAsync(orders, default);

        Assert.That(await _bench.Deletion.DeleteAsync(51, ids[0], default), Is.True);
        Assert.That(_bench.Queue.Enqueued, Does.Contain(ids[1]), "who leads now is queued");
        foreach (var id in ids.Skip(1))
            await RunAsync(id);
        Assert.That(_bench.ObjectFiles, Has.Some.Contain($"{batch}"));
        Assert.That((await _bench.Progress.FindAsync(ids[1], default))!.State, Is.EqualTo(DubState.Complete));

        await _bench.Deletion.DeleteAsync(51, ids[1], default);
        Assert.That(_bench.ObjectFiles, Has.Some.Contain($"{batch}"));
        await _bench.Deletion.DeleteAsync(51, ids[2], default);
        Assert.That(_bench.ObjectFiles, Is.Empty);
    }

    private Task<bool> DeleteAsync() => _bench.Deletion.DeleteAsync(51, Id, default);

    private Task RunAsync(Guid id, Func<string, DubContext, CancellationToken, Task>? before = null) =>
        _bench.Job(_bench.Steps(before)).RunAsync(id, default);

    private async Task AssertGoneAsync(bool callbacks = true)
    {
        Assert.That(_bench.ObjectFiles, Is.Empty);
        Assert.That((await _bench.Progress.FindAsync(Id, default))?.IsDeleted ?? true, "who was suspended has to be told");
        Assert.That(await _bench.Dubs.FindAsync(Id, default), Is.Null);
        if (callbacks)
            Assert.That(await _bench.Outbox.FindAsync(Id, default), Is.Empty);
    }

    private static Func<string, DubContext, CancellationToken, Task> FailAt(string step, Exception error) =>
        (name, _, _) => name == step ? Task.FromException(error) : Task.CompletedTask;
}
