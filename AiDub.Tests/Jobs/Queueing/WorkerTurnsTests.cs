using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Dubbing;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Queueing;

/// <summary>A worker that stops as it takes a dub: another takes that at once, and not when its lease ends.</summary>
public sealed class WorkerTurnsTests
{
    private static readonly string[] Queues = [WorkerOptions.DefaultQueue];

    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly TurnSignal _signal = new();
    private JobBench _bench = null!;

    [SetUp]
    public async Task Offer()
    {
        _bench = new JobBench();
        await _bench.AcceptAsync();
        await DubServer.UntilAsync("the dub is offered", async () => await _bench.Turns.NextAsync(Queues, default) is not null);
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [OneTimeTearDown]
    public void CloseAll()
    {
        _services.Dispose();
        _signal.Dispose();
    }

    [Test]
    public async Task When_it_is_told_so_while_the_store_answers()
    {
        using var stop = new CancellationTokenSource();
        using var worker = Worker(Port<IDubTurns>.Around(_bench.Turns, new StoppedCalls(stop)));

        Assert.That(
            () => worker.Next(Queues, turn => new FakeJob(turn.Job.Id), stop.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That((await TakeAsync())?.RequestId, Is.EqualTo(_bench.Order.RequestId));
    }

    [Test]
    public async Task When_it_is_told_so_before_it_has_the_job()
    {
        using var stop = new CancellationTokenSource();
        using var worker = Worker(_bench.Turns);

        Assert.That(
            () => worker.Next(Queues, _ => throw new OperationCanceledException(stop.Token), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That((await TakeAsync())?.RequestId, Is.EqualTo(_bench.Order.RequestId));
    }

    private WorkerTurns Worker(IDubTurns turns) => new(
        turns, _signal, [], new FleetSize(_services, _bench.Options, TimeProvider.System), _bench.Options, TimeProvider.System,
        NullLogger<WorkerTurns>.Instance);

    private Task<DubTurn?> TakeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        return _bench.Turns.TakeAsync(new TurnRequest(Queues, now, now.AddSeconds(30)), default);
    }

    /// <summary>Tells the worker to stop while a dub is taken: the store takes it all the same.</summary>
    private sealed class StoppedCalls(CancellationTokenSource stop) : PortCalls
    {
        public override async Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
        {
            if (method != nameof(IDubTurns.TakeAsync))
                return await call(ct);
            await stop.CancelAsync();
            var taken = await call(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            return taken;
        }
    }

    private sealed class FakeJob(string id) : IFetchedJob
    {
        public string JobId => id;

        public void RemoveFromQueue()
        {
        }

        public void Requeue()
        {
        }

        public void Dispose()
        {
        }
    }
}
