using System.IO.Pipelines;
using AiDub.Api.Errors;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Limits;

/// <summary>How much may be stored for a user, and here at all.</summary>
public sealed class StorageLimitTests
{
    private const string Submission = """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""";

    [Test]
    public async Task What_is_stored_for_a_user_is_told_by_its_kinds()
    {
        await using var api = Host(("Limits:StoredBytes", "1000"));
        var running = SampleDubs.Accepted();
        api.Progress.Put(running);
        api.Objects.Texts[ObjectKeys.Results(51, Guid.NewGuid()) + "dubbed.mp4"] = new string('r', 100);
        api.Objects.Texts[ObjectKeys.Upload(TimeProvider.System.GetUtcNow(), 51, Guid.NewGuid())] = new string('u', 20);
        api.Objects.Texts[ObjectKeys.Source(running.RequestId)] = new string('w', 3);
        api.Objects.Texts[ObjectKeys.Results(52, Guid.NewGuid()) + "dubbed.mp4"] = "another's";
        api.Objects.Texts[ObjectKeys.Source(Guid.NewGuid())] = "another's";

        var usage = await (await SendAsync(api, HttpMethod.Get, "/ai_dub/usage")).ReadAsync(200);

        Assert.That(
            usage.GetRawText(),
            Is.EqualTo("""{"stored_bytes":123,"stored_bytes_limit":1000,"upload_bytes":20,"work_bytes":3,"result_bytes":100}"""));
    }

    [Test]
    [SetCulture("sv-SE")]
    public void Numbers_are_told_alike_whatever_the_language_of_the_machine() =>
        Assert.That(DubErrors.OverQuota(1_234_567, 2_000_000).Msg, Does.StartWith("1,234,567 of 2,000,000 bytes"));

    [Test]
    public async Task A_user_who_has_stored_as_much_as_he_may_can_delete_and_go_on()
    {
        await using var api = Host(("Limits:StoredBytes", "100"));
        var dub = SampleDubs.Complete();
        api.Progress.Put(dub);
        api.Objects.Texts[ObjectKeys.Source(dub.RequestId)] = new string('r', 100);

        var refused = await (await SubmitAsync(api)).ReadErrorAsync(507, "quota_exceeded");
        Assert.That(refused.Text("msg"), Does.StartWith("100 of 100 bytes are stored for this user"));
        await (await UploadAsync(api, "video")).ReadErrorAsync(413, "quota_exceeded");
        Assert.That(api.Progress.All, Has.Count.EqualTo(1));
        Assert.That(api.Objects.Texts, Has.Count.EqualTo(1));

        Assert.That((int)(await SendAsync(api, HttpMethod.Delete, $"/ai_dub/{dub.RequestId}")).StatusCode, Is.EqualTo(204));
        api.Objects.Texts.Clear();
        await (await SendAsync(api, HttpMethod.Get, "/ai_dub/usage")).ReadAsync(200);
        await (await SubmitAsync(api)).ReadAsync(200);
    }

    [Test]
    public async Task An_upload_is_taken_up_to_what_is_left_and_counts_at_once()
    {
        await using var api = Host(("Limits:StoredBytes", "100"));

        await (await UploadAsync(api, new string('v', 101))).ReadErrorAsync(413, "quota_exceeded");
        await (await UploadAsync(api, new string('v', 60))).ReadAsync(200);
        await (await UploadAsync(api, new string('v', 41))).ReadErrorAsync(413, "quota_exceeded");
        await (await UploadAsync(api, new string('v', 40))).ReadAsync(200);
        await (await SubmitAsync(api)).ReadErrorAsync(507, "quota_exceeded");

        Assert.That(api.Objects.Texts.Keys, Has.Count.EqualTo(2).And.All.Match("^uploads/[0-9-]{10}/51/[0-9a-f-]{36}$"));
    }

    [Test]
    public async Task Uploads_at_once_take_no_more_than_is_left_together()
    {
        await using var api = Host(("Limits:StoredBytes", "100"));
        var body = new Pipe();
        await body.Writer.WriteAsync(new byte[30]);
        var slow = SendAsync(
            api, HttpMethod.Post, "/ai_dub/uploads",
            new MultipartFormDataContent { { new StreamContent(body.Reader.AsStream()), "file", "a.mp4" } });

        await (await UploadAsync(api, new string('v', 60))).ReadAsync(200);
        await body.Writer.WriteAsync(new byte[30]);
        await body.Writer.CompleteAsync();

        await (await slow).ReadErrorAsync(413, "quota_exceeded");
        Assert.That(api.Objects.Texts, Has.Count.EqualTo(1));
        await (await UploadAsync(api, new string('v', 40))).ReadAsync(200);
    }

    [Test]
    public async Task Below_the_floor_of_free_room_nothing_new_is_begun_and_everything_else_goes_on()
    {
        await using var api = Host(("Data:MinFreeBytes", $"{1L << 40}"));
        var dub = SampleDubs.Complete();
        api.Progress.Put(dub);

        await (await SubmitAsync(api)).ReadErrorAsync(507, "storage_full");
        await (await UploadAsync(api, "video")).ReadErrorAsync(507, "storage_full");
        Assert.That((await api.Client.GetAsync("/health/ready")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.ServiceUnavailable));
        Assert.That(api.Progress.All, Has.Count.EqualTo(1));
        Assert.That((int)(await SendAsync(api, HttpMethod.Delete, $"/ai_dub/{dub.RequestId}")).StatusCode, Is.EqualTo(204));
    }

    private static ApiHost Host(params (string Name, string Value)[] settings) => new(builder =>
    {
        builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key);
        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
    });

    private static Task<HttpResponseMessage> SubmitAsync(ApiHost api) =>
        SendAsync(api, HttpMethod.Post, "/ai_dub", ApiHost.Json(Submission));

    private static Task<HttpResponseMessage> UploadAsync(ApiHost api, string content) =>
        SendAsync(
            api, HttpMethod.Post, "/ai_dub/uploads", new MultipartFormDataContent { { new StringContent(content), "file", "a.mp4" } });

    private static Task<HttpResponseMessage> SendAsync(ApiHost api, HttpMethod method, string path, HttpContent? body = null) =>
        api.Client.SendAsync(
            new HttpRequestMessage(method, path) { Content = body, Headers = { Authorization = Tokens.Bearer(Tokens.Of(51)) } });
}
