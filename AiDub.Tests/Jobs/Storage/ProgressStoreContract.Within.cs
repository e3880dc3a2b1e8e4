using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <content>How many dubs of a user run again that were at their end.</content>
public abstract partial class ProgressStoreContract
{
    [Test]
    public async Task Of_failed_dubs_that_are_retried_at_once_as_many_run_as_may()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var failed = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => FailedAsync(user)));

        var outcomes = await Task.WhenAll(failed.Select(dub => Task.Run(() => Store.SaveFailedWithinAsync(Retried(dub), 5, default))));

        await AssertFiveBeganAsync(user, failed, outcomes);
    }

    [Test]
    public async Task Of_dubs_that_are_rendered_again_at_once_as_many_run_as_may_whether_or_not_they_have_a_document()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var failed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => FailedAsync(user)));
        var all = failed.Concat(Accepted(user, 6)).ToList();

        var outcomes = await Task.WhenAll(all.Select(dub => Task.Run(() => Store.RestartWithinAsync(Again(dub), 5, default))));

        await AssertFiveBeganAsync(user, failed, outcomes);
    }

    [Test]
    public async Task A_dub_that_runs_is_none_too_many_and_no_other_users_are_counted()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var (first, second, others) = (await FailedAsync(user), await FailedAsync(user), await FailedAsync(user - 1));

        Assert.That(await Store.SaveFailedWithinAsync(Retried(first), 1, default), Is.EqualTo(Rerun.Begun));

        Assert.That(await Store.SaveFailedWithinAsync(Retried(first), 1, default), Is.EqualTo(Rerun.Refused));
        Assert.That(await Store.RestartWithinAsync(Again(first), 1, default), Is.EqualTo(Rerun.Refused));
        Assert.That(await Store.SaveFailedWithinAsync(Retried(second), 1, default), Is.EqualTo(Rerun.TooMany));
        Assert.That(await Store.RestartWithinAsync(Again(second), 1, default), Is.EqualTo(Rerun.TooMany));
        Assert.That(await Store.SaveFailedWithinAsync(Retried(others), 1, default), Is.EqualTo(Rerun.Begun));
        Assert.That(await Store.FindAsync(second.RequestId, default), Is.EqualTo(second), "nothing was written");
    }

    private async Task AssertFiveBeganAsync(long user, IReadOnlyList<DubProgress> failed, IReadOnlyList<Rerun> outcomes)
    {
        Assert.That(outcomes.Count(outcome => outcome == Rerun.Begun), Is.EqualTo(5));
        Assert.That(outcomes.Count(outcome => outcome == Rerun.TooMany), Is.EqualTo(outcomes.Count - 5));
        Assert.That(await Store.CountRunningAsync(user, default), Is.EqualTo(5));
        for (var i = 0; i < failed.Count; i++)
        {
            var isFailed = (await Store.FindAsync(failed[i].RequestId, default))!.State == DubState.Failed;
            Assert.That(isFailed, Is.EqualTo(outcomes[i] == Rerun.TooMany), "what was refused stays as it is");
        }
    }

    private static DubProgress Retried(DubProgress failed) => failed.Apply(new DubTransition.Retry(), Now);

    private async Task<DubProgress> FailedAsync(long user)
    {
        var dub = DubProgress.Accept(Samples.Order(userId: user), Now.AddSeconds(-1));
        await Store.AddAsync(dub, default);
        var failed = (await Store.ClaimAsync(dub.RequestId, Now, Long, default))!.Apply(
            new DubTransition.Fail(FailureCode.RetriesUsedUp, "It kept failing.", Now.AddDays(7)) { KeptUntil = Now.AddHours(1) }, Now);
        Assert.That(await Store.SaveAsync(failed, default), Is.True);
        return failed;
    }
}
