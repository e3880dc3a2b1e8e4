using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing;

public sealed class DubbingJobTests
{
    private JobBench _bench = null!;

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        await _bench.AcceptAsync();
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task A_dub_goes_through_its_steps_in_order_to_Status_5_and_the_main_table()
    {
        await RunAsync(_bench.Steps());

        var done = await _bench.FindAsync();
        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "render" }));
        Assert.That((done.State, done.Percent, done.Stage.ToWire()), Is.EqualTo((DubState.Complete, 100, "Status_5")));
        Assert.That(done.FinalResponse!.Report.StepSeconds.Keys, Is.EqualTo(_bench.Ran));
        Assert.That(
            (await _bench.Dubs.FindAsync(_bench.Order.RequestId, default))!.Response.ResultKey, Is.EqualTo(done.FinalResponse.ResultKey));
    }

    [Test]
    public async Task A_finished_dub_leaves_no_scratch_file_and_no_media_but_its_result()
    {
        await RunAsync(_bench.Steps((_, context, ct) => File.WriteAllTextAsync(Path.Combine(context.Scratch, "half.wav"), "x", ct)));

        Assert.That(_bench.ScratchFiles, Is.Empty);
        Assert.That(
            _bench.ObjectFiles.Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).Select(Path.GetFileName),
            Is.EqualTo(new[] { "dubbed.mp4" }));
    }

    [Test]
    public async Task A_job_that_is_delivered_again_does_nothing()
    {
        await RunAsync(_bench.Steps());
        var done = await _bench.FindAsync();

        await RunAsync(_bench.Steps());

        Assert.That(_bench.Ran, Has.Count.EqualTo(4));
        Assert.That((await _bench.FindAsync()).UpdatedAt, Is.EqualTo(done.UpdatedAt));
    }

    [Test]
    public async Task Steps_done_before_a_fault_are_not_done_again()
    {
        Assert.That(
            async () => await RunAsync(_bench.StepsFailingAt("speak", new IOException("cable"))), Throws.TypeOf<TransientDubException>());
        Assert.That((await _bench.FindAsync()).Faults, Is.EqualTo(1));

        await RunAsync(_bench.Steps());

        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "speak", "render" }));
        Assert.That((await _bench.FindAsync()).FinalResponse!.Report.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task A_permanent_error_fails_the_dub_at_once_and_leaves_nothing_but_its_reason()
    {
        var error = new PermanentDubException(FailureCode.MediaInvalid, "The file is not a video.");

        Assert.That(async () => await RunAsync(_bench.StepsFailingAt("translate", error)), Throws.TypeOf<PermanentDubException>());

        var failed = await _bench.FindAsync();
        Assert.That(
            (failed.State, failed.Exception, failed.ExceptionCode?.Value),
            Is.EqualTo((DubState.Failed, "The file is not a video.", "media_invalid")));
        Assert.That(_bench.ObjectFiles.Concat(_bench.ScratchFiles), Is.Empty);
    }

    [Test]
    public async Task Only_when_retries_are_used_up_does_a_transient_fault_fail_the_dub()
    {
        for (var i = 0; i < _bench.Options.Retries.MaxFaults; i++)
        {
            Assert.That(async () => await RunAsync(Failing()), Throws.TypeOf<TransientDubException>());
            Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Running));
        }

        Assert.That(async () => await RunAsync(Failing()), Throws.TypeOf<PermanentDubException>());
        Assert.That((await _bench.FindAsync()).Exception, Is.EqualTo("The speech engine did not answer."));

        IDubStep[] Failing() => _bench.Steps((_, _, _) => throw new TransientDubException("The speech engine did not answer."));
    }

    [Test]
    public async Task A_dub_that_kills_whoever_works_on_it_fails_and_does_not_do_so_for_ever()
    {
        for (var kills = 0; kills < 21; kills++)
        {
            var heldAt = TimeProvider.System.GetUtcNow().AddHours(-1);
            Assert.That(await _bench.Progress.ClaimAsync(_bench.Order.RequestId, heldAt, heldAt, default), Is.Not.Null);
            await _bench.Sweeper(TimeProvider.System).ResumeAllAsync(default);
        }

        Assert.That(async () => await RunAsync(_bench.Steps()), Throws.TypeOf<PermanentDubException>());

        var failed = await _bench.FindAsync();
        Assert.That((failed.State, failed.ExceptionCode), Is.EqualTo((DubState.Failed, FailureCode.RetriesUsedUp)));
        Assert.That(_bench.Ran, Is.Empty);
    }

    [Test]
    public async Task A_dub_whose_worker_was_killed_counts_it_when_another_takes_it_over_and_goes_on()
    {
        var died = TimeProvider.System.GetUtcNow().AddHours(-1);
        await _bench.Progress.ClaimAsync(_bench.Order.RequestId, died, died, default);
        var counted = (Kills: 0, Faults: 0);

        await RunAsync(_bench.Steps(async (name, _, _) =>
        {
            if (name == "transcribe" && await _bench.FindAsync() is var taken)
                counted = (taken.Kills, taken.Faults);
        }));

        var done = await _bench.FindAsync();
        Assert.That((counted, done.State, done.Kills), Is.EqualTo(((1, 0), DubState.Complete, 0)));
    }

    [Test]
    public async Task A_dub_is_not_claimed_while_no_folder_can_be_made_for_it()
    {
        await _bench.BlockScratchAsync();

        Assert.That(async () => await RunAsync(_bench.Steps()), Throws.InstanceOf<IOException>());

        Assert.That((await _bench.FindAsync()).Attempt, Is.Zero);
    }

    [Test]
    public async Task An_unforeseen_error_never_shows_its_text_to_the_user()
    {
        _bench.Options.Retries.MaxFaults = 0;

        Assert.That(
            async () => await RunAsync(_bench.Steps((_, _, _) => throw new InvalidOperationException("/var/secret at host db7"))),
            Throws.TypeOf<PermanentDubException>());

        Assert.That((await _bench.FindAsync()).Exception, Does.Not.Contain("secret").And.Not.Contain("db7"));
    }

    [Test]
    public async Task A_shutdown_lets_go_of_the_dub_unfailed_and_another_attempt_finishes_it()
    {
        using var shutdown = new CancellationTokenSource();
        var steps = _bench.Steps(async (name, _, ct) =>
        {
            if (name != "speak")
                return;
            await shutdown.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
        });

        Assert.That(
            async () => await _bench.Job(steps).RunAsync(_bench.Order.RequestId, shutdown.Token),
            Throws.InstanceOf<OperationCanceledException>());
        var released = await _bench.FindAsync();
        Assert.That((released.State, released.HeartbeatAt, released.Faults), Is.EqualTo((DubState.Running, (DateTimeOffset?)null, 0)));

        await RunAsync(_bench.Steps());
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task An_attempt_that_was_superseded_stops_and_marks_nothing()
    {
        var steps = _bench.Steps(async (name, _, ct) =>
        {
            if (name == "translate")
            {
                await _bench.Progress.ClaimAsync(_bench.Order.RequestId, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, default);
                await Task.Delay(Timeout.Infinite, ct);
            }
        });

        await RunAsync(steps);

        var held = await _bench.FindAsync();
        Assert.That((held.Attempt, held.State, held.Faults), Is.EqualTo((2, DubState.Running, 0)));
    }

    [Test]
    public async Task What_a_step_made_after_another_took_the_dub_is_removed()
    {
        var steps = _bench.Steps((_, _, _) => Task.CompletedTask);

        await RunAsync([.. steps[..^1], new LateStep(steps[^1], () =>
            _bench.Progress.ClaimAsync(_bench.Order.RequestId, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, default))]);

        Assert.That(await _bench.Objects.ListAsync("results/", default), Is.Empty);
        Assert.That((await _bench.FindAsync()).Attempt, Is.EqualTo(2));
    }

    /// <summary>A step that is done, and does not say so before the attempt has learnt that it holds the dub no more.</summary>
    private sealed class LateStep(IDubStep inner, Func<Task> takeAway) : IDubStep
    {
        public string Name => inner.Name;

        public async Task RunAsync(DubContext context, CancellationToken ct)
        {
            await inner.RunAsync(context, ct);
            await takeAway();
            await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [Test]
    public async Task Percent_and_heartbeat_move_while_a_step_works()
    {
        var half = StepPlan.Rows.Single(row => row.Name == "transcribe").EndsAtPercent / 2;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var steps = _bench.Steps(async (name, context, ct) =>
        {
            if (name != "transcribe")
                return;
            context.Progress.Report(0.5);
            while ((await _bench.FindAsync()).Percent < half)
                await Task.Delay(10, deadline.Token);
        });

        await RunAsync(steps);

        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task Step_segments_and_warnings_are_told_while_the_step_works()
    {
        DubActivity? told = null;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var steps = _bench.Steps(async (name, context, ct) =>
        {
            if (name == "translate")
                context.Warn(WarningCode.DraftTranslation, "Have a person read it.");
            if (name != "speak")
                return;
            context.Count(12, 40);
            context.Warn(WarningCode.VoicesUnused, "Nobody speaks so.");
            while (told?.SegmentsDone is null && !deadline.IsCancellationRequested)
                told = (await _bench.FindAsync()).Activity;
        });

        await RunAsync(steps);

        Assert.That((told!.Step, told.SegmentsDone, told.SegmentsTotal), Is.EqualTo(("speak", 12, 40)));
        Assert.That(told.Warnings.Select(w => w.Code.Value), Is.EqualTo(new[] { "draft_translation", "voices_unused" }));
    }

    [Test]
    public async Task An_attempt_that_goes_on_tells_the_warnings_of_the_steps_before_it()
    {
        var steps = _bench.Steps((name, context, _) =>
        {
            if (name == "translate")
                context.Warn(WarningCode.DraftTranslation, "Have a person read it.");
            return name == "speak" ? throw new IOException("cable") : Task.CompletedTask;
        });
        Assert.That(async () => await RunAsync(steps), Throws.TypeOf<TransientDubException>());
        DubActivity? told = null;

        await RunAsync(_bench.Steps(async (name, _, _) => told = name == "render" ? (await _bench.FindAsync()).Activity : told));

        Assert.That((told!.Step, told.Warnings.Single().Code.Value), Is.EqualTo(("render", "draft_translation")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Who_is_to_be_told_of_the_end_is_written_down_with_it(bool succeeds)
    {
        _bench.Order = Samples.Order() with { Callback = new DubCallback("https://example.com/", "https://dub.example.com/") };
        await _bench.AcceptAsync();
        var error = new PermanentDubException(FailureCode.MediaInvalid, "The file is not a video.");

        if (succeeds)
            await RunAsync(_bench.Steps());
        else
            Assert.That(async () => await RunAsync(_bench.StepsFailingAt("translate", error)), Throws.TypeOf<PermanentDubException>());

        var prepared = (await _bench.Outbox.FindAsync(_bench.Order.RequestId, default)).Single();
        Assert.That((prepared.Attempt, prepared.NextAt < TimeProvider.System.GetUtcNow()), Is.EqualTo((1, true)));
        Assert.That(
            prepared.CreatedAt, Is.LessThanOrEqualTo((await _bench.FindAsync()).UpdatedAt), "before the end, so that none is lost between");
    }

    [Test]
    public async Task Nobody_is_told_of_a_dub_that_nobody_asked_to_be_told_of()
    {
        await RunAsync(_bench.Steps());

        Assert.That(await _bench.Outbox.FindAsync(_bench.Order.RequestId, default), Is.Empty);
    }

    [Test]
    public async Task A_dub_that_another_living_attempt_holds_is_left_alone()
    {
        await _bench.Progress.ClaimAsync(_bench.Order.RequestId, TimeProvider.System.GetUtcNow(), default, default);

        await RunAsync(_bench.Steps());

        Assert.That(_bench.Ran, Is.Empty);
    }

    private Task RunAsync(IDubStep[] steps) => _bench.Job(steps).RunAsync(_bench.Order.RequestId, default);
}
