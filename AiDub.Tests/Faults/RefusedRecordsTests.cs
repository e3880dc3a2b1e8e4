using System.Net;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.StandIns;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Faults;

/// <summary>A MongoDB that is reached and takes writes, and gives this user no right to one of the collections.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class RefusedRecordsTests
{
    private MongoTestDatabase _database = null!;

    [SetUp]
    public async Task Open()
    {
        var server = await MongoServer.SharedAsync();
        if (server.ProcessId is null)
            Assert.Ignore("Only the stand-in is told what to refuse.");
        _database = server.NewDatabase();
    }

    [TearDown]
    public async Task Close()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Test]
    public async Task Dubs_wait_and_one_line_says_what_is_refused_until_the_right_is_given_back()
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer([.. _database.Environment, ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}")]);
        await server.StartAsync();
        var clip = Path.Combine(server.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "4", "-c", "copy", clip);
        var id = await server.SubmitAsync(clips.Serve(clip), transcript: "00:00:01,000 --> 00:00:03,000\nGood morning.\n");

        await RefuseAsync("dubs");

        await DubServer.UntilAsync("the service is not ready", async () => await ReadyAsync(server) == HttpStatusCode.ServiceUnavailable);
        await DubServer.UntilAsync(
            "the log says what is refused",
            () => Task.FromResult(server.Log.Contains("MongoDB said Unauthorized (13) to ", StringComparison.Ordinal)));
        // Long enough for an outage that were taken for over as often as it is looked at.
        for (var looks = 0; looks < 5; looks++)
            Assert.That(await ReadyAsync(server), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(server.Log, Does.Contain("in the collection dubs").And.Not.Contain("It is over"));

        await RefuseAsync();
        var (status, final) = await server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(await _database.CountDubsAsync(id), Is.EqualTo(1));
        Assert.That(server.Log.Split('\n').Count(line => line.Contains("Unauthorized (13)", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_start_is_refused_in_one_sentence_that_names_the_collection()
    {
        await RefuseAsync("callbacks");
        await using var server = new DubServer(_database.Environment);

        Assert.That(server.StartAsync, Throws.InvalidOperationException);

        Assert.That(
            server.Log,
            Does.Contain("aidub: ConnectionStrings:Mongo: MongoDB said Unauthorized (13) to ").And.Contain("in the collection callbacks")
                .And.Contain("readWrite").And.Not.Contain("   at "));
    }

    [TestCase("insert", Category = "Long")]
    [TestCase("remove")]
    public async Task A_right_to_do_one_thing_alone_that_is_missing_keeps_the_service_from_being_ready_until_it_is_given(string right)
    {
        await using var server = new DubServer(_database.Environment);
        await server.StartAsync();

        await RefuseAsync($"callbacks:{right}");

        await DubServer.UntilAsync("the service is not ready", async () => await ReadyAsync(server) == HttpStatusCode.ServiceUnavailable);
        await RefuseAsync();
        await DubServer.UntilAsync("the service is ready", async () => await ReadyAsync(server) == HttpStatusCode.OK);
    }

    [Test]
    public async Task A_start_without_the_right_to_insert_is_refused_in_one_sentence_that_names_the_collection()
    {
        await RefuseAsync("callbacks:insert");
        await using var server = new DubServer(_database.Environment);

        Assert.That(server.StartAsync, Throws.InvalidOperationException);

        Assert.That(
            server.Log,
            Does.Contain("MongoDB said Unauthorized (13) to insert in the collection callbacks.").And.Contain("readWrite"));
    }

    private Task RefuseAsync(params string[] collections) => _database.Database.RunCommandAsync<BsonDocument>(
        new BsonDocument("standInRefusals", new BsonArray(collections)));

    private static async Task<HttpStatusCode> ReadyAsync(DubServer server) =>
        (await server.Http.GetAsync(new Uri(server.BaseAddress, "/health/ready"))).StatusCode;
}
