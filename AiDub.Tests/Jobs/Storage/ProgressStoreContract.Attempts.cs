using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Tests.Jobs.Storage;

/// <content>Who may work on a dub, and what the holder writes.</content>
public abstract partial class ProgressStoreContract
{
    [Test]
    public async Task A_claim_takes_the_next_attempt_number_and_beats()
    {
        var added = await AddAsync();

        var claimed = await Store.ClaimAsync(added.RequestId, Now, Long, default);

        Assert.That(claimed, Is.EqualTo(added with { Attempt = 1, HeartbeatAt = Now, UpdatedAt = Now }));
    }

    [Test]
    public async Task A_dub_with_a_living_attempt_is_not_claimed_but_one_with_a_dead_attempt_is()
    {
        var added = await AddAsync();
        await Store.ClaimAsync(added.RequestId, Now, Long, default);

        Assert.That(await Store.ClaimAsync(added.RequestId, Now.AddSeconds(5), Now.AddSeconds(-25), default), Is.Null);
        Assert.That(
            await Store.ClaimAsync(added.RequestId, Now.AddSeconds(60), Now.AddSeconds(30), default),
            Has.Property("Attempt").EqualTo(2));
    }

    [Test]
    public async Task Of_many_claims_at_once_one_wins()
    {
        var added = await AddAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ =>
            Task.Run(() => Store.ClaimAsync(added.RequestId, Now, Long, default))));

        Assert.That(claims.Count(c => c is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_holder_saves_is_found()
    {
        var claimed = await ClaimAsync();
        var next = claimed.Apply(new DubTransition.Advance(DubStage.Translating, 52), Now.AddSeconds(1));

        Assert.That(await Store.SaveAsync(next, default), Is.True);
        Assert.That(await Store.FindAsync(next.RequestId, default), Is.EqualTo(next));
    }

    [Test]
    public async Task How_often_whoever_worked_on_a_dub_was_killed_is_found_until_it_gets_on()
    {
        var claimed = await ClaimAsync();
        var takenOver = claimed
            .Apply(new DubTransition.TakeOver(), Now.AddSeconds(1))
            .Apply(new DubTransition.TakeOver(), Now.AddSeconds(2));
        await Store.SaveAsync(takenOver, default);

        Assert.That((await Store.FindAsync(claimed.RequestId, default))!.Kills, Is.EqualTo(2));

        await Store.SaveAsync(takenOver.Apply(new DubTransition.Advance(DubStage.Translating, 52), Now.AddSeconds(3)), default);
        Assert.That((await Store.FindAsync(claimed.RequestId, default))!.Kills, Is.Zero);
    }

    [Test]
    public async Task What_is_being_done_is_found_as_the_holder_told_it_and_outlives_its_claim()
    {
        var claimed = await ClaimAsync();
        var activity = new DubActivity
        {
            Step = "speak",
            SegmentsDone = 12,
            SegmentsTotal = 40,
            EtaSeconds = 35,
            Warnings = [new DubWarning(WarningCode.StreamsDropped, "\"data\" $1 ü")],
        };
        var next = claimed.Apply(new DubTransition.Advance(DubStage.Speaking, 66) { Activity = activity }, Now.AddSeconds(1));
        await Store.SaveAsync(next, default);

        Assert.That((await Store.FindAsync(next.RequestId, default))!.Activity, Is.EqualTo(activity with { Version = next.Version }));
        Assert.That(
            (await Store.ClaimAsync(next.RequestId, Now.AddMinutes(5), Now.AddMinutes(4), default))!.Activity, Is.EqualTo(next.Activity));
    }

    [Test]
    public async Task A_stale_attempt_writes_nothing()
    {
        var stale = await ClaimAsync();
        var holder = await Store.ClaimAsync(stale.RequestId, Now.AddMinutes(5), Now.AddMinutes(4), default);

        Assert.That(await Store.SaveAsync(stale.Apply(new DubTransition.Fail(FailureCode.Of("x"), "y", Now), Now), default), Is.False);
        Assert.That(await Store.FindAsync(stale.RequestId, default), Is.EqualTo(holder));
    }

    [Test]
    public async Task A_retry_that_arrives_after_the_dub_was_retried_and_cancelled_revives_nothing()
    {
        var failed = (await ClaimAsync()).Apply(
            new DubTransition.Fail(FailureCode.RetriesUsedUp, "It kept failing.", Now.AddDays(7)) { KeptUntil = Now.AddHours(1) }, Now);
        await Store.SaveAsync(failed, default);
        var retried = failed.Apply(new DubTransition.Retry(), Now);
        await Store.SaveFailedAsync(retried, default);
        var cancelled = retried.Apply(new DubTransition.Cancel(Now.AddDays(7)), Now);
        await Store.SaveAsync(cancelled, default);

        Assert.That(await Store.SaveFailedAsync(retried, default), Is.False);

        Assert.That(await Store.FindAsync(failed.RequestId, default), Is.EqualTo(cancelled));
        Assert.That(await Store.SaveFailedAsync(cancelled.Apply(new DubTransition.Clean(), Now), default), Is.True);
    }
}
