using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Retention;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Retention;

/// <summary>When the voices of speakers go, and that nobody waits for an engine that is out of order.</summary>
public sealed class ClonedVoiceRemovalTests
{
    private JobBench _bench = null!;

    [SetUp]
    public void Open()
    {
        _bench = new JobBench();
        _bench.Options.Retention.KeepEditableHours = 24;
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task They_go_once_an_engine_that_was_out_of_order_is_back_and_other_dubs_do_not_wait_for_it()
    {
        var cloned = await DubAsync(Cloned());
        var plain = await DubAsync(Samples.Order());
        _bench.Cloner.RefusesRemoval = new TransientDubException("Fake is out of order.");

        await SweepAsync();

        Assert.That((await _bench.Dubs.FindAsync(cloned, default))!.EditableUntil, Is.Not.Null, "it is looked at again");
        Assert.That((await _bench.Dubs.FindAsync(plain, default))!.EditableUntil, Is.Null);
        Assert.That(_bench.ObjectFiles.Where(f => f.Contains("/work/", StringComparison.Ordinal)), Is.Empty);

        _bench.Cloner.RefusesRemoval = null;
        await SweepAsync();

        Assert.That(_bench.Cloner.Removed, Is.EqualTo(new[] { cloned }));
        Assert.That((await _bench.Dubs.FindAsync(cloned, default))!.EditableUntil, Is.Null);
    }

    [Test]
    public async Task An_engine_that_refuses_for_good_keeps_no_dub()
    {
        var cloned = await DubAsync(Cloned());
        _bench.Cloner.RefusesRemoval = new PermanentDubException(FailureCode.VoiceUnknown, "Fake knows no such voice.");

        await SweepAsync();

        Assert.That((await _bench.Dubs.FindAsync(cloned, default))!.EditableUntil, Is.Null);
    }

    [Test]
    public async Task A_dub_is_cancelled_also_while_an_engine_is_out_of_order_and_the_sweeper_removes_its_voices()
    {
        _bench.Order = Cloned();
        await _bench.AcceptAsync();
        _bench.Cloner.RefusesRemoval = new TransientDubException("Fake is out of order.");

        var cancelled = await new DubCancellation(
            _bench.Progress, _bench.Removal, _bench.Intake, _bench.Options, TimeProvider.System, NullLogger<DubCancellation>.Instance)
            .CancelAsync(_bench.Order.RequestId, default);

        Assert.That(cancelled!.State, Is.EqualTo(DubState.Failed));
        await SweepAsync();
        Assert.That(_bench.Cloner.Removed, Is.Empty);
        _bench.Cloner.RefusesRemoval = null;
        await SweepAsync();
        Assert.That(_bench.Cloner.Removed, Does.Contain(_bench.Order.RequestId));
    }

    private static DubOrder Cloned() =>
        Samples.Order() with { RequestId = Guid.NewGuid(), Voices = new Dictionary<string, string> { ["S1"] = "clone" } };

    private async Task<Guid> DubAsync(DubOrder order)
    {
        _bench.Order = order;
        await _bench.AcceptAsync();
        await _bench.Job(_bench.Steps()).RunAsync(order.RequestId, default);
        return order.RequestId;
    }

    private async Task SweepAsync()
    {
        var clock = Samples.Clock();
        clock.Advance(TimeProvider.System.GetUtcNow().AddHours(30) - clock.GetUtcNow());
        using var sweeper = _bench.Sweeper(clock);
        await sweeper.SweepAsync(default);
    }
}
