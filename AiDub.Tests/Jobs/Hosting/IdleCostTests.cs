using AiDub.Jobs.Queueing;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Tests.Jobs.Dubbing;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;

namespace AiDub.Tests.Jobs.Hosting;

/// <summary>What a worker that has nothing to do costs its store.</summary>
[NonParallelizable] // Its queue is configured for the whole process.
public sealed class IdleCostTests
{
    [Test]
    public async Task An_idle_worker_asks_its_store_for_at_most_three_things_a_second()
    {
        const int seconds = 9;
        await using var database = (await MongoServer.SharedAsync()).NewDatabase();
        using var data = new TestData();
        using var bench = new JobBench();
        var (commands, began) = (new int[seconds + 60], TimeProvider.System.GetTimestamp());
        var settings = MongoDeployment.Settings(database.Options);
        settings.ClusterConfigurator = cluster => cluster.Subscribe<CommandStartedEvent>(
            _ =>
                Interlocked.Increment(
                    ref commands[Math.Min((int)TimeProvider.System.GetElapsedTime(began).TotalSeconds, commands.Length - 1)]));
        using var client = new MongoClient(settings);

        await using (await MongoWorker.StartAsync(database, data, bench.Steps(), client, []))
        {
            began = TimeProvider.System.GetTimestamp();
            Array.Clear(commands);
            await Task.Delay(TimeSpan.FromSeconds(seconds)); // what is measured
        }

        var each = commands[..seconds];
        TestContext.Out.WriteLine($"commands in each second: {string.Join(", ", each)}");
        Assert.That(
            each.Order().ElementAt(seconds / 2), Is.LessThanOrEqualTo(3), "in the middle one of the seconds: the first ones begin it");
    }

    [TestCase(1, false, null, ExpectedResult = 50)]
    [TestCase(11, false, null, ExpectedResult = 500)]
    [TestCase(1, true, null, ExpectedResult = 60_000)]
    [TestCase(11, true, 4000.0, ExpectedResult = 4000)]
    [TestCase(11, false, 120.0, ExpectedResult = 120)]
    [TestCase(11, false, 4000.0, ExpectedResult = 500)]
    [TestCase(11, true, 0.0, ExpectedResult = 50)]
    public double A_worker_looks_often_while_dubs_come_in_and_never_later_than_the_next_retry(
        double sinceLast, bool isTold, double? next) =>
        LookPace.Of(TimeSpan.FromSeconds(sinceLast), isTold, next is { } ms ? TimeSpan.FromMilliseconds(ms) : null).TotalMilliseconds;

    [TestCase(0.25, 8, ExpectedResult = 2)]
    [TestCase(0.1, 30, ExpectedResult = 3)]
    [TestCase(0.1, 5, ExpectedResult = 1)]
    public int A_users_share_is_one_worker_at_least(double share, int workers) => FleetSize.MostOfUser(share, workers);
}
