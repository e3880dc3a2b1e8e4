using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing;

public sealed class DubbingJobTests : JobFixture
{
    [Test]
    public async Task A_dub_goes_through_its_steps_in_order_to_Status_5_and_the_main_table()
    {
        await RunAsync(Bench.Steps());

        var done = await Bench.FindAsync();
        Assert.That(Bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "render" }));
        Assert.That((done.State, done.Percent, done.Stage.ToWire()), Is.EqualTo((DubState.Complete, 100, "Status_5")));
        Assert.That(done.FinalResponse!.Report.StepSeconds.Keys, Is.EqualTo(Bench.Ran));
        Assert.That(
            (await Bench.Dubs.FindAsync(Bench.Order.RequestId, default))!.Response.ResultKey, Is.EqualTo(done.FinalResponse.ResultKey));
    }

    [Test]
    public async Task A_finished_dub_leaves_no_scratch_file_and_no_media_but_its_result()
    {
        await RunAsync(Bench.Steps((_, context, ct) => File.WriteAllTextAsync(Path.Combine(context.Scratch, "half.wav"), "x", ct)));

        Assert.That(Bench.ScratchFiles, Is.Empty);
        Assert.That(
            Bench.ObjectFiles.Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).Select(Path.GetFileName),
            Is.EqualTo(new[] { "dubbed.mp4" }));
    }

    [Test]
    public async Task A_job_that_is_delivered_again_does_nothing()
    {
        await RunAsync(Bench.Steps());
        var done = await Bench.FindAsync();

        await RunAsync(Bench.Steps());

        Assert.That(Bench.Ran, Has.Count.EqualTo(4));
        Assert.That((await Bench.FindAsync()).UpdatedAt, Is.EqualTo(done.UpdatedAt));
    }

    [Test]
    public async Task Steps_done_before_a_fault_are_not_done_again()
    {
        Assert.That(
            async () => await RunAsync(Bench.StepsFailingAt("speak", new IOException("cable"))), Throws.TypeOf<TransientDubException>());
        Assert.That((await Bench.FindAsync()).Faults, Is.EqualTo(1));

        await RunAsync(Bench.Steps());

        Assert.That(Bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "speak", "render" }));
        Assert.That((await Bench.FindAsync()).FinalResponse!.Report.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task A_permanent_error_fails_the_dub_at_once_and_leaves_nothing_but_its_reason()
    {
        var error = new PermanentDubException(FailureCode.MediaInvalid, "The file is not a video.");

        Assert.That(async () => await RunAsync(Bench.StepsFailingAt("translate", error)), Throws.TypeOf<PermanentDubException>());

        var failed = await Bench.FindAsync();
        Assert.That(
            (failed.State, failed.Exception, failed.ExceptionCode?.Value),
            Is.EqualTo((DubState.Failed, "The file is not a video.", "media_invalid")));
        Assert.That(Bench.ObjectFiles.Concat(Bench.ScratchFiles), Is.Empty);
    }

    [Test]
    public async Task Only_when_retries_are_used_up_does_a_transient_fault_fail_the_dub()
    {
        for (var i = 0; i < Bench.Options.Retries.MaxFaults; i++)
        {
            Assert.That(async () => await RunAsync(Failing()), Throws.TypeOf<TransientDubException>());
            Assert.That((await Bench.FindAsync()).State, Is.EqualTo(DubState.Running));
        }

        Assert.That(async () => await RunAsync(Failing()), Throws.TypeOf<PermanentDubException>());
        Assert.That((await Bench.FindAsync()).Exception, Is.EqualTo("The speech engine did not answer."));

        IDubStep[] Failing() => Bench.Steps((_, _, _) => throw new TransientDubException("The speech engine did not answer."));
    }

    [Test]
    public async Task An_unforeseen_error_never_shows_its_text_to_the_user()
    {
        Bench.Options.Retries.MaxFaults = 0;

        Assert.That(
            async () => await RunAsync(Bench.Steps((_, _, _) => throw new InvalidOperationException("/var/secret at host db7"))),
            Throws.TypeOf<PermanentDubException>());

        Assert.That((await Bench.FindAsync()).Exception, Does.Not.Contain("secret").And.Not.Contain("db7"));
    }
}
