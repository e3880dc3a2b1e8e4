using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Steps;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Retention;

/// <summary>What operators and users do to dubs that run or failed.</summary>
public sealed class CancelAndRetryTests
{
    private JobBench _bench = null!;

    private Guid Id => _bench.Order.RequestId;

    private DubCancellation Cancellation =>
        new(_bench.Progress, _bench.Removal, _bench.Intake, _bench.Options, TimeProvider.System, NullLogger<DubCancellation>.Instance);

    private DubRetries Retries => new(_bench.Progress, _bench.Intake, TimeProvider.System);

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        await _bench.AcceptAsync();
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public Task A_running_dub_that_is_cancelled_stops_within_five_seconds_and_leaves_no_file()
    {
        _bench.Options.Leases.HeartbeatSeconds = 3; // the longest allowed
        return Quick.AssertOnceWithinAsync(TimeSpan.FromSeconds(5), CancelRunningAsync);
    }

    private async Task<TimeSpan> CancelRunningAsync()
    {
        _bench.Order = Samples.Order(Guid.NewGuid());
        await _bench.AcceptAsync();
        var reached = new TaskCompletionSource();
        var running = Task.Run(() => RunAsync(_bench.Steps(async (name, _, ct) =>
        {
            if (name != "speak")
                return;
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        })));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(_bench.ObjectFiles, Is.Not.Empty);

        var taken = await Quick.TimeAsync(async () =>
        {
            await Cancellation.CancelAsync(Id, default);
            await running;
        });

        var cancelled = await _bench.FindAsync();
        Assert.That(
            (cancelled.State, cancelled.ExceptionCode?.Value, cancelled.KeptUntil),
            Is.EqualTo((DubState.Failed, "cancelled", (DateTimeOffset?)LastLookAt(cancelled))));
        Assert.That(_bench.ObjectFiles.Concat(_bench.ScratchFiles), Is.Empty);
        return taken;
    }

    [Test]
    public async Task A_waiting_dub_that_is_cancelled_is_not_begun_and_its_files_are_gone_at_once()
    {
        Assert.That(async () => await RunAsync(_bench.Steps(FailAt("translate"))), Throws.TypeOf<TransientDubException>());

        await Cancellation.CancelAsync(Id, default);
        Assert.That(_bench.ObjectFiles, Is.Empty);
        await RunAsync(_bench.Steps());

        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate" }));
    }

    [Test]
    public async Task A_dub_cancelled_as_it_is_published_is_in_no_table()
    {
        await RunAsync(_bench.Steps(async (name, _, _) =>
        {
            if (name == "render")
                await Cancellation.CancelAsync(Id, default);
        }));

        Assert.That((await _bench.FindAsync()).IsCancelled, Is.True);
        Assert.That(await _bench.Dubs.FindAsync(Id, default), Is.Null);
        Assert.That(_bench.ObjectFiles, Is.Empty);
    }

    [Test]
    public async Task A_complete_dub_cannot_be_cancelled()
    {
        await RunAsync(_bench.Steps());

        Assert.That((await Cancellation.CancelAsync(Id, default))!.State, Is.EqualTo(DubState.Complete));
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task The_sweeper_removes_the_files_of_a_cancelled_dub_whose_worker_is_dead_but_gives_a_living_one_a_lease()
    {
        var claimed = (await _bench.Progress.ClaimAsync(Id, TimeProvider.System.GetUtcNow(), default, default))!;
        var part = Path.GetTempFileName();
        await _bench.Objects.PutAsync(ObjectKeys.Speech(Id, 0), part, "audio/wav", default);
        await Cancellation.CancelAsync(claimed.RequestId, default);

        await SweepAsync(TimeSpan.FromSeconds(_bench.Options.Leases.LeaseSeconds - 2));
        Assert.That(_bench.ObjectFiles, Is.Not.Empty);
        await SweepAsync(TimeSpan.FromSeconds(_bench.Options.Leases.LeaseSeconds + 2));
        Assert.That(_bench.ObjectFiles, Is.Empty);
        var cancelled = await _bench.FindAsync();
        Assert.That(cancelled.KeptUntil, Is.EqualTo(LastLookAt(cancelled)));
    }

    [Test]
    public async Task What_reaches_the_object_store_after_a_cancelled_dub_was_cleaned_up_is_removed_before_its_document_goes()
    {
        await _bench.Progress.ClaimAsync(Id, TimeProvider.System.GetUtcNow(), default, default);
        var cancelled = (await Cancellation.CancelAsync(Id, default))!;
        await SweepAsync(TimeSpan.FromSeconds(_bench.Options.Leases.LeaseSeconds + 2));
        var late = AttemptKeys.Own(ObjectKeys.Dubbed(_bench.Order, ".mp4"), _bench.Order, cancelled.Attempt);
        await _bench.Objects.PutAsync(late, Path.GetTempFileName(), "video/mp4", default);

        await SweepAsync(TimeSpan.FromHours(1));
        Assert.That(_bench.ObjectFiles, Is.Not.Empty, "nobody looks all the time");
        await SweepAsync(LastLookAt(cancelled).AddMinutes(1) - TimeProvider.System.GetUtcNow());

        Assert.That(_bench.ObjectFiles, Is.Empty);
    }

    [Test]
    public async Task A_failed_dub_is_retried_from_the_step_that_failed_with_its_faults_forgiven()
    {
        await FailAsync("speak", new PermanentDubException(FailureCode.EngineRefused, "The key was refused."));

        Assert.That(await Retries.RetryAsync(Id, null, default), Is.EqualTo(RetryOutcome.Retried));
        Assert.That((await _bench.FindAsync()).Faults, Is.Zero);
        Assert.That(_bench.Queue.Enqueued, Is.EqualTo(new[] { Id, Id }));
        await RunAsync(_bench.Steps());

        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "speak", "render" }));
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [TestCase("source_not_found")]
    [TestCase("media_invalid")]
    [TestCase("audio_missing")]
    [TestCase("clock_broken")]
    public async Task A_dub_whose_source_was_refused_leaves_nothing_and_is_not_retried(string code)
    {
        await FailAsync("translate", new PermanentDubException(FailureCode.Of(code), "It cannot be dubbed."));

        Assert.That(_bench.ObjectFiles, Is.Empty);
        Assert.That(await Retries.RetryAsync(Id, null, default), Is.EqualTo(RetryOutcome.NotKept));
        Assert.That((await _bench.FindAsync()).ExceptionCode?.Value, Is.EqualTo(code));
    }

    [Test]
    public async Task The_work_of_a_failed_dub_is_kept_for_a_day_and_then_swept()
    {
        await FailAsync("speak", new PermanentDubException(FailureCode.EngineRefused, "The key was refused."));

        await SweepAsync(TimeSpan.FromHours(23));
        Assert.That(_bench.ObjectFiles, Is.Not.Empty);
        await SweepAsync(TimeSpan.FromHours(24.1));

        Assert.That(_bench.ObjectFiles, Is.Empty);
        Assert.That(await Retries.RetryAsync(Id, null, default), Is.EqualTo(RetryOutcome.NotKept));
    }

    [Test]
    public async Task Running_complete_and_unknown_dubs_are_not_retried()
    {
        Assert.That(await Retries.RetryAsync(Id, null, default), Is.EqualTo(RetryOutcome.Running));
        await RunAsync(_bench.Steps());
        Assert.That(await Retries.RetryAsync(Id, null, default), Is.EqualTo(RetryOutcome.Complete));
        Assert.That(await Retries.RetryAsync(Guid.NewGuid(), null, default), Is.EqualTo(RetryOutcome.NotFound));
        Assert.That(_bench.Queue.Enqueued, Has.Count.EqualTo(1));
    }

    private async Task FailAsync(string step, PermanentDubException error)
    {
        Assert.That(async () => await RunAsync(_bench.Steps(FailAt(step, error))), Throws.TypeOf<PermanentDubException>());
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Failed));
    }

    private static DateTimeOffset LastLookAt(DubProgress cancelled) => cancelled.ExpiresAt!.Value.AddMinutes(-30);

    private async Task SweepAsync(TimeSpan later)
    {
        var clock = Samples.Clock();
        clock.Advance(TimeProvider.System.GetUtcNow() + later - clock.GetUtcNow());
        using var sweeper = _bench.Sweeper(clock);
        await sweeper.SweepAsync(default);
    }

    private Task RunAsync(IDubStep[] steps) => _bench.Job(steps).RunAsync(Id, default);

    private static Func<string, DubContext, CancellationToken, Task> FailAt(string step, Exception? error = null) =>
        (name, _, _) => name == step ? Task.FromException(error ?? new IOException("cable")) : Task.CompletedTask;
}
