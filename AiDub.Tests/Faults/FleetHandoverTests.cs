namespace AiDub.Tests.Faults;

/// <summary>A worker that is stopped, with a lease that outlasts the test: only that it hands its dub over can be quicker.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class FleetHandoverTests : FleetFixture
{
    [Test]
    public async Task A_worker_that_is_stopped_hands_its_dub_over_at_once_and_leaves_no_process()
    {
        await using var fleet = await Fleet.StartAsync(Database, workers: 2, settings: ("Dubbing__LeaseSeconds", "3600"));
        fleet.Hold("speak");
        var dub = await fleet.Api.SubmitAsync(Video);
        var worker = await fleet.WorkerAtAsync(dub, "speak");

        await worker.StopAsync(withinSeconds: 30);
        fleet.LetGo("speak");

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 240, repeated: "speak");
    }

    [Test]
    [Category("Long")]
    public async Task What_a_killed_worker_left_in_a_folder_that_others_share_is_cleared_though_nobody_starts_it_again()
    {
        await using var fleet = await Fleet.StartAsync(
            Database, workers: 2, settings: [("Dubbing__LeftoverSeconds", "1"), .. FleetTests.QuickLease]);
        fleet.Hold("speak");
        var dub = await fleet.Api.SubmitAsync(Video);

        await (await fleet.WorkerAtAsync(dub, "speak")).KillAsync();
        fleet.LetGo("speak");

        await fleet.AssertDoneOnceAsync(dub, withinSeconds: 240, repeated: "speak");
        await fleet.Api.TidyAsync();
    }
}
