using System.Net.Sockets;
using System.Text;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Dubs;

/// <summary>What is recorded of a dub can be read at any time, and nothing else is lost with a reply that is.</summary>
public sealed class DubsTests
{
    private static readonly DateTimeOffset Finished = new(2026, 1, 2, 3, 5, 0, TimeSpan.Zero);

    private ApiHost _open = null!;
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _open = new ApiHost();
        _api = new ApiHost(builder => builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _open.DisposeAsync();
        await _api.DisposeAsync();
    }

    [SetUp]
    public void Reset()
    {
        _open.Reset();
        _api.Reset();
    }

    [Test]
    public async Task A_waiting_and_a_running_dub_say_how_far_they_are()
    {
        var waiting = SampleDubs.Accepted(fromLang: "en");
        var running = SampleDubs.At(DubStage.Speaking, 70);
        _api.Progress.Put(waiting);
        _api.Progress.Put(running);

        var first = await (await GetAsync(waiting.RequestId)).ReadAsync(200);
        var second = await (await GetAsync(running.RequestId)).ReadAsync(200);

        Assert.That(
            (first.Text("state"), first.Text("progress"), first.GetProperty("percent").GetInt32()), Is.EqualTo(("queued", "Status_1", 0)));
        Assert.That(
            (second.Text("state"), second.Text("progress"), second.GetProperty("percent").GetInt32()),
            Is.EqualTo(("running", "Status_3", 70)));
        Assert.That(first.EnumerateObject().Select(p => p.Name), Is.EquivalentTo(new[]
        {
            "request_id", "user_id", "project_id", "from_lang", "to_lang", "source_video_url", "state", "progress", "stage", "percent",
            "created_at", "updated_at",
        }));
        Assert.That(first.Text("created_at"), Is.EqualTo("2026-01-02T03:04:05+00:00"));
    }

    [Test]
    public async Task A_failed_dub_says_why()
    {
        var failed = SampleDubs.Failed("media_unreadable", "The file is not a video.");
        _api.Progress.Put(failed);

        var body = await (await GetAsync(failed.RequestId)).ReadAsync(200);

        Assert.That(body.Text("state"), Is.EqualTo("failed"));
        Assert.That(
            (body.GetProperty("error").Text("msg"), body.GetProperty("error").Text("error_code")),
            Is.EqualTo(("The file is not a video.", "media_unreadable")));
        Assert.That(body.Text("finished_at"), Is.EqualTo("2026-01-02T03:04:05+00:00"));
    }

    [Test]
    public async Task A_failed_dub_says_until_when_it_can_be_retried_and_a_cancelled_one_does_not()
    {
        var until = Finished.AddDays(1);
        var failed = SampleDubs.At(DubStage.Speaking, 70)
            .Apply(new DubTransition.Fail(FailureCode.EngineRefused, "No.", until) { KeptUntil = until }, Finished);
        var cancelled = SampleDubs.At(DubStage.Speaking, 70).Apply(new DubTransition.Cancel(until), Finished);
        _api.Progress.Put(failed);
        _api.Progress.Put(cancelled);

        Assert.That(
            (await (await GetAsync(failed.RequestId)).ReadAsync(200)).Text("retryable_until"), Is.EqualTo("2026-01-03T03:05:00+00:00"));
        Assert.That((await (await GetAsync(cancelled.RequestId)).ReadAsync(200)).TryGetProperty("retryable_until", out _), Is.False);
    }

    [Test]
    public async Task A_complete_dub_answers_all_of_its_final_response_before_and_after_that_was_delivered()
    {
        var dub = Complete();

        var before = await (await GetAsync(dub.RequestId)).ReadAsync(200);
        var final = await (await PollAsync(dub.RequestId, Tokens.Of(51))).ReadAsync(200);
        await (await PollAsync(dub.RequestId, Tokens.Of(51))).ReadErrorAsync(404, "progress_not_found");
        var after = await (await GetAsync(dub.RequestId)).ReadAsync(200);

        Assert.That(after.GetRawText(), Is.EqualTo(before.GetRawText()));
        Assert.That((after.Text("state"), after.Text("finished_at")), Is.EqualTo(("complete", "2026-01-02T03:05:00+00:00")));
        foreach (var field in final.EnumerateObject())
            Assert.That(after.GetProperty(field.Name).GetRawText(), Is.EqualTo(field.Value.GetRawText()), field.Name);
    }

    [Test]
    public async Task Another_users_dub_is_as_unknown_as_one_that_is_not_there_whatever_its_state()
    {
        var dubs = new[] { Complete(), SampleDubs.At(DubStage.Speaking, 70), SampleDubs.Failed("media_unreadable", "No video.") };
        foreach (var dub in dubs)
            _api.Progress.Put(dub);
        var unknown = await (await GetAsync(Guid.NewGuid(), Tokens.Of(52))).Content.ReadAsStringAsync();
        var unknownPoll = await (await PollAsync(Guid.NewGuid(), Tokens.Of(52))).Content.ReadAsStringAsync();

        foreach (var dub in dubs)
        {
            var read = await GetAsync(dub.RequestId, Tokens.Of(52));
            var poll = await PollAsync(dub.RequestId, Tokens.Of(52));
            await read.ReadErrorAsync(404, "dub_not_found");
            await poll.ReadErrorAsync(404, "progress_not_found");
            Assert.That(await read.Content.ReadAsStringAsync(), Is.EqualTo(unknown));
            Assert.That(await poll.Content.ReadAsStringAsync(), Is.EqualTo(unknownPoll));
        }

        await _api.Progress.RemoveAsync(dubs[0].RequestId, default);
        await (await GetAsync(dubs[0].RequestId, Tokens.Of(52))).ReadErrorAsync(404, "dub_not_found");
        Assert.That(_api.Progress.All, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Without_tokens_the_query_names_the_user()
    {
        var dub = SampleDubs.At(DubStage.Speaking, 70);
        _open.Progress.Put(dub);

        await (await _open.Client.GetAsync($"/ai_dub/{dub.RequestId}?user_id=51")).ReadAsync(200);
        await (await _open.Client.GetAsync($"/ai_dub/{dub.RequestId}?user_id=52")).ReadErrorAsync(404, "dub_not_found");
        await (await _open.Client.GetAsync($"/ai_dub/{dub.RequestId}")).ReadErrorAsync(400, "user_id_missing");
        await (await _open.Client.GetAsync($"/ai_dub/{dub.RequestId}?user_id=me")).ReadErrorAsync(400, "user_id_invalid");
    }

    [Test]
    public async Task A_query_that_names_another_user_than_the_token_is_refused() =>
        await (await _api.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/ai_dub/{Guid.NewGuid()}?user_id=52")
            {
                Headers = { Authorization = Tokens.Bearer(Tokens.Of(51)) },
            }))
            .ReadErrorAsync(403, "user_forbidden");

    [Test]
    public async Task No_refusal_and_no_fault_deletes_anything()
    {
        var dub = Complete();
        var poll = $$"""{"user_id":51,"request_id":"{{dub.RequestId}}"}""";

        await (await _api.PostAsync("/ai_dub/progress", poll)).ReadErrorAsync(401, "token_missing");
        await (await PollAsync(dub.RequestId, Tokens.Signed("""{"frontend_userid":51,"exp":1}"""))).ReadErrorAsync(401, "token_expired");
        await (await PollAsync(dub.RequestId, Tokens.Of(52), user: 51)).ReadErrorAsync(403, "user_forbidden");
        await (await PollAsync(dub.RequestId, Tokens.Of(52))).ReadErrorAsync(404, "progress_not_found");
        _api.Objects.Fault = new IOException("no route");
        await (await PollAsync(dub.RequestId, Tokens.Of(51))).ReadErrorAsync(500, "internal_error");
        _api.Objects.Fault = null;

        Assert.That(_api.Progress.All, Has.Count.EqualTo(1));
        await (await PollAsync(dub.RequestId, Tokens.Of(51))).ReadAsync(200);
    }

    [Test]
    public async Task A_reply_whose_reader_left_is_found_again()
    {
        var dub = Complete();
        var body = $$"""{"request_id":"{{dub.RequestId}}"}""";
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", _api.Client.BaseAddress!.Port);
            client.LingerState = new LingerOption(true, 0);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /ai_dub/progress HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Tokens.Of(51)}\r\n" +
                $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            // Gone with a reset when the delivery has begun, before a byte of the reply is read.
            await EndToEnd.DubServer.UntilAsync("the dub was taken", () => Task.FromResult(_api.Progress.All.Count == 0));
        }

        var found = await (await GetAsync(dub.RequestId)).ReadAsync(200);

        Assert.That(
            (found.Text("state"), found.Text("result_url")),
            Is.EqualTo(("complete", $"{_api.Client.BaseAddress}files/{dub.FinalResponse!.ResultKey}?expires=1&signature=a+b")));
    }

    // As the job leaves it: the record written, then the document complete.
    private DubProgress Complete()
    {
        var dub = SampleDubs.Complete();
        _api.Dubs.Records[dub.RequestId] = new DubRecord
        {
            Order = dub.Order,
            Response = dub.FinalResponse!,
            CreatedAt = dub.CreatedAt,
            FinishedAt = Finished,
        };
        _api.Progress.Put(dub);
        return dub;
    }

    private Task<HttpResponseMessage> GetAsync(Guid id, string? token = null) => _api.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, $"/ai_dub/{id}") { Headers = { Authorization = Tokens.Bearer(token ?? Tokens.Of(51)) } });

    private Task<HttpResponseMessage> PollAsync(Guid id, string token, long? user = null)
    {
        var named = user is null ? "" : $",\"user_id\":{user}";
        return _api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/ai_dub/progress")
        {
            Content = ApiHost.Json($"{{\"request_id\":\"{id}\"{named}}}"),
            Headers = { Authorization = Tokens.Bearer(token) },
        });
    }
}
