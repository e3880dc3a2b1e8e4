using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What every progress store must do; a fixture a store derives from it.</summary>
public abstract class ProgressStoreContract
{
    // Far ahead, so that a store that expires documents by its own clock leaves them to the tests.
    private static readonly DateTimeOffset Now = new(2076, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly DateTimeOffset Long = Now.AddHours(-1);

    protected abstract IProgressStore Store { get; }

    [Test]
    public async Task An_accepted_dub_is_found_as_it_was_written()
    {
        var added = await AddAsync();

        Assert.That(await Store.FindAsync(added.RequestId, default), Is.EqualTo(added));
        Assert.That(await Store.FindAsync(Guid.NewGuid(), default), Is.Null);
    }

    [Test]
    public async Task A_request_that_has_a_document_is_not_written_again()
    {
        var added = await AddAsync();
        var claimed = await Store.ClaimAsync(added.RequestId, Now, Long, default);

        Assert.That(await Store.AddAsync(added, default), Is.False);

        Assert.That(await Store.FindAsync(added.RequestId, default), Is.EqualTo(claimed));
        Assert.That(await Store.AddAsync(DubProgress.Accept(Samples.Order(), Now), default), Is.True);
    }

    [Test]
    public async Task A_users_dubs_that_run_or_wait_are_counted()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        foreach (var _ in Enumerable.Range(0, 3))
            await Store.AddAsync(DubProgress.Accept(Samples.Order(userId: user), Now), default);
        var failing = DubProgress.Accept(Samples.Order(userId: user), Now);
        await Store.AddAsync(failing, default);
        var claimed = await Store.ClaimAsync(failing.RequestId, Now, Long, default);

        Assert.That(await Store.CountRunningAsync(user, default), Is.EqualTo(4));
        await Store.SaveAsync(claimed!.Apply(new DubTransition.Fail("source_gone", "Gone.", Now.AddDays(7)), Now), default);
        Assert.That(await Store.CountRunningAsync(user, default), Is.EqualTo(3));
        Assert.That(await Store.CountRunningAsync(user - 1, default), Is.Zero);
    }

    [Test]
    public async Task A_users_documents_are_listed_newest_first_a_part_at_a_time_also_those_of_one_millisecond()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var dubs = Enumerable.Range(0, 7)
            .Select(i => DubProgress.Accept(Samples.Order(userId: user) with { ProjectId = i % 3 == 0 ? "a" : "b" }, Now.AddMilliseconds(i / 3)))
            .ToList();
        foreach (var dub in dubs.Append(DubProgress.Accept(Samples.Order(), Now)))
            await Store.AddAsync(dub, default);

        var all = await Store.ListAsync(new DubQuery(user, null, null, 100), default);
        var listed = new List<DubProgress>();
        while (listed.Count < 7)
            listed.AddRange(await Store.ListAsync(new DubQuery(user, null, listed.Count == 0 ? null : listed[^1].Cursor, 2), default));

        Assert.That(all, Is.EqualTo(dubs.OrderBy(dub => dub.Cursor)));
        Assert.That(listed, Is.EqualTo(all));
        Assert.That(await Store.ListAsync(new DubQuery(user, "a", null, 100), default), Is.EqualTo(all.Where(dub => dub.Order.ProjectId == "a")));
        Assert.That(await Store.ListAsync(new DubQuery(user, "c", null, 100), default), Is.Empty);
    }

    [Test]
    public async Task Documents_are_listed_by_the_state_that_a_user_knows_and_deleted_ones_only_to_whom_asks_for_all()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var dubs = Enumerable.Range(0, 5).Select(i => DubProgress.Accept(Samples.Order(userId: user), Now.AddSeconds(i))).ToList();
        foreach (var dub in dubs)
            await Store.AddAsync(dub, default);
        foreach (var dub in dubs.Skip(1).Take(3))
            await Store.ClaimAsync(dub.RequestId, Now, Long, default);
        var failed = (await Store.FindAsync(dubs[2].RequestId, default))!.Apply(new DubTransition.Fail("x", "X.", Now.AddDays(7)), Now);
        await Store.SaveAsync(failed, default);
        var complete = (await Store.FindAsync(dubs[3].RequestId, default))!
            .Apply(new DubTransition.Advance(DubStage.Rendering, 90), Now).Apply(new DubTransition.Finish(Samples.Response(), Now.AddDays(7)), Now);
        await Store.SaveAsync(complete, default);
        await Store.DeleteAsync(dubs[4].Apply(new DubTransition.Delete(Now.AddDays(7)), Now), default);

        foreach (var (state, dub) in new[] { ListedState.Queued, ListedState.Running, ListedState.Failed, ListedState.Complete }.Zip(dubs))
        {
            var listed = await Store.ListAsync(new DubQuery(user, null, null, 100) { State = state }, default);
            Assert.That(listed.Select(d => d.RequestId), Is.EqualTo(new[] { dub.RequestId }), $"{state}");
        }
        Assert.That(await Store.ListAsync(new DubQuery(user, null, null, 100), default), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task A_deleted_dub_says_so_whatever_its_state_was_and_no_attempt_or_reader_has_it_any_more()
    {
        var held = await ClaimAsync();
        var complete = (await ClaimAsync()).Apply(new DubTransition.Advance(DubStage.Rendering, 90), Now)
            .Apply(new DubTransition.Finish(Samples.Response(), Now.AddDays(7)), Now);
        await Store.SaveAsync(complete, default);
        var delivered = DubProgress.Accept(Samples.Order(), Now);

        foreach (var dub in new[] { held, complete, delivered })
        {
            var deleted = await Store.DeleteAsync(dub.Apply(new DubTransition.Delete(Now.AddDays(7)), Now), default);

            Assert.That((deleted.IsDeleted, deleted.KeptUntil, deleted.ExpiresAt, deleted.FinalResponse), Is.EqualTo((true, Now, Now.AddDays(7), (FinalResponse?)null)));
            Assert.That(await Store.FindAsync(dub.RequestId, default), Is.EqualTo(deleted));
            Assert.That((deleted.Attempt, deleted.HeartbeatAt), Is.EqualTo((dub.Attempt, dub.HeartbeatAt)));
            Assert.That(await Store.TakeCompleteAsync(dub.Order.UserId, dub.RequestId, default), Is.Null);
            Assert.That(await Store.ClaimAsync(dub.RequestId, Now.AddHours(2), Now.AddHours(1), default), Is.Null);
            Assert.That((await Store.FindUnkeptAsync(Now, 100, default)).Select(d => d.RequestId), Does.Contain(dub.RequestId));
        }
        Assert.That(await Store.SaveAsync(held.Apply(new DubTransition.Advance(DubStage.Translating, 50), Now), default), Is.False);
    }

    [Test]
    public async Task A_failed_dub_that_was_deleted_is_not_revived_by_who_read_it_before()
    {
        var failed = (await ClaimAsync()).Apply(new DubTransition.Fail("x", "X.", Now.AddDays(7)) { KeptUntil = Now.AddDays(1) }, Now);
        await Store.SaveAsync(failed, default);
        var deleted = await Store.DeleteAsync(failed.Apply(new DubTransition.Delete(Now.AddDays(7)), Now), default);

        Assert.That(await Store.SaveFailedAsync(failed.Apply(new DubTransition.Retry(), Now), default), Is.False);
        Assert.That(await Store.SaveFailedAsync(deleted.Apply(new DubTransition.Clean(), Now), default), Is.True);
        Assert.That((await Store.FindAsync(failed.RequestId, default))!.KeptUntil, Is.Null);
    }

    [Test]
    public async Task Times_are_kept_to_the_millisecond()
    {
        var added = await AddAsync(Now.AddTicks(9_999));

        var claimed = await Store.ClaimAsync(added.RequestId, Now.AddTicks(9_999), Long, default);

        Assert.That(claimed, Is.EqualTo(added with { Attempt = 1, CreatedAt = Now, HeartbeatAt = Now, UpdatedAt = Now }));
        Assert.That(await Store.ClaimAsync(added.RequestId, Now, Now.AddTicks(1), default), Is.Null, "no finer than a millisecond");
    }

    [Test]
    public async Task A_dub_keeps_the_language_that_its_source_is_said_to_speak_and_a_user_id_of_any_size()
    {
        var order = Samples.Order(userId: long.MaxValue) with { FromLang = "en", ToRegion = "BR", ProjectId = "プロジェクト \u0001 $x.y" };
        await Store.AddAsync(DubProgress.Accept(order, Now), default);

        Assert.That((await Store.FindAsync(order.RequestId, default))!.Order, Is.EqualTo(order));
    }

    [Test]
    public async Task A_dub_keeps_where_the_texts_lie_that_its_user_gave()
    {
        var order = Samples.Order() with { Callback = new DubCallback("https://a.example/?b=c+d", "http://127.0.0.1:5080/"), Transcript = "https://a.example/a+b%20.srt", Translation = "work/x/given/translation.txt" };
        await Store.AddAsync(DubProgress.Accept(order, Now), default);

        Assert.That((await Store.FindAsync(order.RequestId, default))!.Order, Is.EqualTo(order));
    }

    [Test]
    public async Task A_dub_keeps_its_batch()
    {
        var order = Samples.Order();
        var batch = new DubBatch(Guid.NewGuid(), [Guid.NewGuid(), order.RequestId]);
        await Store.AddAsync(DubProgress.Accept(order with { Batch = batch }, Now), default);

        var kept = (await Store.FindAsync(order.RequestId, default))!.Order.Batch!;
        Assert.That((kept.Id, kept.Requests), Is.EqualTo((batch.Id, batch.Requests)));
    }

    [Test]
    public async Task An_attempt_that_let_go_can_be_followed_at_once()
    {
        var claimed = await ClaimAsync();
        await Store.SaveAsync(claimed.Apply(new DubTransition.Release(), Now), default);

        var next = await Store.ClaimAsync(claimed.RequestId, Now, Long, default);

        Assert.That(next, Is.EqualTo(claimed with { Attempt = 2 }));
    }

    [Test]
    public async Task A_dub_that_is_gone_stays_gone()
    {
        var claimed = await ClaimAsync();
        await Store.RemoveAsync(claimed.RequestId, default);

        await Store.SetJobAsync(claimed.RequestId, "job-7", Now, default);

        Assert.That(await Store.SaveAsync(claimed.Apply(new DubTransition.Advance(DubStage.Transcribing, 0), Now), default), Is.False);
        Assert.That(await Store.ClaimAsync(claimed.RequestId, Now, Now.AddHours(1), default), Is.Null);
        Assert.That(await Store.FindAsync(claimed.RequestId, default), Is.Null);
    }

    [Test]
    public async Task The_voices_that_were_chosen_are_found_whoever_reads_the_document()
    {
        var chosen = new Dictionary<string, string> { ["S2"] = "es+f2", ["female"] = "Ana \"é\" $1", ["*"] = "es" };
        var added = DubProgress.Accept(Samples.Order() with { Voices = chosen }, Now);
        await Store.AddAsync(added, default);

        var claimed = await Store.ClaimAsync(added.RequestId, Now, Long, default);

        Assert.That((await Store.FindAsync(added.RequestId, default))!.Order.Voices, Is.EquivalentTo(chosen));
        Assert.That(claimed!.Order.Voices, Is.EquivalentTo(chosen));
    }

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
    public async Task What_is_being_done_is_found_as_the_holder_told_it_and_outlives_its_claim()
    {
        var claimed = await ClaimAsync();
        var activity = new DubActivity
        {
            Step = "speak",
            SegmentsDone = 12,
            SegmentsTotal = 40,
            EtaSeconds = 35,
            Warnings = [new DubWarning("streams_dropped", "\"data\" $1 ü")],
        };
        var next = claimed.Apply(new DubTransition.Advance(DubStage.Speaking, 66) { Activity = activity }, Now.AddSeconds(1));
        await Store.SaveAsync(next, default);

        Assert.That((await Store.FindAsync(next.RequestId, default))!.Activity, Is.EqualTo(activity with { Version = next.Version }));
        Assert.That((await Store.ClaimAsync(next.RequestId, Now.AddMinutes(5), Now.AddMinutes(4), default))!.Activity, Is.EqualTo(next.Activity));
    }

    [Test]
    public async Task A_stale_attempt_writes_nothing()
    {
        var stale = await ClaimAsync();
        var holder = await Store.ClaimAsync(stale.RequestId, Now.AddMinutes(5), Now.AddMinutes(4), default);

        Assert.That(await Store.SaveAsync(stale.Apply(new DubTransition.Fail("x", "y", Now), Now), default), Is.False);
        Assert.That(await Store.FindAsync(stale.RequestId, default), Is.EqualTo(holder));
    }

    [Test]
    public async Task The_job_is_noted_without_touching_what_the_attempt_owns()
    {
        var claimed = await ClaimAsync();

        await Store.SetJobAsync(claimed.RequestId, "job-7", Now.AddSeconds(-30), default);

        Assert.That(await Store.FindAsync(claimed.RequestId, default), Is.EqualTo(claimed with { JobId = "job-7" }));
    }

    [Test]
    public async Task A_failed_dub_is_found_failed_and_is_claimed_and_saved_no_more()
    {
        var claimed = await ClaimAsync();
        var failed = claimed.Apply(new DubTransition.Fail("media_invalid", "It is not a video.", Now.AddDays(7)), Now);
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
        var failed = claimed.Apply(new DubTransition.Fail("retries_used_up", "It kept failing.", Now.AddDays(7)) { KeptUntil = Now.AddHours(1) }, Now);
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
        var failed = running.Apply(new DubTransition.Fail("x", "y", Now.AddDays(7)) { KeptUntil = Now }, Now);

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
        var failed = (await ClaimAsync()).Apply(new DubTransition.Fail("x", "y", Now.AddDays(7)) { KeptUntil = Now.AddHours(1) }, Now);
        await Store.SaveAsync(failed, default);
        await AddAsync();

        Assert.That(await Store.FindUnkeptAsync(Now.AddMinutes(59), 1000, default), Does.Not.Contain(failed));
        Assert.That(await Store.FindUnkeptAsync(Now.AddMinutes(60), 1000, default), Does.Contain(failed));
        await Store.SaveFailedAsync(failed.Apply(new DubTransition.Clean(), Now), default);
        Assert.That((await Store.FindUnkeptAsync(Now.AddHours(2), 1000, default)).Select(d => d.RequestId), Does.Not.Contain(failed.RequestId));
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

    [Test]
    public async Task Untouched_running_dubs_are_stale_and_queueing_one_makes_it_fresh()
    {
        var old = await AddAsync(Now.AddMinutes(-10));
        var requeued = await AddAsync(Now.AddMinutes(-9));
        var fresh = await AddAsync(Now);
        var complete = await CompleteAsync();
        await Store.SetJobAsync(requeued.RequestId, "job-1", Now, default);

        var stale = (await Store.FindStaleAsync(Now.AddMinutes(-1), 1000, default)).Select(d => d.RequestId).ToList();

        Assert.That(stale, Does.Contain(old.RequestId));
        Assert.That(stale, Does.Not.Contain(requeued.RequestId).And.Not.Contain(fresh.RequestId).And.Not.Contain(complete.RequestId));
    }

    [Test]
    public async Task The_oldest_stale_dubs_come_first()
    {
        foreach (var minutes in new[] { 30, 50, 40 })
            await AddAsync(Now.AddMinutes(-minutes));

        var stale = await Store.FindStaleAsync(Now.AddMinutes(-20), 2, default);

        Assert.That(stale.Select(d => d.UpdatedAt), Is.Ordered.And.Exactly(2).Items);
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
    public async Task A_dub_that_was_delivered_or_failed_is_made_again_and_a_running_one_is_not()
    {
        var delivered = Again(DubProgress.Accept(Samples.Order(), Now));
        var running = await ClaimAsync();
        var failed = (await ClaimAsync()).Apply(new DubTransition.Fail("engine_down", "Down.", Now.AddDays(7)) { KeptUntil = Now.AddDays(1) }, Now);
        await Store.SaveAsync(failed, default);

        Assert.That(await Store.RestartAsync(delivered, default), Is.True);
        Assert.That(await Store.RestartAsync(delivered, default), Is.False);
        Assert.That(await Store.RestartAsync(Again(running), default), Is.False);
        Assert.That(await Store.RestartAsync(Again(failed), default), Is.True);

        Assert.That(await Store.FindAsync(running.RequestId, default), Is.EqualTo(running));
        var found = (await Store.FindAsync(failed.RequestId, default))!;
        Assert.That((found.State, found.KeptUntil, found.ExpiresAt, found.Order.Revision), Is.EqualTo((DubState.Running, (DateTimeOffset?)null, (DateTimeOffset?)null, 4)));
        Assert.That((await Store.FindUnkeptAsync(DateTimeOffset.MaxValue, 1000, default)).Select(d => d.RequestId), Does.Not.Contain(failed.RequestId));
    }

    private static DubProgress Again(DubProgress before) =>
        DubProgress.Accept(before.Order with { Revision = 4, Subtitles = SubtitleMode.Burned }, Now) with
        {
            Attempt = before.Attempt,
            Stage = DubStage.Translating,
            Percent = 50,
            Activity = DubActivity.None with { Version = Now.ToUnixTimeMilliseconds() + 7 },
        };

    [Test]
    public async Task A_removed_document_is_gone()
    {
        var added = await AddAsync();

        await Store.RemoveAsync(added.RequestId, default);

        Assert.That(await Store.FindAsync(added.RequestId, default), Is.Null);
    }

    private async Task<DubProgress> AddAsync(DateTimeOffset? at = null)
    {
        var accepted = DubProgress.Accept(Samples.Order(), at ?? Now.AddSeconds(-1));
        await Store.AddAsync(accepted, default);
        return accepted;
    }

    private async Task<DubProgress> ClaimAsync() => (await Store.ClaimAsync((await AddAsync()).RequestId, Now, Long, default))!;

    protected async Task<DubProgress> CompleteAsync(DateTimeOffset? expires = null)
    {
        var complete = (await ClaimAsync())
            .Apply(new DubTransition.Advance(DubStage.Rendering, 80), Now)
            .Apply(new DubTransition.Finish(Samples.Response(), expires ?? Now.AddDays(7)), Now);
        Assert.That(await Store.SaveAsync(complete, default), Is.True);
        return complete;
    }
}
