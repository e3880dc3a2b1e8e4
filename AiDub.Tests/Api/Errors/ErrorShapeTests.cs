using System.Net.Http.Headers;
using System.Text;
using AiDub.Domain.Errors;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Api.Errors;

public sealed class ErrorShapeTests
{
    private const string Good = """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase("GET", "/nothing")]
    [TestCase("POST", "/ai_dub/nothing/here/at/all")]
    [TestCase("GET", "/ai_dub/progress/5")]
    [TestCase("GET", "/files")]
    [TestCase("GET", "/..%2f..%2fetc/passwd")]
    public async Task An_unknown_route_is_not_found(string method, string path)
    {
        var answer = await _api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await answer.ReadErrorAsync(404, "not_found");
    }

    [TestCase("GET", "/ai_dub/progress", "POST")]
    [TestCase("PUT", "/ai_dub", "GET, HEAD, POST")]
    [TestCase("DELETE", "/ai_dub/progress", "POST")]
    [TestCase("OPTIONS", "/ai_dub", "GET, HEAD, POST")]
    public async Task Another_method_is_not_allowed(string method, string path, string allowed)
    {
        var answer = await _api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await answer.ReadErrorAsync(405, "method_not_allowed");
        Assert.That(answer.Content.Headers.Allow, Is.EquivalentTo(allowed.Split(", ")));
    }

    [TestCase("/ai_dub", null)]
    [TestCase("/ai_dub", "text/plain")]
    [TestCase("/ai_dub", "application/x-www-form-urlencoded")]
    [TestCase("/ai_dub", "application/xml")]
    [TestCase("/ai_dub", "application/json; charset=iso-8859-1")]
    [TestCase("/ai_dub/progress", null)]
    [TestCase("/ai_dub/progress", "text/plain")]
    public async Task A_body_that_is_not_sent_as_json_is_an_unsupported_media_type(string path, string? contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        await (await _api.Client.PostAsync(path, content)).ReadErrorAsync(415, "unsupported_media_type");

        Assert.That(_api.Progress.All, Is.Empty);
    }

    [TestCase("gzip", 415, "unsupported_media_type")]
    [TestCase("br", 415, "unsupported_media_type")]
    [TestCase("identity", 400, "request_id_missing")]
    [TestCase("Identity", 400, "request_id_missing")]
    public async Task A_body_that_is_encoded_is_refused_as_such_and_not_as_broken(string encoding, int status, string code)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add(encoding);

        var error = await (await _api.Client.PostAsync("/ai_dub/progress", content)).ReadErrorAsync(status, code);

        Assert.That(error.Text("msg").Contains("Content-Encoding", StringComparison.Ordinal), Is.EqualTo(status == 415));
    }

    [TestCase("text/html")]
    [TestCase("application/xml, text/xml")]
    [TestCase("application/json;q=0")]
    public async Task A_client_that_rules_json_out_is_refused_before_anything_is_done(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub") { Content = ApiHost.Json(Good) };
        request.Headers.TryAddWithoutValidation("Accept", accept);

        await (await _api.Client.SendAsync(request)).ReadErrorAsync(406, "not_acceptable");

        Assert.That(_api.Progress.All, Is.Empty);
        Assert.That(_api.Queue.Queued, Is.Empty);
    }

    [TestCase("*/*")]
    [TestCase("application/*")]
    [TestCase("application/json, text/plain, */*")]
    [TestCase("text/html, application/json;q=0.1")]
    [TestCase("nonsense")]
    public async Task A_client_that_takes_json_among_others_is_served(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub") { Content = ApiHost.Json(Good) };
        request.Headers.TryAddWithoutValidation("Accept", accept);

        await (await _api.Client.SendAsync(request)).ReadAsync(200);
    }

    [Test]
    public async Task A_body_over_the_limit_of_its_endpoint_is_too_large(
        [Values] bool chunked, [Values("/ai_dub", "/ai_dub/progress")] string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ApiHost.Json(Padded((16 * 1024) + 1)) };
        request.Headers.TransferEncodingChunked = chunked;

        await (await _api.Client.SendAsync(request)).ReadErrorAsync(413, "body_too_large");

        Assert.That(_api.Progress.All, Is.Empty);
    }

    [TestCase(9)]
    [TestCase(60)]
    public async Task An_address_over_the_limit_is_too_long(int kilobytes)
    {
        var answer = await _api.Client.GetAsync($"/ai_dub?user_id=51&project_id={new string('p', kilobytes * 1024)}");

        await answer.ReadErrorAsync(414, "address_too_long");
    }

    [Test]
    public async Task An_address_of_8_kilobytes_is_read()
    {
        const string Path = "/ai_dub?user_id=51&other=";

        await (await _api.Client.GetAsync(Path.PadRight(8 * 1024, 'x'))).ReadAsync(200);
    }

    [TestCase(1, 33 * 1024)]
    [TestCase(1, 200 * 1024)]
    [TestCase(40, 1024)]
    [TestCase(200, 1)]
    public async Task Headers_over_the_limit_are_too_large(int count, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ai_dub?user_id=51");
        for (var i = 0; i < count; i++)
            request.Headers.Add($"X-Much-{i}", new string('x', length));

        await (await _api.Client.SendAsync(request)).ReadErrorAsync(431, "headers_too_large");
    }

    [Test]
    public async Task A_submission_of_16_kilobytes_is_taken()
    {
        await (await _api.PostAsync("/ai_dub", Padded(16 * 1024))).ReadAsync(200);
    }

    [Test]
    public async Task An_unexpected_exception_is_logged_and_tells_the_client_nothing_of_itself()
    {
        _api.Progress.Fault = new InvalidOperationException("secret=hunter2 at /srv/aidub/data on db.internal");

        var answer = await _api.PostAsync("/ai_dub/progress", """{"user_id":51,"request_id":"0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90"}""");

        var error = await answer.ReadErrorAsync(500, "internal_error");
        Assert.That(
            error.GetRawText(), Does.Not.Contain("hunter2").And.Not.Contain("/srv").And.Not.Contain("db.internal").And.Not.Contain(" at "));
        Assert.That(
            _api.Log.Entries,
            Has.Some.Matches<(LogLevel Level, string, Exception? Exception)>(
                e => e.Level == LogLevel.Error && e.Exception == _api.Progress.Fault));
    }

    [Test]
    public async Task A_transient_fault_asks_to_try_again_later()
    {
        _api.Engines.Fault = new TransientDubException("apertium did not answer");

        await (await _api.PostAsync("/ai_dub", Good)).ReadErrorAsync(503, "unavailable");

        Assert.That(_api.Progress.All, Is.Empty);
    }

    [TestCase("/nothing")]
    [TestCase("/health/live")]
    [TestCase("/swagger/index.html")]
    public async Task No_answer_names_the_server_or_may_be_sniffed(string path)
    {
        var answer = await _api.Client.GetAsync(path);

        Assert.That(answer.Headers.Contains("Server"), Is.False);
        Assert.That(answer.Headers.Contains("X-Powered-By"), Is.False);
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
    }

    [Test]
    public async Task Query_strings_are_not_logged()
    {
        await _api.Client.GetAsync("/files/results/51/a.mp4?signature=hunter2");

        Assert.That(_api.Log.Entries.Select(e => e.Message), Has.None.Contains("hunter2"));
    }

    private static string Padded(int bytes) => Good.PadRight(bytes);
}
