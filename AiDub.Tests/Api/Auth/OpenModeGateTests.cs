using System.Net;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Auth;

/// <summary>A service that asks nobody who they are is not for the pages that its developer happens to visit.</summary>
public sealed class OpenModeGateTests
{
    private const string Submission = """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(builder => builder.UseSetting("Cors:Origins:0", "https://app.example"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase("localhost")]
    [TestCase("LOCALHOST:1234")]
    [TestCase("127.0.0.1:5080")]
    [TestCase("127.0.0.2")]
    [TestCase("[::1]:5080")]
    public async Task Who_names_this_machine_is_answered(string host) => await (await SubmitAsync(host)).ReadAsync(200);

    [TestCase("evil.example")]
    [TestCase("localhost.evil.example:5080")]
    [TestCase("127.0.0.1.nip.example")]
    [TestCase("10.0.0.1")]
    [TestCase("0.0.0.0:5080")]
    public async Task A_name_that_was_pointed_here_is_refused(string host)
    {
        await (await SubmitAsync(host)).ReadErrorAsync(403, "host_forbidden");
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [TestCase("http://localhost:3000")]
    [TestCase("http://127.0.0.1:3000")]
    [TestCase("http://[::1]:3000")]
    [TestCase("https://app.example")]
    public async Task Pages_of_this_machine_and_of_listed_sites_may_submit(string origin) =>
        await (await SubmitAsync("localhost", ("Origin", origin))).ReadAsync(200);

    [TestCase("https://evil.example")]
    [TestCase("http://localhost.evil.example")]
    [TestCase("null")]
    [TestCase("file://")]
    [TestCase("https://app.example.evil.example")]
    public async Task Pages_of_other_sites_may_not(string origin)
    {
        await (await SubmitAsync("localhost", ("Origin", origin))).ReadErrorAsync(403, "origin_forbidden");
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task A_form_of_another_site_uploads_nothing()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.mp4" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub/uploads") { Content = form };
        request.Headers.Add("Origin", "https://evil.example");

        await (await _api.Client.SendAsync(request)).ReadErrorAsync(403, "origin_forbidden");
    }

    [TestCase("cross-site", HttpStatusCode.Forbidden)]
    [TestCase("same-site", HttpStatusCode.OK)]
    [TestCase("none", HttpStatusCode.OK)]
    public async Task What_another_page_loads_without_saying_its_origin_is_refused(string site, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ai_dub/languages");
        request.Headers.Add("Sec-Fetch-Site", site);

        Assert.That((await _api.Client.SendAsync(request)).StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task With_tokens_any_host_is_answered()
    {
        await using var api = new ApiHost(builder => builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ai_dub/languages")
        {
            Headers = { Host = "dub.example", Authorization = Tokens.Bearer(Tokens.Of(51)) },
        };

        Assert.That((await api.Client.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private Task<HttpResponseMessage> SubmitAsync(string host, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub") { Content = ApiHost.Json(Submission), Headers = { Host = host } };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return _api.Client.SendAsync(request);
    }
}
