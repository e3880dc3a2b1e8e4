using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Tests.Jobs.Outages;
using AiDub.Tests.StandIns;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Intake;

/// <summary>A submission that was answered as not accepted makes no dub, whenever its writes arrive.</summary>
public sealed class LateSubmissionTests
{
    private MongoTestDatabase _database = null!;
    private JobBench _bench = null!;

    [SetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        await _database.Records.EnsureIndexesAsync(default);
        _bench = new JobBench(_database);
    }

    [TearDown]
    public async Task Close()
    {
        _bench.Dispose();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_document_that_arrives_after_its_submission_was_given_up_makes_no_dub([Values(null, 5)] int? most)
    {
        var late = new LateCalls(most is null ? "AddAsync" : "AddWithinAsync");
        var records = Port<IProgressStore>.Around(_bench.Progress, late);
        var order = Samples.Order(Guid.NewGuid());

        Assert.ThrowsAsync<TransientDubException>(
            () => Intake(records, JobBench.Refused(records)).AcceptAsync([order], most, default));
        await late.ArriveAsync();

        await AssertIsNotMadeAsync(order);
    }

    [Test]
    public async Task A_document_whose_store_stayed_away_makes_no_dub_once_the_store_is_back()
    {
        var late = new LateCalls("AddAsync", "ForgetAsync");
        var records = Port<IProgressStore>.Around(_bench.Progress, late);
        using var refused = JobBench.Refused(records);
        await refused.StartAsync(default);
        var order = Samples.Order(Guid.NewGuid());
        Assert.ThrowsAsync<TransientDubException>(() => Intake(records, refused).AcceptAsync([order], default));
        await late.ArriveAsync();

        late.IsAway = false;

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await _bench.Progress.FindAsync(order.RequestId, default) is { State: DubState.Running })
            await Task.Delay(50, patience.Token);
        await refused.StopAsync(default);
        await AssertIsNotMadeAsync(order);
    }

    private DubIntake Intake(IProgressStore records, RefusedDubs refused) =>
        new(records, refused, _bench.Queue, _bench.Turns, new TurnSignal(), TimeProvider.System, NullLogger<DubIntake>.Instance);

    private async Task AssertIsNotMadeAsync(DubOrder order)
    {
        Assert.That(await _bench.Progress.FindUnfinishedAsync(null, 10, default), Is.Empty);
        Assert.That(await _bench.Progress.ClaimAsync(order.RequestId, TimeProvider.System.GetUtcNow(), default, default), Is.Null);
        Assert.That(await _bench.Progress.CountRunningAsync(order.UserId, default), Is.Zero);
    }
}
