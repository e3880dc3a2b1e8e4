using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing;

/// <summary>What becomes of a dub of which something is gone that its steps had made.</summary>
public sealed class LostWorkTests
{
    private JobBench _bench = null!;

    private DubRetries Retries => new(_bench.Progress, _bench.Intake, TimeProvider.System);

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        await _bench.AcceptAsync();
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("transcript.json", "transcribe translate speak render")]
    [TestCase("translation.json", "translate speak render")]
    [TestCase("speech.json", "speak render")]
    [TestCase("dubbed.mp4", "render")]
    public async Task What_a_step_had_made_and_is_gone_is_made_again_with_all_that_was_made_of_it(string gone, string again)
    {
        Assert.That(async () => await RunAsync(_bench.StepsFailingAt("render", new IOException("cable"))), Throws.Exception);
        var steps = _bench.Steps();
        Assert.That(
            async () => await RunAsync([.. steps[..^1], new FollowedStep(steps[^1], () => File.Delete(Object(gone)))]),
            Throws.TypeOf<TransientDubException>().With.Property("Lost").EndsWith(gone));
        _bench.Ran.Clear();

        await RunAsync(_bench.Steps());

        Assert.That(_bench.Ran, Is.EqualTo(again.Split(' ')));
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
        Assert.That(Object("dubbed.mp4"), Does.Exist);
    }

    [Test]
    public async Task What_a_disk_that_was_cut_off_kept_only_as_an_empty_file_is_made_again_too()
    {
        Assert.That(async () => await RunAsync(_bench.StepsFailingAt("render", new IOException("cable"))), Throws.Exception);
        var steps = _bench.Steps();
        Assert.That(
            async () => await RunAsync(
                [.. steps[..^1], new FollowedStep(steps[^1], () => File.WriteAllText(Object("transcript.json"), ""))]),
            Throws.TypeOf<TransientDubException>().With.Property("Lost").EndsWith("transcript.json"));

        await RunAsync(_bench.Steps());

        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [TestCase("transcript.json", "transcribe translate speak render")]
    [TestCase("dubbed.mp4", "render")]
    public async Task What_is_gone_when_retries_are_used_up_is_made_again_by_who_retries_the_dub(string gone, string again)
    {
        _bench.Options.Retries.MaxFaults = 0;
        var steps = _bench.Steps();
        Assert.That(
            async () => await RunAsync([.. steps[..^1], new FollowedStep(steps[^1], () => File.Delete(Object(gone)))]),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.RetriesUsedUp));
        _bench.Ran.Clear();

        Assert.That((await _bench.FindAsync()).KeptUntil, Is.GreaterThan(TimeProvider.System.GetUtcNow()), "it may be retried");
        Assert.That(await Retries.RetryAsync(_bench.Order.RequestId, null, default), Is.EqualTo(RetryOutcome.Retried));
        await RunAsync(_bench.Steps());

        Assert.That(_bench.Ran, Is.EqualTo(again.Split(' ')));
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task What_is_gone_and_cannot_be_made_again_fails_the_dub_as_not_kept_and_no_retry_is_offered(bool isOfBatch, int revision)
    {
        _bench.Options.Retries.MaxFaults = 0;
        var order = Samples.Order();
        _bench.Order = order with
        {
            Batch = isOfBatch ? new DubBatch(Guid.NewGuid(), [order.RequestId, Guid.NewGuid()]) : null,
            Revision = revision,
        };
        await _bench.AcceptAsync();
        var gone = new TransientDubException("It is not where it was stored.") { Lost = "work/x/transcript.json" };

        Assert.That(
            async () => await RunAsync(_bench.Steps((_, _, _) => throw gone)),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.NotKept));

        var failed = await _bench.FindAsync();
        Assert.That((failed.ExceptionCode, failed.KeptUntil), Is.EqualTo((FailureCode.NotKept, (DateTimeOffset?)null)));
        Assert.That(await Retries.RetryAsync(_bench.Order.RequestId, null, default), Is.EqualTo(RetryOutcome.NotKept));
    }

    private string Object(string name) => _bench.ObjectFiles.Single(path => Path.GetFileName(path) == name);

    private sealed class FollowedStep(IDubStep inner, Action then) : IDubStep
    {
        public string Name => inner.Name;

        public async Task RunAsync(DubContext context, CancellationToken ct)
        {
            await inner.RunAsync(context, ct);
            then();
        }
    }

    private Task RunAsync(IDubStep[] steps) => _bench.Job(steps).RunAsync(_bench.Order.RequestId, default);
}
