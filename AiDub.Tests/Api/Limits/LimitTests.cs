using System.Net;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Limits;

public sealed class LimitTests
{
    private const string Submission =
        """{"source_video_url":"https://a.example/v.mp4","user_id":USER,"project_id":"ryan","to_lang":"es"}""";

    [Test]
    public async Task A_user_who_submits_too_often_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        await using var api = Host(("Limits:SubmitsPerMinute", "2"));

        await (await SubmitAsync(api, 51)).ReadAsync(200);
        await (await SubmitAsync(api, 51)).ReadAsync(200);
        var refused = await SubmitAsync(api, 51);

        await refused.ReadErrorAsync(429, "rate_limited");
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));
        Assert.That(api.Progress.All, Has.Count.EqualTo(2));
        await (await SubmitAsync(api, 52)).ReadAsync(200);
        await (await PollAsync(api, 51, Guid.NewGuid())).ReadErrorAsync(404, "progress_not_found");
    }

    [Test]
    public async Task A_poll_that_is_turned_away_deletes_nothing()
    {
        await using var api = Host(("Limits:RequestsPerMinute", "1"));
        var dub = SampleDubs.Complete();
        api.Progress.Put(dub);

        await (await PollAsync(api, 51, Guid.NewGuid())).ReadErrorAsync(404, "progress_not_found");
        await (await PollAsync(api, 51, dub.RequestId)).ReadErrorAsync(429, "rate_limited");

        Assert.That(api.Progress.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_user_may_have_so_many_dubs_at_a_time_and_a_repetition_is_none_more()
    {
        await using var api = Host(("Limits:ActiveDubs", "2"));

        var first = await (await SubmitAsync(api, 51, "key-1")).ReadAsync(200);
        await (await SubmitAsync(api, 51)).ReadAsync(200);
        await (await SubmitAsync(api, 51)).ReadErrorAsync(429, "too_many_dubs");
        Assert.That((await (await SubmitAsync(api, 51, "key-1")).ReadAsync(200)).GetRawText(), Is.EqualTo(first.GetRawText()));
        await (await SubmitAsync(api, 52)).ReadAsync(200);

        await api.Progress.RemoveAsync(first.GetProperty("request_id").GetGuid(), default);
        await (await SubmitAsync(api, 51)).ReadAsync(200);
    }

    [Test]
    public async Task Of_many_submissions_at_once_no_more_are_taken_than_may_be_and_a_batch_counts_whole()
    {
        await using var api = Host(("Limits:ActiveDubs", "5"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SubmitAsync(api, 51, i % 2 == 0 ? $"key-{i}" : null)));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(5));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests), Is.EqualTo(15));
        Assert.That(api.Progress.All, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task With_tokens_there_are_limits_that_nobody_set()
    {
        await using var api = Host();

        var answers = await Task.WhenAll(Enumerable.Range(0, 70).Select(_ => SubmitAsync(api, 51)));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests), Is.InRange(5, 10));
    }

    [Test]
    public async Task Without_tokens_only_limits_that_are_set_hold()
    {
        await using var free = new ApiHost();
        await using var limited = new ApiHost(builder => builder.UseSetting("Limits:SubmitsPerMinute", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => free.PostAsync("/ai_dub", Body(51))));
        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));

        await (await limited.PostAsync("/ai_dub", Body(51))).ReadAsync(200);
        await (await limited.PostAsync("/ai_dub", Body(52))).ReadErrorAsync(429, "rate_limited");
    }

    [Test]
    public async Task Every_answer_says_how_often_who_asks_may_ask_and_how_much_of_it_is_left()
    {
        await using var api = Host(("Limits:SubmitsPerMinute", "2"), ("Limits:RequestsPerMinute", "60"));

        var accepted = await SubmitAsync(api, 51);
        var polled = await PollAsync(api, 51, Guid.NewGuid());
        await SubmitAsync(api, 51);
        var refused = await SubmitAsync(api, 51);
        var other = await PollAsync(api, 52, Guid.NewGuid());

        Assert.That(accepted.Header("RateLimit-Policy"), Is.EqualTo("\"requests\";q=60;w=60, \"submits\";q=2;w=60"));
        Assert.That(accepted.Header("RateLimit"), Does.Match("^\"requests\";r=59;t=1, \"submits\";r=1;t=30$"));
        Assert.That(polled.Header("RateLimit-Policy"), Is.EqualTo("\"requests\";q=60;w=60"));
        Assert.That(refused.Header("RateLimit"), Does.Match("^\"requests\";r=5[5-9];t=[1-5], \"submits\";r=0;t=60$"));
        Assert.That(other.Header("RateLimit"), Is.EqualTo("\"requests\";r=59;t=1"));
    }

    [Test]
    public async Task Where_nothing_is_limited_no_answer_tells_of_limits()
    {
        await using var free = new ApiHost();

        Assert.That((await free.PostAsync("/ai_dub", Body(51))).Headers.Contains("RateLimit"), Is.False);
    }

    [Test]
    public async Task Health_is_never_turned_away()
    {
        await using var api = Host(("Limits:RequestsPerMinute", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.Client.GetAsync("/health/live")));

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
    }

    private static ApiHost Host(params (string Name, string Value)[] settings) => new(builder =>
    {
        builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key);
        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
    });

    private static string Body(long user) => Submission.Replace("USER", $"{user}", StringComparison.Ordinal);

    private static Task<HttpResponseMessage> SubmitAsync(ApiHost api, long user, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub")
        {
            Content = ApiHost.Json(Body(user)),
            Headers = { Authorization = Tokens.Bearer(Tokens.Of(user)) },
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return api.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PollAsync(ApiHost api, long user, Guid id) => api.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/ai_dub/progress")
        {
            Content = ApiHost.Json($"{{\"request_id\":\"{id}\"}}"),
            Headers = { Authorization = Tokens.Bearer(Tokens.Of(user)) },
        });
}
