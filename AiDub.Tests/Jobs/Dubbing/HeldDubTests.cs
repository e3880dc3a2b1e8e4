using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing;

/// <summary>Who holds a dub, and what happens when whoever does is killed, stopped or superseded.</summary>
public sealed class HeldDubTests : JobFixture
{
    [Test]
    public async Task A_dub_that_kills_whoever_works_on_it_fails_and_does_not_do_so_for_ever()
    {
        for (var kills = 0; kills < 21; kills++)
        {
            var heldAt = TimeProvider.System.GetUtcNow().AddHours(-1);
            Assert.That(await Bench.Progress.ClaimAsync(Bench.Order.RequestId, heldAt, heldAt, default), Is.Not.Null);
            await Bench.Sweeper(TimeProvider.System).ResumeAllAsync(default);
        }

        Assert.That(async () => await RunAsync(Bench.Steps()), Throws.TypeOf<PermanentDubException>());

        var failed = await Bench.FindAsync();
        Assert.That((failed.State, failed.ExceptionCode), Is.EqualTo((DubState.Failed, FailureCode.RetriesUsedUp)));
        Assert.That(Bench.Ran, Is.Empty);
    }

    [Test]
    public async Task A_dub_whose_worker_was_killed_counts_it_when_another_takes_it_over_and_goes_on()
    {
        var died = TimeProvider.System.GetUtcNow().AddHours(-1);
        await Bench.Progress.ClaimAsync(Bench.Order.RequestId, died, died, default);
        var counted = (Kills: 0, Faults: 0);

        await RunAsync(Bench.Steps(async (name, _, _) =>
        {
            if (name == "transcribe" && await Bench.FindAsync() is var taken)
                counted = (taken.Kills, taken.Faults);
        }));

        var done = await Bench.FindAsync();
        Assert.That((counted, done.State, done.Kills), Is.EqualTo(((1, 0), DubState.Complete, 0)));
    }

    [Test]
    public async Task A_dub_is_not_claimed_while_no_folder_can_be_made_for_it()
    {
        await Bench.BlockScratchAsync();

        Assert.That(async () => await RunAsync(Bench.Steps()), Throws.InstanceOf<IOException>());

        Assert.That((await Bench.FindAsync()).Attempt, Is.Zero);
    }

    [Test]
    public async Task A_shutdown_lets_go_of_the_dub_unfailed_and_another_attempt_finishes_it()
    {
        using var shutdown = new CancellationTokenSource();
        var steps = Bench.Steps(async (name, _, ct) =>
        {
            if (name != "speak")
                return;
            await shutdown.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
        });

        Assert.That(
            async () => await Bench.Job(steps).RunAsync(Bench.Order.RequestId, shutdown.Token),
            Throws.InstanceOf<OperationCanceledException>());
        var released = await Bench.FindAsync();
        Assert.That((released.State, released.HeartbeatAt, released.Faults), Is.EqualTo((DubState.Running, (DateTimeOffset?)null, 0)));

        await RunAsync(Bench.Steps());
        Assert.That((await Bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task An_attempt_that_was_superseded_stops_and_marks_nothing()
    {
        var steps = Bench.Steps(async (name, _, ct) =>
        {
            if (name == "translate")
            {
                await Bench.Progress.ClaimAsync(Bench.Order.RequestId, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, default);
                await Task.Delay(Timeout.Infinite, ct);
            }
        });

        await RunAsync(steps);

        var held = await Bench.FindAsync();
        Assert.That((held.Attempt, held.State, held.Faults), Is.EqualTo((2, DubState.Running, 0)));
    }

    [Test]
    public async Task What_a_step_made_after_another_took_the_dub_is_removed()
    {
        var steps = Bench.Steps((_, _, _) => Task.CompletedTask);

        await RunAsync([.. steps[..^1], new LateStep(steps[^1], () =>
            Bench.Progress.ClaimAsync(Bench.Order.RequestId, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, default))]);

        Assert.That(await Bench.Objects.ListAsync("results/", default), Is.Empty);
        Assert.That((await Bench.FindAsync()).Attempt, Is.EqualTo(2));
    }

    [Test]
    public async Task A_dub_that_another_living_attempt_holds_is_left_alone()
    {
        await Bench.Progress.ClaimAsync(Bench.Order.RequestId, TimeProvider.System.GetUtcNow(), default, default);

        await RunAsync(Bench.Steps());

        Assert.That(Bench.Ran, Is.Empty);
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
}
