using System.Net;
using System.Net.Http.Headers;
using AiDub.Tests.Jobs.Storage.S3;
using Amazon.S3.Model;

namespace AiDub.Tests.EndToEnd;

/// <summary>Whole dubs with everything but the records in S3.</summary>
[TestFixture]
public sealed class S3DubbingTests
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4");

    private string _folder = null!;
    private string _clip = null!;

    [OneTimeSetUp]
    public async Task MakeClip()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-clips-").FullName;
        _clip = Path.Combine(_folder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Sample, "-t", "7", "-c", "copy", _clip);
    }

    [OneTimeTearDown]
    public void RemoveClip() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_source_in_a_bucket_is_dubbed_into_a_bucket()
    {
        await using var store = await S3Server.StartAsync();
        using var bench = new S3Bench(store.Options());
        await using var server = Server(store);
        await server.StartAsync();
        const string Key = "clips/My Talk+ü.mp4";
        await bench.Connection.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = store.SourceBucket,
            Key = Key,
            FilePath = _clip,
            DisablePayloadSigning = bench.Connection.SendsUnsignedBodies,
        });

        var id = await SubmitAsync(server, $"s3://{store.SourceBucket}/{Key}");
        var (status, final) = await server.FinishAsync(id);
        // Nothing is known of a server that is not ours.
        var asked = store.Asked.Where(request =>
            request.Contains($"{id}", StringComparison.Ordinal) || request.StartsWith("POST", StringComparison.Ordinal)).ToList();

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        await TestContext.Out.WriteLineAsync($"{asked.Count} requests of the bucket for a dub:\n{string.Join('\n', asked)}");
        Assert.That(asked, Has.Count.LessThanOrEqualTo(40), "each costs, whatever its size");
        await AssertOpensAsync(store, final.GetProperty("result_url").GetString()!);
        var work = await bench.Store.ListAsync($"work/{id}/", default);
        Assert.That(work, Is.Not.Empty.And.All.EndsWith(".json"), "what only making the dub needed is gone");
        Assert.That(await bench.Store.ListAsync($"results/51/{id}/", default), Has.Count.EqualTo(3));
        await server.TidyAsync();
        Assert.That(server.FilesUnder("objects"), Is.Empty, "nothing is kept here");
        var files = await server.Http.GetAsync(
            new Uri(server.BaseAddress, $"/files/results/51/{id}/dubbed.mp4?expires=99999999999&signature=00"));
        Assert.That(files.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(server.Log, Does.Not.Contain("X-Amz-Signature").And.Not.Contain("[ERR").And.Not.Contain("fail:"));
    }

    [Test]
    [Category("Long")]
    public async Task An_uploaded_file_goes_through_the_bucket()
    {
        await using var store = await S3Server.StartAsync();
        await using var server = Server(store);
        await server.StartAsync();

        var id = await server.SubmitAsync(new Uri(await UploadAsync(server)), transcript: "00:00:01,000 --> 00:00:04,000\nGood morning.\n");
        var (status, final) = await server.FinishAsync(id);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        await AssertOpensAsync(store, final.GetProperty("result_url").GetString()!);
    }

    [Test]
    public async Task A_dub_whose_store_goes_away_finishes_once_it_is_back()
    {
        await using var store = await S3Server.StartStandInAsync();
        await using var server = Server(store);
        await server.StartAsync();
        var id = await SubmitAsync(server, await UploadAsync(server));
        await DubServer.UntilAsync(
            "the source is fetched", async () => (await server.PollAsync(id)).Body.GetProperty("percent").GetInt32() > 2);

        await store.KillAsync();
        await DubServer.UntilAsync("the dub waits for its objects", async () =>
            (await server.PollAsync(id)).Body.TryGetProperty("waiting_for", out var waiting) && waiting.GetString() == "objects");
        using var ready = await server.Http.GetAsync(new Uri(server.BaseAddress, "/health/ready"));
        var (during, running) = await server.PollAsync(id);
        await store.StartAgainAsync();
        var (status, final) = await server.FinishAsync(id);

        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await ready.Content.ReadAsStringAsync(), Does.Contain("objects").And.Not.Contain("records"));
        Assert.That(during, Is.EqualTo(HttpStatusCode.OK), running.ToString());
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(final.GetProperty("report").GetProperty("attempts").GetInt32(), Is.EqualTo(1), "it waited where it was");
        await AssertOpensAsync(store, final.GetProperty("result_url").GetString()!);
    }

    private static DubServer Server(S3Server store) => new([
        ("Objects__Provider", "S3"),
        .. store.Variables(),
        ("Source__AllowedBuckets__0", store.SourceBucket),
        ("Dubbing__RetrySeconds", "1"),
        ("Dubbing__KeepEditableHours", "0"),
    ]);

    private static async Task<Guid> SubmitAsync(DubServer server, string address)
    {
        var (status, body) = await server.PostAsync(
            "/ai_dub", new { source_video_url = address, user_id = 51, project_id = "ryan", to_lang = "es" });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return body.GetProperty("request_id").GetGuid();
    }

    private async Task<string> UploadAsync(DubServer server)
    {
        await using var file = File.OpenRead(_clip);
        using var form = new MultipartFormDataContent { { new StreamContent(file), "file", "clip.mp4" } };
        using var answer = await server.Http.PostAsync(new Uri(server.BaseAddress, "/ai_dub/uploads"), form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("source_video_url").GetString()!;
    }

    private async Task AssertOpensAsync(S3Server store, string address)
    {
        using var browser = store.Browser();
        using var answer = await browser.GetAsync(address);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType, Is.EqualTo(new MediaTypeHeaderValue("video/mp4")));
        var path = Path.Combine(_folder, Guid.NewGuid() + ".mp4");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync());
        Assert.That(await Tool.DurationAsync(path), Is.EqualTo(await Tool.DurationAsync(_clip)).Within(0.05));
    }
}
