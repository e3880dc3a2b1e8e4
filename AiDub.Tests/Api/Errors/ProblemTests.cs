using System.Text.Json;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Errors;

/// <summary>Errors as problem details (RFC 9457).</summary>
public sealed class ProblemTests
{
    private const string Bad = """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"xx"}""";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("application/problem+json")]
    [TestCase("application/json, application/problem+json")]
    [TestCase("application/problem+json;q=0.5, */*;q=0.1")]
    public async Task Who_asks_for_problem_details_gets_them_with_our_fields_beside(string accept)
    {
        var answer = await SendAsync(HttpMethod.Post, "/ai_dub", accept, Bad);

        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((400, "application/problem+json")));
        Assert.That((body.Text("type"), body.Text("title")), Is.EqualTo(("about:blank", "Bad Request")));
        Assert.That(body.GetProperty("status").GetInt32(), Is.EqualTo(400));
        Assert.That((body.Text("msg_code"), body.Text("msg")), Is.EqualTo(("to_lang_invalid", body.Text("detail"))));
        Assert.That(body.GetProperty("errors")[0].Text("field"), Is.EqualTo("to_lang"));
    }

    [TestCase("GET", "/ai_dub/nowhere/at/all", 404)]
    [TestCase("PUT", "/ai_dub", 405)]
    public async Task So_are_errors_that_no_action_answers(string method, string path, int status)
    {
        var answer = await SendAsync(new HttpMethod(method), path, "application/problem+json", null);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [TestCase("*/*")]
    [TestCase("application/json")]
    [TestCase("application/*")]
    [TestCase("application/problem+json;q=0, application/json")]
    [TestCase("application/json, application/problem+json;q=0.5")]
    public async Task Whoever_does_not_ask_gets_our_shape(string accept) =>
        await (await SendAsync(HttpMethod.Post, "/ai_dub", accept, Bad)).ReadErrorAsync(400, "to_lang_invalid");

    [Test]
    public async Task What_goes_well_is_json_as_ever()
    {
        var good = Bad.Replace("xx", "es", StringComparison.Ordinal);

        var answer = await SendAsync(HttpMethod.Post, "/ai_dub", "application/problem+json", good);

        await answer.ReadAsync(200);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string accept, string? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : ApiHost.Json(body) };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return _api.Client.SendAsync(request);
    }
}
