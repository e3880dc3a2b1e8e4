using AiDub.Tests.EndToEnd;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Faults;

/// <summary>
/// Two workers and an API on one store, and what happens to dubs when processes fail. All tests share the three processes; a worker that
/// one of them killed is started again before the next.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class FleetTests
{
    internal static readonly (string, string)[] QuickLease = [("Dubbing__LeaseSeconds", "5"), ("Dubbing__SweepSeconds", "1")];

    private MongoTestDatabase _database = null!;
    private Fleet _fleet = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        _fleet = await Fleet.StartAsync(_database, workers: 2, settings: QuickLease);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_fleet is not null)
            await _fleet.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SetUp]
    public Task Revive() => _fleet.ReviveAsync();

    [TestCase("transcribe", Category = "Long")]
    [TestCase("translate", Category = "Long")]
    [TestCase("speak")]
    [TestCase("render")]
    public async Task A_dub_whose_worker_is_killed_is_finished_once_by_the_other(string step)
    {
        _fleet.Hold(step);
        var dub = await _fleet.Api.SubmitAsync(FleetFixture.Video);

        await (await _fleet.WorkerAtAsync(dub, step)).KillAsync();
        _fleet.LetGo(step);

        await _fleet.AssertDoneOnceAsync(dub, withinSeconds: 240, repeated: step);
        Assert.That(Begun(dub, step), Is.EqualTo(2));
    }

    [Test]
    public async Task A_worker_that_slept_past_its_lease_wakes_to_find_its_writes_refused()
    {
        _fleet.Hold("speak");
        var dub = await _fleet.Api.SubmitAsync(FleetFixture.Video);
        var sleeper = await _fleet.WorkerAtAsync(dub, "speak");

        await sleeper.SignalAsync("STOP");
        await DubServer.UntilAsync(
            "the other has taken over", () => Task.FromResult(Begun(dub, "speak") == 2));
        await sleeper.SignalAsync("CONT");
        await DubServer.UntilAsync(
            "the sleeper has noticed",
            () => Task.FromResult(HasNoticed(sleeper, dub)));
        _fleet.LetGo("speak");

        await _fleet.AssertDoneOnceAsync(dub, withinSeconds: 240, repeated: "speak");
        Assert.That(Begun(dub, "render"), Is.EqualTo(1), "the sleeper did not go on");
    }

    // Its lease says so, or the end of its attempt, whichever comes first.
    private static bool HasNoticed(DubServer sleeper, Guid dub) => sleeper.Log.Split('\n').Any(line =>
        line.Contains($"{dub}", StringComparison.Ordinal) && line.Contains("was superseded", StringComparison.Ordinal));

    private int Begun(Guid dub, string step) => _fleet.Journal.Count(line => line.Dub == dub && line.Step == step);
}
