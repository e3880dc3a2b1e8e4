using System.Net;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>More dubs at once than a fleet can begin.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class FleetBurstTests : FleetFixture
{
    [Test]
    public async Task A_burst_of_a_thousand_dubs_is_done_none_stuck_and_none_twice()
    {
        const int burst = 1000;
        await using var fleet = await Fleet.StartAsync(Database, workers: 2, settings: [("Workers__Count", "8"), (ScriptedWorker.SleepVariable, "5")]);

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
