using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Tests.Jobs.Dubbing;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;
using Hangfire;

namespace AiDub.Tests.Api.Dashboards;

/// <summary>What the dashboard says of jobs that wait for a worker.</summary>
[TestFixture(false, TestName = "the queue, embedded")]
[TestFixture(true, TestName = "the queue, on MongoDB")]
[NonParallelizable] // Its queue is configured for the whole process.
internal sealed class DashboardQueueTests(bool onMongo)
{
    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource _held = new();
    private TestData _data = null!;
    private MongoTestDatabase? _database;
    private DashboardHost _host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _data = new TestData();
        _database = onMongo ? (await MongoServer.SharedAsync()).NewDatabase() : null;
        _host = await DashboardHost.StartAsync(_data, FakeSteps.Make((_, _, ct) =>
        {
            _reached.TrySetResult();
            return _held.Task.WaitAsync(ct);
        }), _database?.Environment ?? []);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task No_job_of_a_dub_that_was_cancelled_or_deleted_while_it_waited_is_told_of_as_waiting()
    {
        var running = await _host.SubmitAsync();
        await _reached.Task.WaitAsync(TimeSpan.FromMinutes(4));
        var (cancelled, deleted) = (await _host.SubmitAsync(), await _host.SubmitAsync());

        await _host.Get<DubCancellation>().CancelAsync(cancelled.RequestId, default);
        await _host.Get<DubDeletion>().DeleteAsync(deleted.Order.UserId, deleted.RequestId, default);

        await _host.UntilJobAsync(cancelled.JobId!, "Deleted");
        await _host.UntilJobAsync(deleted.JobId!, "Deleted");
        _held.SetResult();
        await _host.UntilAsync(running.RequestId, dub => dub.State == DubState.Complete);
        await _host.UntilJobAsync(running.JobId!, "Succeeded");
        var last = await _host.SubmitAsync();
        await _host.UntilJobAsync(last.JobId!, "Succeeded");
        var queue = _host.Get<JobStorage>().GetMonitoringApi();
        Assert.That(queue.GetStatistics().Enqueued, Is.Zero);
        // On MongoDB a job leaves the list of its queue as it expires.
        if (!onMongo)
            Assert.That(queue.EnqueuedCount("default"), Is.Zero);
    }
}
