using AiDub.Api.Http;
using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Api.Http;

public sealed class RequestIdTests
{
    private const string Poll = """{"user_id":51,"request_id":"0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90"}""";

    private readonly ScopedLog _scopes = new();
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(host => host.ConfigureLogging(logging => logging.AddProvider(_scopes)));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase("my-request.7:a/b+c=@d")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    public async Task An_id_that_is_sent_comes_back(string id) =>
        Assert.That((await AskAsync(id)).Header(RequestIds.Header), Is.EqualTo(id));

    [TestCase(null)]
    [TestCase("with space")]
    [TestCase("<script>")]
    [TestCase("semi;colon")]
    public async Task One_that_is_missing_or_may_not_stand_in_a_log_is_made_anew(string? id)
    {
        var (first, second) = ((await AskAsync(id)).Header(RequestIds.Header), (await AskAsync(id)).Header(RequestIds.Header));

        Assert.That((first, second), Is.Not.EqualTo((id, id)));
        Assert.That(first, Does.Match("^[0-9a-f]{32}$").And.Not.EqualTo(second));
    }

    [Test]
    public void One_that_is_too_long_is_not_taken() =>
        Assert.That((RequestIds.IsTaken(new string('a', 128)), RequestIds.IsTaken(new string('a', 129))), Is.EqualTo((true, false)));

    [Test]
    public async Task A_request_that_fails_is_logged_and_answered_with_its_id()
    {
        _api.Progress.Fault = new InvalidOperationException("broken");

        var answer = await AskAsync("find-me");

        await answer.ReadErrorAsync(500, "internal_error");
        Assert.That(answer.Header(RequestIds.Header), Is.EqualTo("find-me"));
        Assert.That(_api.Log.Entries.Select(entry => entry.Message), Has.Some.Contains("/ai_dub/progress (find-me) failed."));
    }

    [Test]
    public async Task Every_line_that_is_logged_of_a_request_carries_its_id()
    {
        _api.Progress.Fault = new InvalidOperationException("broken");

        await AskAsync("find-me");

        Assert.That(_scopes.Of("/ai_dub/progress (find-me) failed."), Does.Contain("X-Request-Id:find-me"));
    }

    private Task<HttpResponseMessage> AskAsync(string? id)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub/progress") { Content = ApiHost.Json(Poll) };
        if (id is not null)
            request.Headers.TryAddWithoutValidation(RequestIds.Header, id);
        return _api.Client.SendAsync(request);
    }
}
