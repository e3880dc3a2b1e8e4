using System.Net;
using System.Net.Http.Json;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage.S3;
using AiDub.Tests.StandIns;
using MongoDB.Driver;

namespace AiDub.Tests.Faults;

/// <summary>A fleet whose objects, and then whose records, are gone for a while.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
[Category("Long")]
public sealed class FleetOutageTests : FleetFixture
{
    private const int Dubs = 8;

    [TestCase(5)]
    [TestCase(300, Explicit = true, Category = "Bench")]
    public async Task Eight_dubs_outlive_their_objects_and_their_records_being_away_and_so_does_a_worker_that_starts_meanwhile(int seconds)
    {
        var url = MongoUrl.Create((await MongoServer.SharedAsync()).ConnectionString);
        await using var s3 = await S3Server.StartStandInAsync();
        await using var records = new CuttableRelay(url.Server.Port);
        await using var objects = new CuttableRelay(new Uri(s3.Settings["ServiceUrl"]).Port);
        var builder = new MongoUrlBuilder(url.Url) { Server = new MongoServerAddress("127.0.0.1", records.Port), DirectConnection = true };
        s3.Settings["ServiceUrl"] = $"https://localhost:{objects.Port}";
        await using var fleet = await Fleet.StartAsync(
            Database, workers: 1, builder.ToString(),
            [
                .. s3.Variables(),
                ("Objects__Provider", "S3"),
                ("Dubbing__MaxFaults", "0"),
                ("Workers__Count", "4"),
                ("Dubbing__SweepSeconds", "1")]);
        fleet.Hold("speak");
        fleet.Hold("render");
        var dubs = new List<Guid>();
        while (dubs.Count < Dubs)
            dubs.Add(await fleet.Api.SubmitAsync(Video));
        await UntilAsync(fleet, "speak", 4);

        await objects.CutAsync();
        fleet.LetGo("speak");
        await DubServer.UntilAsync(
            "a dub says that it waits for its objects", async () => await WaitingForAsync(fleet, dubs) == "objects");
        await Task.Delay(TimeSpan.FromSeconds(seconds)); // the outage itself
        objects.Mend();
        await UntilAsync(fleet, "render", 4);

        await records.CutAsync();
        await AssertSaysSoAsync(fleet.Api, dubs[0]);
        await using var late = new DubServer("AiDub.Tests.dll", fleet.Api.DataFolder, fleet.Settings);
        late.Launch();
        await DubServer.UntilAsync(
            "a worker that starts waits",
            () => Task.FromResult(late.Log.Contains("waits for them and takes no dub", StringComparison.Ordinal)));
        await DubServer.UntilAsync("it lives", async () => await StatusAsync(late, "/health/live") == HttpStatusCode.OK);
        Assert.That(await StatusAsync(late, "/health/ready"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        fleet.LetGo("render");
        await Task.Delay(TimeSpan.FromSeconds(seconds)); // the outage itself
        records.Mend();

        await DubServer.UntilAsync(
            "the late worker is ready", async () => await StatusAsync(late, "/health/ready") == HttpStatusCode.OK);
        foreach (var dub in dubs)
            await AssertMadeAsync(fleet, dub);
        Assert.That(
            fleet.Journal.GroupBy(line => (line.Dub, line.Step)).Where(lines => lines.Count() > 1).Select(lines => lines.Key),
            Is.Empty,
            "no step was done twice");
    }

    private static Task UntilAsync(Fleet fleet, string step, int count) => DubServer.UntilAsync(
        $"{count} dubs are at {step}", () => Task.FromResult(fleet.Journal.Count(line => line.Step == step) >= count));

    private static async Task<string?> WaitingForAsync(Fleet fleet, List<Guid> dubs)
    {
        foreach (var dub in dubs)
        {
            if ((await fleet.Api.PollAsync(dub)).Body.TryGetProperty("waiting_for", out var what))
                return what.GetString();
        }
        return null;
    }

    // In three seconds each on a machine that has the time; the client here waits for thirty.
    private static async Task AssertSaysSoAsync(DubServer api, Guid dub)
    {
        for (var i = 0; i < 3; i++)
        {
            using var poll = await api.Http.PostAsJsonAsync(
                new Uri(api.BaseAddress, "/ai_dub/progress"), new { user_id = 51, request_id = dub });
            Assert.That(
                (poll.StatusCode, poll.Headers.RetryAfter?.Delta > TimeSpan.Zero), Is.EqualTo((HttpStatusCode.ServiceUnavailable, true)));
            Assert.That(await poll.Content.ReadAsStringAsync(), Does.Contain("\"unavailable\""));
        }
        Assert.That(await StatusAsync(api, "/health/ready"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await StatusAsync(api, "/health/live"), Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task<HttpStatusCode?> StatusAsync(DubServer server, string path)
    {
        try
        {
            using var answer = await server.Http.GetAsync(new Uri(server.BaseAddress, path));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null; // it does not listen yet
        }
    }

    private static async Task AssertMadeAsync(Fleet fleet, Guid dub)
    {
        await DubServer.UntilAsync("the dub is done", async () =>
        {
            var (status, body) = await fleet.Api.PollAsync(dub);
            Assert.That(status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), body.ToString());
            return body.TryGetProperty("result_url", out _);
        }, seconds: 120);
        Assert.That(await fleet.CountRecordsAsync(dub), Is.EqualTo(1), "records in the main table");
    }
}
