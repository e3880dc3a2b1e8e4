using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <content>Whose turn it is.</content>
public abstract partial class ProgressStoreContract
{
    private static readonly string[] Default = ["default"];

    [Test]
    public async Task A_dub_is_taken_once_it_is_offered_and_is_nobody_elses_until_the_time_has_passed()
    {
        var dub = await AddAsync();
        Assert.That(await TakeAsync(), Is.Null, "it has no job");
        await OfferAsync(dub);

        var turn = await TakeAsync();

        Assert.That(turn, Is.EqualTo(new DubTurn(dub.RequestId, dub.Order.UserId, Job(dub))));
        Assert.That(await TakeAsync(Now.AddSeconds(29)), Is.Null);
        Assert.That((await TakeAsync(Now.AddSeconds(30)))?.RequestId, Is.EqualTo(dub.RequestId));
    }

    [Test]
    public async Task A_dub_that_was_taken_is_claimed_and_then_not_taken_until_it_is_let_go()
    {
        var dub = await AddAsync();
        await OfferAsync(dub);
        await TakeAsync();

        var claimed = (await Store.ClaimAsync(dub.RequestId, Now, Long, default))!;
        Assert.That((claimed.ReadyAt, await TakeAsync(Now.AddHours(1))), Is.EqualTo(((DateTimeOffset?)null, (DubTurn?)null)));
        await Store.SaveAsync(claimed.Apply(new DubTransition.Release(), Now.AddSeconds(1)), default);

        Assert.That(await TakeAsync(), Is.Null);
        Assert.That((await TakeAsync(Now.AddSeconds(1)))?.RequestId, Is.EqualTo(dub.RequestId));
    }

    [Test]
    public async Task A_dub_that_met_a_fault_is_taken_when_its_wait_is_over()
    {
        var dub = await AddAsync();
        await OfferAsync(dub);
        await TakeAsync();
        var claimed = (await Store.ClaimAsync(dub.RequestId, Now, Long, default))!;
        await Store.SaveAsync(claimed.Apply(new DubTransition.Fault(), Now), default);
        Assert.That(await TakeAsync(Now.AddHours(1)), Is.Null, "its job is not back in the queue");

        await Turns.OfferAsync(dub.RequestId, Job(dub), Now, Now.AddSeconds(4), default);

        Assert.That(await Turns.NextAsync(Default, default), Is.EqualTo(Now.AddSeconds(4)));
        Assert.That(
            (await TakeAsync(Now.AddSeconds(3)), (await TakeAsync(Now.AddSeconds(4)))?.RequestId),
            Is.EqualTo(((DubTurn?)null, dub.RequestId)));
        Assert.That(await Turns.NextAsync(Default, default), Is.EqualTo(Now.AddSeconds(34)));
    }

    [Test]
    public async Task A_dub_that_was_offered_before_the_clock_was_put_back_is_taken_at_once()
    {
        var dub = await AddAsync();
        await OfferAsync(dub);

        Assert.That(await TakeAsync(Now.AddMinutes(-15)), Is.Null, "clocks of a fleet may be apart, and retries wait");
        Assert.That((await TakeAsync(Now.AddHours(-1)))?.RequestId, Is.EqualTo(dub.RequestId));
        Assert.That(await TakeAsync(Now.AddHours(-1)), Is.Null, "it is taken");
    }

    [Test]
    public async Task Of_many_who_take_at_once_each_gets_another_dub_and_no_dub_goes_to_two()
    {
        for (var i = 0; i < 20; i++)
            await OfferAsync(await AddAsync());

        var turns = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => TakeAsync())));

        Assert.That(turns.Count(turn => turn is not null), Is.EqualTo(20));
        Assert.That(turns.OfType<DubTurn>().Select(turn => turn.RequestId), Is.Unique);
    }

    [Test]
    public async Task What_is_done_counts_for_its_user_no_more()
    {
        foreach (var user in new long[] { 1, 2, 2 })
            await OfferAsync(await AddOfAsync(user));
        var first = (await TakeAsync())!;
        await TakeAsync();
        await EndAsync(first.RequestId, Now);
        await OfferAsync(await AddOfAsync(1));

        Assert.That((await TakeAsync())!.UserId, Is.EqualTo(1));
    }

    [Test]
    public async Task Dubs_are_taken_from_the_queues_that_are_asked_for_the_first_first()
    {
        var (a, b) = (await AddAsync(), await AddAsync());
        await Turns.OfferAsync(a.RequestId, new QueuedJob("a", "slow"), Now, Now, default);
        await Turns.OfferAsync(b.RequestId, new QueuedJob("b", "gpu"), Now, Now, default);

        Assert.That(await TakeAsync(), Is.Null);
        Assert.That(
            (await Turns.TakeAsync(new TurnRequest(["gpu", "slow"], Now, Now.AddSeconds(30)), default))!.Job,
            Is.EqualTo(new QueuedJob("b", "gpu")));
        Assert.That(
            (await Turns.TakeAsync(new TurnRequest(["gpu", "slow"], Now, Now.AddSeconds(30)), default))!.Job,
            Is.EqualTo(new QueuedJob("a", "slow")));
    }

    [Test]
    public async Task Of_many_who_saw_a_dub_abandoned_one_offers_it_again()
    {
        var seen = await ClaimAsync();

        var began = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => Turns.BeginOfferAsync(seen, Now.AddMinutes(1), default))));

        Assert.That(began.Count(b => b), Is.EqualTo(1));
        var found = (await Store.FindAsync(seen.RequestId, default))!;
        Assert.That((found.HeartbeatAt, found.UpdatedAt), Is.EqualTo(((DateTimeOffset?)null, Now.AddMinutes(1))));
    }

    [Test]
    public async Task Of_two_new_jobs_of_a_dub_the_first_is_taken_and_the_second_refused()
    {
        var dub = await AddAsync();

        Assert.That(await OfferNewAsync(dub, "a", null), Is.True);
        Assert.That(await OfferNewAsync(dub, "b", null), Is.False, "it has one");
        Assert.That(await OfferNewAsync(dub, "c", "b"), Is.False, "it has another than that");
        Assert.That((await TakeAsync())!.Job, Is.EqualTo(new QueuedJob("a", "default")));
    }

    [Test]
    public async Task A_new_job_takes_the_place_of_the_one_it_was_made_instead_of_or_of_none()
    {
        var dub = await AddAsync();
        await OfferAsync(dub);

        Assert.That(await OfferNewAsync(dub, "a", Job(dub).Id), Is.True);
        Assert.That((await TakeAsync())!.Job, Is.EqualTo(new QueuedJob("a", "default")));
        await Turns.WithdrawAsync(dub.RequestId, "a", default);
        Assert.That(await OfferNewAsync(dub, "b", "a"), Is.True);
        Assert.That((await TakeAsync())!.Job, Is.EqualTo(new QueuedJob("b", "default")));
        var ended = await CompleteAsync();
        Assert.That(await OfferNewAsync(ended, "c", null), Is.False, "it is done");
    }

    [Test]
    public async Task A_dub_that_was_offered_while_an_attempt_held_it_or_without_a_job_is_taken_by_nobody_and_found_once_left_alone()
    {
        // As versions before could leave them.
        var jobless = DubProgress.Accept(Samples.Order(), Now) with { ReadyAt = Now };
        await Store.AddAsync(jobless, default);
        var held = await ClaimAsync();
        await Store.SaveAsync(held with { ReadyAt = Now }, default);
        var waiting = await AddAsync();
        await OfferAsync(waiting);
        await TakeAsync();

        Assert.That(await TakeAsync(), Is.Null);
        var stale = await Store.FindStaleAsync(Now.AddMinutes(5), Now.AddHours(1), null, 10, default);
        Assert.That(stale.Select(dub => dub.RequestId), Is.EquivalentTo(new[] { jobless.RequestId, held.RequestId }));
    }

    [Test]
    public async Task A_job_is_forgotten_while_nobody_has_its_dub_and_only_that_job()
    {
        var dub = await AddAsync();
        await OfferAsync(dub);

        Assert.That(await Turns.WithdrawAsync(dub.RequestId, "another", default), Is.False);
        Assert.That(await Turns.WithdrawAsync(dub.RequestId, Job(dub).Id, default), Is.True);
        Assert.That(
            (await TakeAsync(), (await Store.FindAsync(dub.RequestId, default))!.JobId), Is.EqualTo(((DubTurn?)null, (string?)null)));
        var held = await AddAsync();
        await OfferAsync(held);
        await Store.ClaimAsync(held.RequestId, Now, Long, default);
        Assert.That(await Turns.WithdrawAsync(held.RequestId, Job(held).Id, default), Is.False);
    }

    [Test]
    public async Task A_dub_that_an_attempt_holds_is_not_offered_and_is_found_when_the_attempt_dies()
    {
        var dub = await AddAsync();
        await OfferAsync(dub);
        await Store.ClaimAsync(dub.RequestId, Now, Long, default);

        await OfferAsync(dub);
        Assert.That(await OfferNewAsync(dub, "another", Job(dub).Id), Is.False);

        var dead = await Store.FindStaleAsync(Now.AddMinutes(1), Now.AddHours(1), null, 10, default);
        Assert.That(dead.Select(d => (d.RequestId, d.JobId)), Is.EqualTo(new[] { (dub.RequestId, (string?)Job(dub).Id) }));
    }

    [Test]
    public async Task An_attempt_that_was_taken_for_dead_does_not_let_go_of_a_dub_to_a_job_that_it_has_no_more()
    {
        var dub = await AddAsync();
        await OfferAsync(dub);
        var sleeper = (await Store.ClaimAsync(dub.RequestId, Now, Long, default))!;
        await Turns.BeginOfferAsync(sleeper, Now.AddMinutes(1), default);
        await Turns.WithdrawAsync(dub.RequestId, Job(dub).Id, default);

        var woken = sleeper.Apply(new DubTransition.Release(), Now.AddMinutes(2));

        Assert.That(await Store.SaveAsync(woken, default), Is.False);
        Assert.That(await TakeAsync(Now.AddMinutes(3)), Is.Null);
        Assert.That(
            (await Store.FindStaleAsync(Now.AddMinutes(3), Now.AddHours(1), null, 10, default)).Select(d => d.RequestId),
            Is.EqualTo(new[] { dub.RequestId }));
    }

    [Test]
    public async Task The_dubs_that_wait_are_counted_with_the_time_of_the_oldest()
    {
        Assert.That(await Turns.DepthAsync(Now, default), Is.EqualTo(new QueueDepth(0, null)));
        foreach (var minutes in new[] { 3, 8, 5 })
            await OfferAsync(await AddAsync(Now.AddMinutes(-minutes)));
        var late = await AddAsync(Now.AddMinutes(-9));
        await Turns.OfferAsync(late.RequestId, Job(late), Now, Now.AddSeconds(1), default);

        Assert.That(await Turns.DepthAsync(Now, default), Is.EqualTo(new QueueDepth(3, Now.AddMinutes(-8))));
        await TakeAsync();
        var depth = await Turns.DepthAsync(Now, default);
        Assert.That((depth.Waiting, depth.OldestSeconds(Now)), Is.EqualTo((2, 300)));
    }

    [Test]
    public async Task All_that_run_or_wait_are_found_a_page_at_a_time_and_nothing_that_ended()
    {
        var dubs = new List<DubProgress>();
        foreach (var minutes in new[] { 3, 1, 2, 2 })
            dubs.Add(await AddAsync(Now.AddMinutes(-minutes)));
        await CompleteAsync();

        var first = await Store.FindUnfinishedAsync(null, 3, default);
        var rest = await Store.FindUnfinishedAsync(first[^1].Cursor, 3, default);

        Assert.That(first.Concat(rest).Select(d => d.RequestId), Is.EquivalentTo(dubs.Select(d => d.RequestId)));
        Assert.That(first.Concat(rest).Select(d => d.CreatedAt), Is.Ordered);
    }

    private static QueuedJob Job(DubProgress dub) => new($"job-{dub.RequestId}", "default");

    private Task OfferAsync(DubProgress dub) => Turns.OfferAsync(dub.RequestId, Job(dub), Now, Now, default);

    private Task<bool> OfferNewAsync(DubProgress dub, string job, string? insteadOf) =>
        Turns.OfferNewAsync(dub.RequestId, new QueuedJob(job, "default"), insteadOf, Now, default);

    private Task<DubTurn?> TakeAsync(DateTimeOffset? at = null) =>
        Turns.TakeAsync(new TurnRequest(Default, at ?? Now, (at ?? Now).AddSeconds(30)), default);

    private int _order;

    private async Task<DubProgress> AddOfAsync(long user)
    {
        var accepted = DubProgress.Accept(Samples.Order(userId: user), Now.AddHours(-1).AddSeconds(_order++));
        await Store.AddAsync(accepted, default);
        return accepted;
    }
}
