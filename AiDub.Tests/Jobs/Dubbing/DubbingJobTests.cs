using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
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
    public async Task An_unforeseen_error_never_shows_its_text_to_the_user()
    {
        _bench.Options.Retries.MaxFaults = 0;

        Assert.That(
            async () => await RunAsync(_bench.Steps((_, _, _) => throw new InvalidOperationException("/var/secret at host db7"))),
            Throws.TypeOf<PermanentDubException>());

        Assert.That((await _bench.FindAsync()).Exception, Does.Not.Contain("secret").And.Not.Contain("db7"));
    }

    private Task RunAsync(IDubStep[] steps) => _bench.Job(steps).RunAsync(_bench.Order.RequestId, default);
}
