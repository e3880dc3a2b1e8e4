using System.Net;
using AiDub.Api.Http;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Http;

public sealed class SecurityHeadersTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(builder => builder
        .UseSetting("Auth:Jwt:SigningKey", Tokens.Key)
        .UseSetting("Cors:Origins:0", "https://app.example.com"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("/ai_dub/languages")]
    [TestCase("/health/live")]
    [TestCase("/files/x")]
    [TestCase("/nothing")]
    [TestCase("/")]
    [TestCase("/hangfire")]
    [TestCase("/swagger/index.html")]
    public async Task Every_answer_says_what_a_browser_may_do_with_it(string path)
    {
        var answer = await _api.Client.GetAsync(path);

        Assert.That(Header(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header(answer, "X-Frame-Options"), Is.EqualTo("DENY"));
        Assert.That(Header(answer, "Referrer-Policy"), Is.EqualTo("no-referrer"));
        Assert.That(Header(answer, "Content-Security-Policy"), Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'"));
        Assert.That(answer.Headers.Contains("Server"), Is.False);
    }

    [TestCase("/", false)]
    [TestCase("/nothing", false)]
    [TestCase("/ai_dub/languages", false)]
    [TestCase("/swagger/index.html", true)]
    [TestCase("/hangfire", true)]
    public async Task Only_pages_of_tools_may_hold_scripts_in_themselves(string path, bool inline) =>
        Assert.That(
            Header(await _api.Client.GetAsync(path), "Content-Security-Policy").Contains("unsafe-inline", StringComparison.Ordinal),
            Is.EqualTo(inline));

    [TestCase("https://app.example.com", true)]
    [TestCase("https://evil.example.com", false)]
    [TestCase("null", false)]
    public async Task Pages_of_listed_sites_may_call_and_no_others(string origin, bool isListed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/ai_dub")
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "POST" },
                { "Access-Control-Request-Headers", "authorization,content-type,idempotency-key" },
            },
        };

        var answer = await _api.Client.SendAsync(request);

        Assert.That(
            answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null,
            Is.EqualTo(isListed ? origin : null));
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Credentials"), Is.False);
    }

    [Test]
    public async Task What_a_page_of_a_listed_site_only_shows_is_not_kept_for_one_that_reads_it()
    {
        var shown = await _api.Client.GetAsync("/ai_dub/languages");
        await using var alone = new ApiHost();
        var unlisted = await alone.Client.GetAsync("/ai_dub/languages");

        using var byAnother = new HttpRequestMessage(HttpMethod.Get, "/ai_dub/languages");
        byAnother.Headers.Add("Origin", "http://localhost:3000");
        var read = await _api.Client.SendAsync(byAnother);

        Assert.That(shown.Headers.Vary, Is.EqualTo(new[] { "Origin" }));
        Assert.That(read.Headers.Vary, Is.EqualTo(new[] { "Origin" }));
        Assert.That(unlisted.Headers.Vary, Is.Empty, "no site may read it");
    }

    [Test]
    public async Task By_default_no_other_site_may_call()
    {
        await using var api = new ApiHost();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ai_dub/languages")
        {
            Headers = { { "Origin", "https://app.example.com" } },
        };

        var answer = await api.Client.SendAsync(request);

        Assert.That(
            (answer.StatusCode, answer.Headers.Contains("Access-Control-Allow-Origin")), Is.EqualTo((HttpStatusCode.Forbidden, false)));
    }

    [TestCase("https://app.example.com/", false)]
    [TestCase("app.example.com", false)]
    [TestCase("*", false)]
    [TestCase("https://app.example.com:8443", true)]
    public void An_origin_is_a_scheme_and_a_host(string origin, bool isOne) =>
        Assert.That(new CorsOptionsValidator().Validate(null, new CorsOptions { Origins = [origin] }).Succeeded, Is.EqualTo(isOne));

    [Test]
    public async Task The_document_asks_for_a_token_where_tokens_are_asked_for()
    {
        await using var open = new ApiHost();

        Assert.That(
            await _api.Client.GetStringAsync("/swagger/v1/swagger.json"),
            Does.Contain("\"securitySchemes\"").And.Contain("\"bearer\": [ ]"));
        Assert.That(await open.Client.GetStringAsync("/swagger/v1/swagger.json"), Does.Not.Contain("securitySchemes"));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));
}
