using System.Net;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Dubs;

/// <summary>What users do to dubs that are there; the job's side of it is tested with the job.</summary>
public sealed class DeleteAndRetryTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() =>
        _api = new ApiHost(builder => builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key).UseSetting("Limits:ActiveDubs", "2"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task A_running_dub_that_is_deleted_is_unknown_at_once_to_every_endpoint()
    {
        var dub = SampleDubs.At(DubStage.Speaking, 70);
        _api.Progress.Put(dub with { HeartbeatAt = dub.UpdatedAt });

        await (await SendAsync(HttpMethod.Delete, $"{dub.RequestId}", user: 52)).ReadErrorAsync(404, "dub_not_found");
        Assert.That((int)(await SendAsync(HttpMethod.Delete, $"{dub.RequestId}")).StatusCode, Is.EqualTo(204));

        Assert.That(_api.Progress.All.Single().IsDeleted, Is.True, "who works on it has to be told");
        await (await SendAsync(HttpMethod.Delete, $"{dub.RequestId}")).ReadErrorAsync(404, "dub_not_found");
        await (await SendAsync(HttpMethod.Get, $"{dub.RequestId}")).ReadErrorAsync(404, "dub_not_found");
        await (await SendAsync(HttpMethod.Get, $"{dub.RequestId}/events")).ReadErrorAsync(404, "dub_not_found");
        await (await SendAsync(HttpMethod.Get, $"{dub.RequestId}/callbacks")).ReadErrorAsync(404, "dub_not_found");
        await (await SendAsync(HttpMethod.Post, $"{dub.RequestId}/retry")).ReadErrorAsync(404, "dub_not_found");
        await (await SendAsync(HttpMethod.Post, "progress", body: $$"""{"request_id":"{{dub.RequestId}}"}"""))
            .ReadErrorAsync(404, "progress_not_found");
        Assert.That((await (await SendAsync(HttpMethod.Get, "")).ReadAsync(200)).GetProperty("dubs").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_dub_that_did_not_fail_or_is_not_kept_is_not_retried_and_the_answer_says_what_to_do()
    {
        var (running, complete, cancelled) = (
            SampleDubs.At(DubStage.Speaking, 70), SampleDubs.Complete(), SampleDubs.Failed("cancelled", "Cancelled."));
        foreach (var dub in new[] { running, complete, cancelled })
            _api.Progress.Put(dub);

        await (await SendAsync(HttpMethod.Post, $"{running.RequestId}/retry")).ReadErrorAsync(409, "dub_not_failed");
        await (await SendAsync(HttpMethod.Post, $"{complete.RequestId}/retry")).ReadErrorAsync(409, "dub_not_failed");
        var error = await (await SendAsync(HttpMethod.Post, $"{cancelled.RequestId}/retry", body: """{"user_id":51}"""))
            .ReadErrorAsync(409, "dub_not_kept");
        await (await SendAsync(HttpMethod.Post, $"{cancelled.RequestId}/retry", user: 52)).ReadErrorAsync(404, "dub_not_found");
        await (await SendAsync(HttpMethod.Post, $"{cancelled.RequestId}/retry", body: """{"user_id":52}"""))
            .ReadErrorAsync(403, "user_forbidden");

        Assert.That(error.Text("msg"), Does.Contain("submit it again"));
        Assert.That(_api.Queue.Queued, Is.Empty);
    }

    [Test]
    public async Task A_failed_dub_that_is_kept_runs_again_but_not_as_one_too_many()
    {
        var now = TimeProvider.System.GetUtcNow();
        var failed = SampleDubs
            .At(DubStage.Speaking, 70)
            .Apply(new DubTransition.Fail(FailureCode.EngineRefused, "No.", now.AddDays(7)) { KeptUntil = now.AddDays(1) }, now);
        _api.Progress.Put(failed);
        var others = new[] { SampleDubs.Accepted(), SampleDubs.Accepted() };
        foreach (var other in others)
            _api.Progress.Put(other);

        await (await SendAsync(HttpMethod.Post, $"{failed.RequestId}/retry")).ReadErrorAsync(429, "too_many_dubs");
        await _api.Progress.RemoveAsync(others[0].RequestId, default);
        var answer = await (await SendAsync(HttpMethod.Post, $"{failed.RequestId}/retry")).ReadAsync(200);

        Assert.That(answer.GetRawText(), Is.EqualTo($$"""{"request_id":"{{failed.RequestId}}","status":"progress_initiated"}"""));
        Assert.That(_api.Queue.Queued, Is.EqualTo(new[] { failed.RequestId }));
    }

    [Test]
    public async Task Of_failed_dubs_that_are_retried_at_once_as_many_run_as_may_be()
    {
        var now = TimeProvider.System.GetUtcNow();
        var failed = Enumerable.Range(0, 12).Select(_ => SampleDubs
            .At(DubStage.Speaking, 70)
            .Apply(new DubTransition.Fail(FailureCode.EngineRefused, "No.", now.AddDays(7)) { KeptUntil = now.AddDays(1) }, now)).ToList();
        failed.ForEach(_api.Progress.Put);

        var answers = await Task.WhenAll(failed.Select(dub => SendAsync(HttpMethod.Post, $"{dub.RequestId}/retry")));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(2));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests), Is.EqualTo(10));
        Assert.That(_api.Progress.All.Count(dub => dub.State == DubState.Running), Is.EqualTo(2));
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, long user = 51, string? body = null) =>
        _api.Client.SendAsync(
        new HttpRequestMessage(method, $"/ai_dub/{path}".TrimEnd('/'))
        {
            Headers = { Authorization = Tokens.Bearer(Tokens.Of(user)) },
            Content = body is null ? null : ApiHost.Json(body),
        });
}
