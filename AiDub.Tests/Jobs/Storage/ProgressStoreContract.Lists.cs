using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Tests.Jobs.Storage;

/// <content>How a user's dubs are counted, listed and deleted.</content>
public abstract partial class ProgressStoreContract
{
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
        await Store.SaveAsync(claimed!.Apply(new DubTransition.Fail(FailureCode.Of("source_gone"), "Gone.", Now.AddDays(7)), Now), default);
        Assert.That(await Store.CountRunningAsync(user, default), Is.EqualTo(3));
        Assert.That(await Store.CountRunningAsync(user - 1, default), Is.Zero);
    }

    [Test]
    public async Task Of_dubs_that_are_added_at_once_as_many_are_taken_as_may_run()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.AddWithinAsync(Accepted(user, 1), 7, default))));

        Assert.That(taken.Count(isTaken => isTaken), Is.EqualTo(7));
        Assert.That(await Store.CountRunningAsync(user, default), Is.EqualTo(7));
    }

    [Test]
    public async Task A_batch_is_counted_whole_and_what_is_there_already_once()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var batch = Accepted(user, 3);

        Assert.That(await Store.AddWithinAsync(batch, 2, default), Is.False);
        Assert.That(await Store.FindAsync(batch[0].RequestId, default), Is.Null, "all or none");
        Assert.That(await Store.AddAsync(batch[1], default), Is.True);
        Assert.That(await Store.AddWithinAsync(batch, 3, default), Is.True);
        Assert.That(await Store.AddWithinAsync(batch, 3, default), Is.True, "nothing is counted twice");
        Assert.That(await Store.AddWithinAsync(Accepted(user, 1), 3, default), Is.False);
        Assert.That((await Store.FindAsync(batch[2].RequestId, default))!.Order, Is.EqualTo(batch[2].Order).UsingPropertiesComparer());
        Assert.That(await Store.AddWithinAsync(Accepted(user - 1, 3), 3, default), Is.True, "another user's are not counted");
    }

    [Test]
    public async Task Several_documents_are_found_by_one_read()
    {
        var dubs = Accepted(51, 3);
        foreach (var dub in dubs)
            await Store.AddAsync(dub, default);
        await Store.RemoveAsync(dubs[1].RequestId, default);

        var found = await Store.FindAsync([.. dubs.Select(dub => dub.RequestId), Guid.NewGuid()], default);

        Assert.That(found.Select(dub => dub.RequestId), Is.EquivalentTo(new[] { dubs[0].RequestId, dubs[2].RequestId }));
        Assert.That(found[0].Order.UserId, Is.EqualTo(51));
        Assert.That(await Store.FindAsync([], default), Is.Empty);
    }

    private List<DubProgress> Accepted(long user, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => DubProgress.Accept(Samples.Order(userId: user), Now))];

    [Test]
    public async Task A_users_documents_are_listed_newest_first_a_part_at_a_time_also_those_of_one_millisecond()
    {
        var user = Random.Shared.NextInt64(1_000_000, long.MaxValue);
        var dubs = Enumerable.Range(0, 7)
            .Select(i =>
                DubProgress.Accept(Samples.Order(userId: user) with { ProjectId = i % 3 == 0 ? "a" : "b" }, Now.AddMilliseconds(i / 3)))
            .ToList();
        foreach (var dub in dubs.Append(DubProgress.Accept(Samples.Order(), Now)))
            await Store.AddAsync(dub, default);

        var all = await Store.ListAsync(new DubQuery(user, null, null, 100), default);
        var listed = new List<DubProgress>();
        while (listed.Count < 7)
            listed.AddRange(await Store.ListAsync(new DubQuery(user, null, listed.Count == 0 ? null : listed[^1].Cursor, 2), default));

        Assert.That(all, Is.EqualTo(dubs.OrderBy(dub => dub.Cursor)));
        Assert.That(listed, Is.EqualTo(all));
        Assert.That(
            await Store.ListAsync(new DubQuery(user, "a", null, 100), default), Is.EqualTo(all.Where(dub => dub.Order.ProjectId == "a")));
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
        var failed = (await Store.FindAsync(dubs[2].RequestId, default))!.Apply(new DubTransition.Fail(
            FailureCode.Of("x"), "X.", Now.AddDays(7)), Now);
        await Store.SaveAsync(failed, default);
        var complete = (await Store.FindAsync(dubs[3].RequestId, default))!
            .Apply(new DubTransition.Advance(DubStage.Rendering, 90), Now)
                .Apply(new DubTransition.Finish(Samples.Response(), Now.AddDays(7)), Now);
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

            Assert.That(
                (deleted.IsDeleted, deleted.KeptUntil, deleted.ExpiresAt, deleted.FinalResponse),
                Is.EqualTo((true, Now, Now.AddDays(7), (FinalResponse?)null)));
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
        var failed = (await ClaimAsync()).Apply(new DubTransition.Fail(
            FailureCode.Of("x"), "X.", Now.AddDays(7))
        { KeptUntil = Now.AddDays(1) }, Now);
        await Store.SaveAsync(failed, default);
        var deleted = await Store.DeleteAsync(failed.Apply(new DubTransition.Delete(Now.AddDays(7)), Now), default);

        Assert.That(await Store.SaveFailedAsync(failed.Apply(new DubTransition.Retry(), Now), default), Is.False);
        Assert.That(await Store.SaveFailedAsync(deleted.Apply(new DubTransition.Clean(), Now), default), Is.True);
        Assert.That(
            (await Store.FindAsync(failed.RequestId, default))!.KeptUntil, Is.GreaterThan(Now), "its files are looked for once more");
    }
}
