using System.Net;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.StandIns;
using MongoDB.Driver;

namespace AiDub.Tests.Faults;

/// <summary>Two workers and an API on one store, and what happens to dubs when processes and the store fail.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class FleetTests
{
    private static readonly Uri Video = new("https://example.com/v.mp4");
    private static readonly (string, string)[] QuickLease = [("Dubbing__LeaseSeconds", "5"), ("Dubbing__SweepSeconds", "1")];

    private MongoTestDatabase _database = null!;

    [SetUp]
    public async Task Open() => _database = (await MongoServer.SharedAsync()).NewDatabase();

    [TearDown]
    public async Task Close() => await _database.DisposeAsync();

    [TestCase("transcribe")]
    [TestCase("translate")]
    [TestCase("speak")]
    [TestCase("render")]
    public async Task A_dub_whose_worker_is_killed_is_finished_once_by_the_other(string step)
    {
        await using var fleet = await Fleet.StartAsync(_database, workers: 2, settings: QuickLease);
        fleet.Hold(step);
        var dub = await fleet.Api.SubmitAsync(Video);

        await (await fleet.WorkerAtAsync(dub, step)).KillAsync();
        fleet.LetGo(step);

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 90, repeated: step);
        Assert.That(fleet.Journal.Count(line => line.Step == step), Is.EqualTo(2));
    }

    [Test]
    public async Task A_worker_that_slept_past_its_lease_wakes_to_find_its_writes_refused()
    {
        await using var fleet = await Fleet.StartAsync(_database, workers: 2, settings: QuickLease);
        fleet.Hold("speak");
        var dub = await fleet.Api.SubmitAsync(Video);
        var sleeper = await fleet.WorkerAtAsync(dub, "speak");

        await sleeper.SignalAsync("STOP");
        await DubServer.UntilAsync(
            "the other has taken over", () => Task.FromResult(fleet.Journal.Count(line => line.Step == "speak") == 2), seconds: 90);
        await sleeper.SignalAsync("CONT");
        await DubServer.UntilAsync(
            "the sleeper has noticed", () => Task.FromResult(sleeper.Log.Contains("was superseded", StringComparison.Ordinal)), seconds: 30);
        fleet.LetGo("speak");

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 30, repeated: "speak");
        Assert.That(fleet.Journal.Count(line => line.Step == "render"), Is.EqualTo(1), "the sleeper did not go on");
    }

    [Test]
    public async Task A_worker_that_is_stopped_hands_its_dub_over_at_once_and_leaves_no_process()
    {
        // With the lease of production, so that only the handing over can be this quick.
        await using var fleet = await Fleet.StartAsync(_database, workers: 2);
        fleet.Hold("speak");
        var dub = await fleet.Api.SubmitAsync(Video);
        var worker = await fleet.WorkerAtAsync(dub, "speak");

        await worker.StopAsync(withinSeconds: 15);
        fleet.LetGo("speak");

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 20, repeated: "speak");
    }

    [Test]
    public async Task A_dub_outlives_a_minute_without_its_store_and_a_restart_of_the_API()
    {
        var url = MongoUrl.Create((await MongoServer.SharedAsync()).ConnectionString);
        await using var relay = new CuttableRelay(url.Server.Port);
        var builder = new MongoUrlBuilder(url.Url) { Server = new MongoServerAddress("127.0.0.1", relay.Port), DirectConnection = true };
        await using var fleet = await Fleet.StartAsync(_database, workers: 1, builder.ToString());
        fleet.Hold("translate");
        var dub = await fleet.Api.SubmitAsync(Video);
        await fleet.WorkerAtAsync(dub, "translate");

        await relay.CutAsync();
        fleet.LetGo("translate");
        await Task.Delay(TimeSpan.FromMinutes(1)); // the outage itself
        relay.Mend();
        await fleet.Api.KillAsync();
        await fleet.Api.StartAsync();

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 120, repeated: "translate");
    }

    [Test]
    public async Task A_burst_of_a_thousand_dubs_is_done_none_stuck_and_none_twice()
    {
        const int burst = 1000;
        await using var fleet = await Fleet.StartAsync(_database, workers: 2, settings: [("Workers__Count", "8"), (ScriptedWorker.SleepVariable, "5")]);

        var dubs = new List<Guid>();
        foreach (var chunk in Enumerable.Range(0, burst).Chunk(50))
            dubs.AddRange(await Task.WhenAll(chunk.Select(_ => fleet.Api.SubmitAsync(Video))));
        await DubServer.UntilAsync("every dub is done", async () => await fleet.CountRecordsAsync() == burst);

        Assert.That(fleet.Journal.GroupBy(line => (line.Dub, line.Step)).Count(group => group.Count() > 1), Is.Zero, "steps done twice");
        Assert.That(fleet.Journal.Select(line => line.Dub).Distinct(), Is.EquivalentTo(dubs));
        Assert.That(fleet.Journal.Select(line => line.Process).Distinct().Count(), Is.EqualTo(2), "both workers worked");
        foreach (var chunk in dubs.Chunk(50))
        {
            var answers = await Task.WhenAll(chunk.Select(fleet.Api.PollAsync));
            Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(HttpStatusCode.OK));
        }
    }
}
