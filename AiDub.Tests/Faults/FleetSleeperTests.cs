using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>A worker that sleeps until its dub is over; its processes are new for each test.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
[Category("Long")]
public sealed class FleetSleeperTests : FleetFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_worker_that_slept_until_all_was_over_brings_nothing_back(bool isDeleted)
    {
        await using var fleet = await Fleet.StartAsync(Database, workers: 2, settings: FleetTests.QuickLease);
        fleet.Hold("render");
        var dub = await fleet.Api.SubmitAsync(Video);
        var sleeper = await fleet.WorkerAtAsync(dub, "render");

        await sleeper.SignalAsync("STOP");
        fleet.LetGo("render");
        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 240, repeated: "render");
        var result = Files(fleet, "results", dub);
        if (isDeleted)
        {
            using var answer = await fleet.Api.Http.DeleteAsync(new Uri(fleet.Api.BaseAddress, $"/ai_dub/{dub}?user_id=51"));
            Assert.That(answer.IsSuccessStatusCode);
        }
        await sleeper.SignalAsync("CONT");
        await DubServer.UntilAsync(
            "the sleeper has let go",
            () => Task.FromResult(sleeper.Log.Contains("stopped: it was superseded", StringComparison.Ordinal)));
        await DubServer.UntilAsync("it has tidied up", () => Task.FromResult(!sleeper.FilesUnder("scratch").Any()));

        Assert.That(Files(fleet, "results", dub), Is.EqualTo(isDeleted ? [] : result));
        Assert.That(
            Files(fleet, "work", dub).Where(path =>
                isDeleted || path.EndsWith(".wav", StringComparison.Ordinal) || path.Contains("/a1/rendered", StringComparison.Ordinal)),
            Is.Empty);
        Assert.That(await fleet.CountRecordsAsync(dub), Is.EqualTo(isDeleted ? 0 : 1));
    }

    private static List<string> Files(Fleet fleet, string folder, Guid dub) =>
        [.. fleet.Api.FilesUnder(Path.Combine("objects", folder)).Where(path => File.Exists(path)
            && path.Contains($"{dub}", StringComparison.Ordinal)).Order()];
}
