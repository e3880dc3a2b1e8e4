using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing.Intake;

/// <summary>The jobs of dubs of one request, when the one that leads lets the others go on.</summary>
public sealed class BatchTurnTests
{
    private static readonly QueuedJob Held = new("held", "elsewhere");

    private JobBench _bench = null!;
    private Guid _first;
    private Guid _second;

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        (_first, _second) = (Guid.NewGuid(), Guid.NewGuid());
        var batch = new DubBatch(Guid.NewGuid(), [_first, _second]);
        DubOrder[] orders = [.. batch.Requests.Select(id => Samples.Order(id) with { Batch = batch })];
        await _bench.Intake.AcceptAsync(orders, default);
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task One_that_a_worker_took_and_has_not_claimed_yet_keeps_its_job()
    {
        var now = TimeProvider.System.GetUtcNow();
        await _bench.Turns.OfferAsync(_second, Held, now, now, default);
        var taken = await _bench.Turns.TakeAsync(new TurnRequest([Held.Queue], now, now.AddMinutes(1)), default);
        Assert.That(taken?.RequestId, Is.EqualTo(_second));

        await RunAsync(_first);

        Assert.That(_bench.Queue.Dropped, Does.Not.Contain(Held.Id), "the worker is about to make it by that job");
        Assert.That((await FindAsync()).JobId, Is.EqualTo(Held.Id));
    }

    [Test]
    public async Task One_that_waits_after_a_fault_is_not_offered_before_its_time()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await _bench.Turns.OfferAsync(_second, Held, now, now.AddMinutes(5), default);

        await RunAsync(_first);

        var second = await FindAsync();
        Assert.That((second.JobId, second.ReadyAt), Is.EqualTo((Held.Id, (DateTimeOffset?)now.AddMinutes(5))));
    }

    [Test]
    public async Task One_whose_worker_puts_it_back_just_after_the_first_let_all_go_is_queued_all_the_same()
    {
        var now = TimeProvider.System.GetUtcNow();
        await _bench.Turns.OfferAsync(_second, Held, now, now, default);
        _bench.JobTurns = new LatePutBack(_bench.Turns, async () =>
        {
            _bench.JobTurns = null;
            await RunAsync(_first);
        });

        await RunAsync(_second);

        var second = await FindAsync();
        Assert.That(second.JobId, Is.Not.Null, "it is not left to the sweeper");
        Assert.That(second.ReadyAt, Is.Not.Null);
        Assert.That(_bench.Queue.Enqueued.Count(id => id == _second), Is.EqualTo(1));
    }

    private Task RunAsync(Guid dub) => _bench.Job([.. _bench.Steps(), new ReleaseStep(_bench.Batches)]).RunAsync(dub, default);

    private async Task<DubProgress> FindAsync() => (await _bench.Progress.FindAsync(_second, default))!;

    /// <summary>Turns of a worker that was suspended between seeing that a dub has to wait and putting it back.</summary>
    private sealed class LatePutBack(IDubTurns inner, Func<Task> before) : IDubTurns
    {
        public async Task<bool> WithdrawAsync(Guid requestId, string jobId, CancellationToken ct)
        {
            await before();
            return await inner.WithdrawAsync(requestId, jobId, ct);
        }

        public Task OfferAsync(Guid requestId, QueuedJob job, DateTimeOffset now, DateTimeOffset readyAt, CancellationToken ct) =>
            inner.OfferAsync(requestId, job, now, readyAt, ct);

        public Task<bool> OfferNewAsync(Guid requestId, QueuedJob job, string? insteadOf, DateTimeOffset now, CancellationToken ct) =>
            inner.OfferNewAsync(requestId, job, insteadOf, now, ct);

        public Task<bool> BeginOfferAsync(DubProgress seen, DateTimeOffset now, CancellationToken ct) =>
            inner.BeginOfferAsync(seen, now, ct);

        public Task<DubTurn?> TakeAsync(TurnRequest request, CancellationToken ct) => inner.TakeAsync(request, ct);

        public Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> queues, CancellationToken ct) => inner.NextAsync(queues, ct);

        public Task<QueueDepth> DepthAsync(DateTimeOffset now, CancellationToken ct) => inner.DepthAsync(now, ct);
    }
}
