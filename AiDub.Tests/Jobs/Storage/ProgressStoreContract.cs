using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What every progress store must do; a fixture a store derives from it.</summary>
public abstract partial class ProgressStoreContract
{
    // Far ahead, so that a store that expires documents by its own clock leaves them to the tests.
    private static readonly DateTimeOffset Now = new(2076, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly DateTimeOffset Long = Now.AddHours(-1);

    protected abstract IProgressStore Store { get; }

    protected abstract IDubTurns Turns { get; }

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
    public async Task Times_are_kept_to_the_millisecond()
    {
        var added = await AddAsync(Now.AddTicks(9_999));

        var claimed = await Store.ClaimAsync(added.RequestId, Now.AddTicks(9_999), Long, default);

        Assert.That(claimed, Is.EqualTo(added with { Attempt = 1, CreatedAt = Now, HeartbeatAt = Now, UpdatedAt = Now }));
        Assert.That(await Store.ClaimAsync(added.RequestId, Now, Now.AddTicks(1), default), Is.Null, "no finer than a millisecond");
    }

    [Test]
    public async Task A_dub_keeps_the_language_that_its_source_is_said_to_speak_its_track_and_a_user_id_of_any_size()
    {
        var order =
            Samples.Order(userId: long.MaxValue)
                with
            { FromLang = "en", SourceAudio = "1", ToRegion = "BR", ProjectId = "プロジェクト \u0001 $x.y" };
        await Store.AddAsync(DubProgress.Accept(order, Now), default);

        Assert.That((await Store.FindAsync(order.RequestId, default))!.Order, Is.EqualTo(order));
    }

    [Test]
    public async Task A_document_keeps_everything_of_an_order()
    {
        var order = WholeOrder.Make();
        await Store.AddAsync(DubProgress.Accept(order, Now), default);

        WholeOrder.AssertIs((await Store.FindAsync(order.RequestId, default))!.Order, order, Store);
    }

    [Test]
    public async Task A_dub_keeps_where_the_texts_lie_that_its_user_gave()
    {
        var order =
            Samples.Order() with
            {
                Callback = new DubCallback("https://a.example/?b=c+d", "http://127.0.0.1:5080/"),
                Transcript = new TextPlace.Linked("https://a.example/a+b%20.srt"),
                Translation = new TextPlace.Stored("work/x/given/translation.txt")
            };
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

        await Turns.OfferAsync(claimed.RequestId, new QueuedJob("job-7", "default"), Now, Now, default);

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
