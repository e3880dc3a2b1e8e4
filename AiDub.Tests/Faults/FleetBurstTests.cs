using System.Net;
using AiDub.Tests.EndToEnd;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Faults;

/// <summary>More dubs at once than a fleet can begin.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
[Category("Long")]
public sealed class FleetBurstTests : FleetFixture
{
    // The stand-in looks through all documents for every turn, which a server with indexes does not: a thousand take it minutes.
    [TestCase(30)]
    [TestCase(100, Category = "Bench")]
    public async Task A_burst_of_dubs_of_ten_users_is_done_by_turn_none_stuck_and_none_twice(int each)
    {
        const int users = 10;
        const int workers = 15;
        // A lease that ends many times while they wait: that is no reason to queue them again.
        await using var fleet = await Fleet.StartAsync(
            Database, workers: 3,
            settings: [
                ("Workers__Count", "5"),
                // Longer than the store takes for a turn, or few would ever be at work at once.
                (ScriptedWorker.SleepVariable, "100"),
                ("Dubbing__LeaseSeconds", "15"),
                ("Dubbing__SweepSeconds", "1")]);
        fleet.Hold("transcribe");

        // One user after another: by the order in which they came, the last would wait for all.
        var owners = new Dictionary<Guid, long>();
        foreach (var chunk in Enumerable.Range(0, users * each).Select(i => 1L + (i / each)).Chunk(50))
        {
            foreach (
                var (dub, user) in await Task.WhenAll(chunk.Select(async user => (await fleet.Api.SubmitAsync(Video, user: user), user))))
                owners.Add(dub, user);
        }
        fleet.LetGo("transcribe");
        await DubServer.UntilAsync("every dub is done", async () => await fleet.CountRecordsAsync() == users * each, seconds: 900);

        Assert.That(fleet.Journal.GroupBy(line => (line.Dub, line.Step)).Count(group => group.Count() > 1), Is.Zero, "steps done twice");
        Assert.That(fleet.Journal.Select(line => line.Dub).Distinct(), Is.EquivalentTo(owners.Keys));
        Assert.That(fleet.Journal.Select(line => line.Process).Distinct().Count(), Is.EqualTo(3), "all workers worked");
        var begun = fleet.Journal.Where(line => line.Step == "transcribe")
            .Skip(workers)
            .Take(users * each / 2)
            .CountBy(line => owners[line.Dub])
            .ToDictionary();
        TestContext.Out.WriteLine(
            $"of the first half, begun of each user: {string.Join(", ", begun.OrderBy(user => user.Key).Select(user => user.Value))}");
        // Fifteen workers are one and a half a user, and of users with as many at work the one who has waited longest is next: half of each
        // user's dubs, give or take those in hand. By the order in which they came it would be all of half of the users.
        Assert.That(begun.Values, Has.Exactly(users).InRange(each / 5, each * 4 / 5));
        var jobs = await JobsAsync();
        Assert.That(jobs.Where(ofOne => ofOne.Count() > 1).SelectMany(ofOne => ofOne), Is.Empty, "one job a dub");
        Assert.That(jobs.Count, Is.EqualTo(users * each));
        Assert.That(await DroppedAsync(), Is.LessThan(users), "waiting is no reason to be queued again");
        foreach (var chunk in owners.Chunk(50))
        {
            var answers = await Task.WhenAll(chunk.Select(dub => fleet.Api.FinishAsync(dub.Key, user: dub.Value)));
            Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(HttpStatusCode.OK));
        }
    }

    private Task<long> DroppedAsync() => Database.Database.GetCollection<BsonDocument>("hangfire.jobGraph")
        .CountDocumentsAsync(new BsonDocument { { "_t", "JobDto" }, { "StateName", "Deleted" } });

    // One that was given up for another, as where queueing took longer than a lease, is in no queue.
    private async Task<ILookup<string, string>> JobsAsync()
    {
        var live = new BsonDocument { { "_t", "JobDto" }, { "StateName", new BsonDocument("$ne", "Deleted") } };
        var jobs = await Database.Database.GetCollection<BsonDocument>("hangfire.jobGraph").Find(live).ToListAsync();
        return jobs.ToLookup(job => job["Arguments"].AsString, job => job.ToString());
    }
}
