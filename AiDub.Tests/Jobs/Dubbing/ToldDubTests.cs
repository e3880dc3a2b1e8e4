using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing;

/// <summary>What a dub tells while it is worked on, and whom of its end.</summary>
public sealed class ToldDubTests : JobFixture
{
    [Test]
    public async Task Percent_and_heartbeat_move_while_a_step_works()
    {
        var half = StepPlan.Rows.Single(row => row.Name == "transcribe").EndsAtPercent / 2;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var steps = Bench.Steps(async (name, context, ct) =>
        {
            if (name != "transcribe")
                return;
            context.Progress.Report(0.5);
            while ((await Bench.FindAsync()).Percent < half)
                await Task.Delay(10, deadline.Token);
        });

        await RunAsync(steps);

        Assert.That((await Bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task Step_segments_and_warnings_are_told_while_the_step_works()
    {
        DubActivity? told = null;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var steps = Bench.Steps(async (name, context, ct) =>
        {
            if (name == "translate")
                context.Warn(WarningCode.DraftTranslation, "Have a person read it.");
            if (name != "speak")
                return;
            context.Count(12, 40);
            context.Warn(WarningCode.VoicesUnused, "Nobody speaks so.");
            while (told?.SegmentsDone is null && !deadline.IsCancellationRequested)
                told = (await Bench.FindAsync()).Activity;
        });

        await RunAsync(steps);

        Assert.That((told!.Step, told.SegmentsDone, told.SegmentsTotal), Is.EqualTo(("speak", 12, 40)));
        Assert.That(told.Warnings.Select(w => w.Code.Value), Is.EqualTo(new[] { "draft_translation", "voices_unused" }));
    }

    [Test]
    public async Task An_attempt_that_goes_on_tells_the_warnings_of_the_steps_before_it()
    {
        var steps = Bench.Steps((name, context, _) =>
        {
            if (name == "translate")
                context.Warn(WarningCode.DraftTranslation, "Have a person read it.");
            return name == "speak" ? throw new IOException("cable") : Task.CompletedTask;
        });
        Assert.That(async () => await RunAsync(steps), Throws.TypeOf<TransientDubException>());
        DubActivity? told = null;

        await RunAsync(Bench.Steps(async (name, _, _) => told = name == "render" ? (await Bench.FindAsync()).Activity : told));

        Assert.That((told!.Step, told.Warnings.Single().Code.Value), Is.EqualTo(("render", "draft_translation")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Who_is_to_be_told_of_the_end_is_written_down_with_it(bool succeeds)
    {
        Bench.Order = Samples.Order() with { Callback = new DubCallback("https://example.com/", "https://dub.example.com/") };
        await Bench.AcceptAsync();
        var error = new PermanentDubException(FailureCode.MediaInvalid, "The file is not a video.");

        if (succeeds)
            await RunAsync(Bench.Steps());
        else
            Assert.That(async () => await RunAsync(Bench.StepsFailingAt("translate", error)), Throws.TypeOf<PermanentDubException>());

        var prepared = (await Bench.Outbox.FindAsync(Bench.Order.RequestId, default)).Single();
        Assert.That((prepared.Attempt, prepared.NextAt < TimeProvider.System.GetUtcNow()), Is.EqualTo((1, true)));
        Assert.That(
            prepared.CreatedAt, Is.LessThanOrEqualTo((await Bench.FindAsync()).UpdatedAt), "before the end, so that none is lost between");
    }

    [Test]
    public async Task Nobody_is_told_of_a_dub_that_nobody_asked_to_be_told_of()
    {
        await RunAsync(Bench.Steps());

        Assert.That(await Bench.Outbox.FindAsync(Bench.Order.RequestId, default), Is.Empty);
    }
}
