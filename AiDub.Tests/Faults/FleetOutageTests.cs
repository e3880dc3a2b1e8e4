using AiDub.Tests.StandIns;
using MongoDB.Driver;

namespace AiDub.Tests.Faults;

/// <summary>A fleet whose store is gone for a while.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class FleetOutageTests : FleetFixture
{
    [Test]
    public async Task A_dub_outlives_a_minute_without_its_store_and_a_restart_of_the_API()
    {
        var url = MongoUrl.Create((await MongoServer.SharedAsync()).ConnectionString);
        await using var relay = new CuttableRelay(url.Server.Port);
        var builder = new MongoUrlBuilder(url.Url) { Server = new MongoServerAddress("127.0.0.1", relay.Port), DirectConnection = true };
        await using var fleet = await Fleet.StartAsync(Database, workers: 1, builder.ToString());
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
}
