using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Tests.StandIns;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.EndToEnd;

/// <summary>The service with its records and queue in MongoDB.</summary>
[TestFixture]
public sealed class MongoDubbingTests
{
    private MongoTestDatabase _database = null!;

    [SetUp]
    public async Task Open() => _database = (await MongoServer.SharedAsync()).NewDatabase();

    [TearDown]
    public async Task Close() => await _database.DisposeAsync();

    [Test]
    public async Task A_clip_is_dubbed_and_its_final_response_is_read_once()
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer([.. _database.Environment, ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}")]);
        await server.StartAsync();
        var clip = Path.Combine(server.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "8", "-c", "copy", clip);

        var id = await server.SubmitAsync(clips.Serve(clip), transcript: "00:00:01,000 --> 00:00:04,000\nGood morning.\n");
        Assert.That((await _database.RawAsync(id))["user_id"], Is.EqualTo(new BsonInt64(51)));
        var (status, final) = await server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        using var result = await server.Http.GetAsync(final.GetProperty("result_url").GetString());
        Assert.That(result.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await server.PollAsync(id)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        var record = await _database.Records.Dubs.Find(new BsonDocument("request_id", id.ToString())).SingleAsync();
        Assert.That(record["response"]["from_lang"].AsString, Is.EqualTo("en"));
        await server.TidyAsync();
        Assert.That(File.Exists(Path.Combine(server.DataFolder, "aidub.db")), Is.False, "nothing is kept in the embedded store");
        foreach (var page in new[] { "/hangfire", "/hangfire/jobs/succeeded", "/hangfire/servers" })
            Assert.That((await server.Http.GetAsync(new Uri(server.BaseAddress, page))).StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
    }

    [Test]
    [Category("Long")]
    public async Task An_API_estimates_by_the_dubs_of_workers_that_are_processes_of_their_own()
    {
        await using var clips = await ClipServer.StartAsync();
        (string, string)[] settings = [.. _database.Environment, ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}")];
        await using var api = new DubServer([.. settings, ("Workers__Enabled", "false")]);
        await api.StartAsync();
        await using var worker = new DubServer("AiDub.Jobs.dll", api.DataFolder, settings);
        await worker.StartAsync();
        var clip = Path.Combine(api.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "8", "-c", "copy", clip);
        var address = clips.Serve(clip);

        var id = await api.SubmitAsync(address, transcript: "00:00:01,000 --> 00:00:04,000\nGood morning.\n");
        var (_, final) = await api.FinishAsync(id);
        var took = final.GetProperty("report").GetProperty("step_seconds").EnumerateObject().Sum(step => step.Value.GetDouble());
        using var answer = await api.Http.GetAsync(new Uri(
            api.BaseAddress, $"/ai_dub/estimate?user_id=51&to_lang=es&source_video_url={Uri.EscapeDataString(address.OriginalString)}"));
        var estimate = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(worker.Log, Does.Contain($"{id}"), "the worker did it");
        Assert.That(estimate.GetProperty("expected_seconds").GetDouble(), Is.EqualTo(Math.Max(3, took)).Within(0.1), estimate.ToString());
    }

    [TestCase("ConnectionStrings__Mongo", "mongodb://aidub:s3cret@127.0.0.1:1/?w=0", "ConnectionStrings:Mongo must not set w=0")]
    [TestCase("Storage__Provider", "Redis", "Storage:Provider must be Embedded or Mongo, not 'Redis'.")]
    public async Task A_setting_that_cannot_be_stops_the_start_with_a_line_that_says_so(string name, string value, string line)
    {
        var settings = _database.Environment.ToDictionary();
        settings[name] = value;
        await using var server = new DubServer([.. settings.Select(s => (s.Key, s.Value))]);

        Assert.That(server.StartAsync, Throws.InvalidOperationException);

        Assert.That(server.Log, Does.Contain(line).And.Not.Contain("s3cret"));
    }
}
