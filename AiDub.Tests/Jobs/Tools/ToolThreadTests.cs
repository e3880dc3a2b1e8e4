using AiDub.Jobs.Tools;

namespace AiDub.Tests.Jobs.Tools;

/// <summary>
/// One tool whose start is stuck, as on a dead network drive, is no other tool's business; one that is cancelled as it starts is ended.
/// </summary>
public sealed class ToolThreadTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task A_start_that_is_stuck_holds_up_no_other_and_can_be_cancelled(CancellationToken ct)
    {
        using var release = new ManualResetEventSlim();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var stuck = ToolThread.RunAsync(() => release.Wait(Timeout.Infinite), cancel.Token);

        Assert.That(await ToolThread.RunAsync(() => 7, ct), Is.EqualTo(7));
        await cancel.CancelAsync();

        Assert.That(async () => await stuck, Throws.InstanceOf<OperationCanceledException>());
        release.Set();
    }

    [Test]
    public async Task A_start_that_is_under_way_when_it_is_cancelled_is_waited_for_so_that_somebody_ends_what_it_starts()
    {
        using var cancelled = new CancellationTokenSource();
        using var goesOn = new ManualResetEventSlim();
        var underWay = new TaskCompletionSource();
        var started = ToolThread.RunAsync(
            () =>
            {
                underWay.SetResult();
                goesOn.Wait();
                return "a process";
            },
            cancelled.Token);
        await underWay.Task;

        await cancelled.CancelAsync();
        goesOn.Set();

        Assert.That(await started, Is.EqualTo("a process"));
    }

    [Test]
    public void What_was_cancelled_before_its_turn_is_not_started()
    {
        var isStarted = false;

        Assert.That(
            async () => await ToolThread.RunAsync(() => isStarted = true, new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(isStarted, Is.False);
    }
}
