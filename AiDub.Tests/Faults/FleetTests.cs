using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>Two workers and an API on one store, and what happens to dubs when processes fail.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class FleetTests : FleetFixture
{
    private static readonly (string, string)[] QuickLease = [("Dubbing__LeaseSeconds", "5"), ("Dubbing__SweepSeconds", "1")];

    [TestCase("transcribe")]
    [TestCase("translate")]
    [TestCase("speak")]
    [TestCase("render")]
    public async Task A_dub_whose_worker_is_killed_is_finished_once_by_the_other(string step)
    {
        await using var fleet = await Fleet.StartAsync(Database, workers: 2, settings: QuickLease);
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
        await using var fleet = await Fleet.StartAsync(Database, workers: 2, settings: QuickLease);
        fleet.Hold("speak");
        var dub = await fleet.Api.SubmitAsync(Video);
        var sleeper = await fleet.WorkerAtAsync(dub, "speak");

        await sleeper.SignalAsync("STOP");
        await DubServer.UntilAsync(
            "the other has taken over", () => Task.FromResult(fleet.Journal.Count(line => line.Step == "speak") == 2), seconds: 90);
        await sleeper.SignalAsync("CONT");
        await DubServer.UntilAsync(
            "the sleeper has noticed",
            () => Task.FromResult(sleeper.Log.Contains("was superseded", StringComparison.Ordinal)), seconds: 30);
        fleet.LetGo("speak");

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 30, repeated: "speak");
        Assert.That(fleet.Journal.Count(line => line.Step == "render"), Is.EqualTo(1), "the sleeper did not go on");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_worker_that_slept_until_all_was_over_brings_nothing_back(bool isDeleted)
    {
        await using var fleet = await Fleet.StartAsync(Database, workers: 2, settings: QuickLease);
        fleet.Hold("render");
        var dub = await fleet.Api.SubmitAsync(Video);
        var sleeper = await fleet.WorkerAtAsync(dub, "render");

        await sleeper.SignalAsync("STOP");
        fleet.LetGo("render");
        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 90, repeated: "render");
        var result = Files(fleet, "results", dub);
        if (isDeleted)
        {
            using var answer = await fleet.Api.Http.DeleteAsync(new Uri(fleet.Api.BaseAddress, $"/ai_dub/{dub}?user_id=51"));
            Assert.That(answer.IsSuccessStatusCode);
        }
        await sleeper.SignalAsync("CONT");
        await DubServer.UntilAsync(
            "the sleeper has let go",
            () => Task.FromResult(sleeper.Log.Contains("stopped: it was superseded", StringComparison.Ordinal)), seconds: 60);
        await DubServer.UntilAsync("it has tidied up", () => Task.FromResult(!sleeper.FilesUnder("scratch").Any()), seconds: 30);

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

    [Test]
    public async Task A_worker_that_is_stopped_hands_its_dub_over_at_once_and_leaves_no_process()
    {
        // With the lease of production, so that only the handing over can be this quick.
        await using var fleet = await Fleet.StartAsync(Database, workers: 2);
        fleet.Hold("speak");
        var dub = await fleet.Api.SubmitAsync(Video);
        var worker = await fleet.WorkerAtAsync(dub, "speak");

        await worker.StopAsync(withinSeconds: 15);
        fleet.LetGo("speak");

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 20, repeated: "speak");
    }
}
