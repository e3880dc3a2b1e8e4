using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <content>Whose turn it is between users.</content>
public abstract partial class ProgressStoreContract
{
    [Test]
    public async Task Who_has_fewest_at_work_is_next_and_of_his_dubs_the_oldest()
    {
        foreach (var user in new long[] { 1, 1, 1, 1, 2, 2, 3 })
            await OfferAsync(await AddOfAsync(user));

        var users = new List<long>();
        while (await TakeAsync() is { } turn)
            users.Add(turn.UserId);

        Assert.That(users, Is.EqualTo(new long[] { 1, 2, 3, 1, 2, 1, 1 }));
    }

    [Test]
    public async Task One_worker_goes_round_the_users_and_those_who_come_late_wait_for_no_more_than_one_dub_of_each()
    {
        foreach (var user in new long[] { 1, 1, 1, 1, 2, 2, 2 })
            await OfferAsync(await AddOfAsync(user));

        var users = new List<long>();
        for (var second = 0; await TakeAsync(Now.AddSeconds(second)) is { } turn; second++)
        {
            users.Add(turn.UserId);
            await EndAsync(turn.RequestId, Now.AddSeconds(second));
            if (second == 2)
                await OfferAsync(await AddOfAsync(3));
        }

        Assert.That(users, Is.EqualTo(new long[] { 1, 2, 1, 3, 2, 1, 2, 1 }));
    }

    [Test]
    public async Task Two_users_who_have_a_worker_each_do_not_keep_a_third_waiting()
    {
        foreach (var user in new long[] { 1, 1, 1, 2, 2, 2, 3 })
            await OfferAsync(await AddOfAsync(user));
        var first = (await TakeAsync())!;
        await TakeAsync(Now.AddSeconds(1));

        await EndAsync(first.RequestId, Now.AddSeconds(2));

        Assert.That((await TakeAsync(Now.AddSeconds(2)))!.UserId, Is.EqualTo(3));
    }

    [Test]
    public async Task Who_comes_later_does_not_go_before_a_dub_that_has_waited_longer_because_its_user_had_another()
    {
        await OfferAsync(await AddOfAsync(1));
        await EndAsync((await TakeAsync(Now.AddMinutes(-59)))!.RequestId, Now.AddMinutes(-59));
        await OfferAsync(await AddAtAsync(1, Now.AddMinutes(-50)));
        await OfferAsync(await AddAtAsync(2, Now.AddMinutes(-10)));

        Assert.That((await TakeAsync())!.UserId, Is.EqualTo(1));
    }

    [Test]
    public async Task Who_had_a_dub_taken_while_a_clock_was_ahead_waits_no_longer_for_it()
    {
        await OfferAsync(await AddOfAsync(1));
        await EndAsync((await TakeAsync(Now.AddYears(1)))!.RequestId, Now);
        await OfferAsync(await AddAtAsync(1, Now.AddMinutes(-2)));
        await OfferAsync(await AddAtAsync(2, Now.AddMinutes(-1)));

        Assert.That((await TakeAsync())!.UserId, Is.EqualTo(1));
    }

    [Test]
    public async Task One_dub_behind_a_hundred_of_another_user_is_the_next_to_be_taken()
    {
        for (var i = 0; i < 100; i++)
            await OfferAsync(await AddOfAsync(1));
        await TakeAsync();
        await TakeAsync();
        var single = await AddOfAsync(2);
        await OfferAsync(single);

        Assert.That((await TakeAsync())!.RequestId, Is.EqualTo(single.RequestId));
    }

    [Test]
    public async Task A_user_has_no_more_at_work_than_he_may_but_alone_all_of_that()
    {
        foreach (var user in new long[] { 1, 1, 1, 2 })
            await OfferAsync(await AddOfAsync(user));

        var users = new List<long>();
        while (await Turns.TakeAsync(new TurnRequest(Default, Now, Now.AddSeconds(30), MostOfUser: 2), default) is { } turn)
            users.Add(turn.UserId);

        Assert.That(users, Is.EqualTo(new long[] { 1, 2, 1 }));
    }

    private async Task EndAsync(Guid dub, DateTimeOffset at)
    {
        var claimed = (await Store.ClaimAsync(dub, at, Long, default))!;
        await Store.SaveAsync(claimed.Apply(new DubTransition.Fail(FailureCode.Of("x"), "y", at.AddDays(7)), at), default);
    }

    private async Task<DubProgress> AddAtAsync(long user, DateTimeOffset at)
    {
        var accepted = DubProgress.Accept(Samples.Order(userId: user), at);
        await Store.AddAsync(accepted, default);
        return accepted;
    }
}
