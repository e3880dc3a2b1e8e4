using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <content>How dubs fail, are cancelled, retried, delivered, expire and are made again.</content>
public abstract partial class ProgressStoreContract
{
    [Test]
    public async Task A_failed_dub_is_found_failed_and_is_claimed_and_saved_no_more()
    {
        var claimed = await ClaimAsync();
        var failed = claimed.Apply(new DubTransition.Fail(FailureCode.MediaInvalid, "It is not a video.", Now.AddDays(7)), Now);
        await Store.SaveAsync(failed, default);

        Assert.That(await Store.FindAsync(claimed.RequestId, default), Is.EqualTo(failed));
        Assert.That(await Store.ClaimAsync(claimed.RequestId, Now.AddHours(1), Now.AddHours(1), default), Is.Null);
        Assert.That(await Store.SaveAsync(claimed.Apply(new DubTransition.Advance(DubStage.Transcribing, 0), Now), default), Is.False);
        Assert.That(await Store.TakeCompleteAsync(claimed.Order.UserId, claimed.RequestId, default), Is.Null);
    }

    [Test]
    public async Task A_failed_dub_that_is_kept_runs_again_once_however_many_ask()
    {
        var claimed = await ClaimAsync();
        var failed = claimed.Apply(
            new DubTransition.Fail(FailureCode.RetriesUsedUp, "It kept failing.", Now.AddDays(7)) { KeptUntil = Now.AddHours(1) }, Now);
        await Store.SaveAsync(failed, default);
        var revived = failed.Apply(new DubTransition.Retry(), Now);

        var saved = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Store.SaveFailedAsync(revived, default))));

        Assert.That(saved.Count(s => s), Is.EqualTo(1));
        Assert.That(await Store.FindAsync(claimed.RequestId, default), Is.EqualTo(revived));
        Assert.That((await Store.ClaimAsync(claimed.RequestId, Now, Long, default))!.Attempt, Is.EqualTo(2));
    }

    [Test]
    public async Task Only_a_failed_dub_is_saved_as_one_and_only_under_its_attempt()
    {
        var running = await ClaimAsync();
        var failed = running.Apply(new DubTransition.Fail(FailureCode.Of("x"), "y", Now.AddDays(7)) { KeptUntil = Now }, Now);

        Assert.That(await Store.SaveFailedAsync(running, default), Is.False);
        await Store.SaveAsync(failed, default);
        Assert.That(await Store.SaveFailedAsync(failed with { Attempt = 7 }, default), Is.False);
        Assert.That(await Store.FindAsync(running.RequestId, default), Is.EqualTo(failed));
    }

    [Test]
    public async Task A_dub_is_cancelled_under_its_holder_who_then_writes_nothing_more()
    {
        var held = await ClaimAsync();
        var cancelled = held.Apply(new DubTransition.Cancel(Now.AddDays(7)), Now);

        Assert.That(await Store.SaveAsync(cancelled, default), Is.True);

        Assert.That(await Store.SaveAsync(held.Apply(new DubTransition.Advance(DubStage.Translating, 52), Now), default), Is.False);
        Assert.That(await Store.FindAsync(held.RequestId, default), Is.EqualTo(cancelled));
    }

    [Test]
    public async Task Failed_dubs_are_found_once_they_are_kept_no_longer_until_their_files_are_gone()
    {
        var failed = (await ClaimAsync()).Apply(new DubTransition.Fail(
            FailureCode.Of("x"), "y", Now.AddDays(7))
        { KeptUntil = Now.AddHours(1) }, Now);
        await Store.SaveAsync(failed, default);
        await AddAsync();

        Assert.That(await Store.FindUnkeptAsync(Now.AddMinutes(59), 1000, default), Does.Not.Contain(failed));
        Assert.That(await Store.FindUnkeptAsync(Now.AddMinutes(60), 1000, default), Does.Contain(failed));
        await Store.SaveFailedAsync(failed.Apply(new DubTransition.Clean(), Now), default);
        Assert.That(
            (await Store.FindUnkeptAsync(Now.AddHours(2), 1000, default)).Select(d => d.RequestId), Does.Not.Contain(failed.RequestId));
    }

    [Test]
    public async Task A_complete_dub_is_taken_by_its_user_once()
    {
        var complete = await CompleteAsync();

        Assert.That(await Store.TakeCompleteAsync(complete.Order.UserId + 1, complete.RequestId, default), Is.Null);
        var taken = await Store.TakeCompleteAsync(complete.Order.UserId, complete.RequestId, default);
        Assert.That(taken!.FinalResponse!.ResultKey, Is.EqualTo(complete.FinalResponse!.ResultKey));
        Assert.That(taken.FinalResponse.Report.StepSeconds["fetch"], Is.EqualTo(0.25));
        Assert.That(taken.FinalResponse.Warnings, Is.EqualTo(complete.FinalResponse.Warnings));
        Assert.That(await Store.TakeCompleteAsync(complete.Order.UserId, complete.RequestId, default), Is.Null);
        Assert.That(await Store.FindAsync(complete.RequestId, default), Is.Null);
    }

    [Test]
    public async Task A_running_dub_is_not_taken()
    {
        var claimed = await ClaimAsync();

        Assert.That(await Store.TakeCompleteAsync(claimed.Order.UserId, claimed.RequestId, default), Is.Null);
        Assert.That(await Store.FindAsync(claimed.RequestId, default), Is.Not.Null);
    }

    [Test]
    public async Task Of_a_hundred_readers_of_a_complete_dub_one_gets_it()
    {
        var complete = await CompleteAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            Task.Run(() => Store.TakeCompleteAsync(complete.Order.UserId, complete.RequestId, default))));

        Assert.That(taken.Count(t => t is not null), Is.EqualTo(1));
    }

    private static readonly DateTimeOffset Ahead = Now.AddMinutes(15);

    [Test]
    public async Task Untouched_running_dubs_are_stale_and_queueing_one_makes_it_fresh()
    {
        var old = await AddAsync(Now.AddMinutes(-10));
        var requeued = await AddAsync(Now.AddMinutes(-9));
        var fresh = await AddAsync(Now);
        var ofAnotherClock = await AddAsync(Now.AddHours(1));
        var complete = await CompleteAsync();
        var waiting = await AddAsync(Now.AddMinutes(-8));
        await Turns.BeginOfferAsync(requeued, Now, default);
        await Turns.OfferAsync(waiting.RequestId, new QueuedJob("job-1", "default"), Now.AddMinutes(-8), Now.AddMinutes(-8), default);

        var stale = (await Store.FindStaleAsync(Now.AddMinutes(-1), Ahead, null, 1000, default)).Select(d => d.RequestId).ToList();

        Assert.That(stale, Does.Contain(old.RequestId).And.Contain(ofAnotherClock.RequestId).And.Not.Contain(waiting.RequestId));
        Assert.That(stale, Does.Not.Contain(requeued.RequestId).And.Not.Contain(fresh.RequestId).And.Not.Contain(complete.RequestId));
    }

    [Test]
    public async Task Stale_dubs_are_found_a_page_at_a_time_the_one_left_alone_for_longest_first()
    {
        foreach (var minutes in new[] { 30, 50, 40, 40, 40 })
            await AddAsync(Now.AddMinutes(-minutes));

        var first = await Store.FindStaleAsync(Now.AddMinutes(-20), Ahead, null, 3, default);
        var rest = await Store.FindStaleAsync(Now.AddMinutes(-20), Ahead, first[^1], 3, default);

        Assert.That(first.Concat(rest).Select(d => d.UpdatedAt), Is.Ordered);
        Assert.That(
            (first.Count, first.Concat(rest).Select(d => d.RequestId).Distinct().Count()),
            Is.EqualTo((3, 5)),
            "each once, also those of one time");
    }

    [Test]
    public async Task Documents_that_expired_are_removed_and_no_others()
    {
        var complete = await CompleteAsync(expires: Now.AddHours(1));
        var running = await AddAsync();

        Assert.That(await Store.RemoveExpiredAsync(Now.AddMinutes(59), default), Does.Not.Contain(complete.RequestId));
        await Store.RemoveExpiredAsync(Now.AddMinutes(61), default);

        Assert.That(await Store.FindAsync(complete.RequestId, default), Is.Null);
        Assert.That(await Store.FindAsync(running.RequestId, default), Is.Not.Null);
    }

    [Test]
    public async Task A_complete_dub_is_made_again_in_place_of_its_document_once_however_many_ask()
    {
        var complete = await CompleteAsync();
        var again = Again(complete);

        var began = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.RestartAsync(again, default))));

        Assert.That(began.Count(b => b), Is.EqualTo(1));
        Assert.That(await Store.FindAsync(again.RequestId, default), Is.EqualTo(again with { JobId = null }));
        Assert.That((await Store.ClaimAsync(again.RequestId, Now, Long, default))!.Attempt, Is.EqualTo(again.Attempt + 1));
        Assert.That(await Store.SaveAsync(complete, default), Is.False, "the attempt that made it first writes nothing more");
    }

    [Test]
    public async Task An_end_that_is_written_once_more_because_its_answer_was_lost_does_not_end_the_next_rendering()
    {
        var complete = await CompleteAsync();
        var again = Again(complete) with { Attempt = complete.Attempt };
        await Store.RestartAsync(again, default);

        Assert.That(await Store.SaveAsync(complete, default), Is.False);

        Assert.That((await Store.FindAsync(again.RequestId, default))!.State, Is.EqualTo(DubState.Running));
    }

    [Test]
    public async Task A_dub_that_was_delivered_or_failed_is_made_again_and_a_running_one_is_not()
    {
        var delivered = Again(DubProgress.Accept(Samples.Order(), Now));
        var running = await ClaimAsync();
        var failed = (await ClaimAsync())
            .Apply(new DubTransition.Fail(FailureCode.Of("engine_down"), "Down.", Now.AddDays(7)) { KeptUntil = Now.AddDays(1) }, Now);
        await Store.SaveAsync(failed, default);

        Assert.That(await Store.RestartAsync(delivered, default), Is.True);
        Assert.That(await Store.RestartAsync(delivered, default), Is.False);
        Assert.That(await Store.RestartAsync(Again(running), default), Is.False);
        Assert.That(await Store.RestartAsync(Again(failed), default), Is.True);

        Assert.That(await Store.FindAsync(running.RequestId, default), Is.EqualTo(running));
        var found = (await Store.FindAsync(failed.RequestId, default))!;
        Assert.That(
            (found.State, found.KeptUntil, found.ExpiresAt, found.Order.Revision),
            Is.EqualTo((DubState.Running, (DateTimeOffset?)null, (DateTimeOffset?)null, 4)));
        Assert.That(
            (await Store.FindUnkeptAsync(DateTimeOffset.MaxValue, 1000, default)).Select(d => d.RequestId),
            Does.Not.Contain(failed.RequestId));
    }

    private static DubProgress Again(DubProgress before) =>
        DubProgress.Accept(before.Order with { Revision = 4, Subtitles = SubtitleMode.Burned }, Now) with
        {
            Attempt = before.Attempt,
            Stage = DubStage.Translating,
            Percent = 50,
            Activity = DubActivity.None with { Version = Now.ToUnixTimeMilliseconds() + 7 },
        };
}
