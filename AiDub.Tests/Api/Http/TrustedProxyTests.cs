using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Http;

/// <summary>Behind a reverse proxy: what it says of callers is believed where it is trusted, and only there.</summary>
public sealed class TrustedProxyTests
{
    private const string Submission = """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""";

    [TestCase("127.0.0.1", 200)]
    [TestCase("127.0.0.0/8", 200)]
    [TestCase("10.0.0.7", 429)]
    [TestCase(null, 429)]
    public async Task Limits_by_address_are_each_callers_own_where_the_proxy_is_trusted(string? trusted, int second)
    {
        await using var api = Host(("Limits:SubmitsPerMinute", "1"), ("Api:TrustedProxies:0", trusted));

        Assert.That((int)(await SubmitAsync(api, ("X-Forwarded-For", "203.0.113.1"))).StatusCode, Is.EqualTo(200));
        Assert.That((int)(await SubmitAsync(api, ("X-Forwarded-For", "203.0.113.2"))).StatusCode, Is.EqualTo(second));
        Assert.That((int)(await SubmitAsync(api, ("X-Forwarded-For", "203.0.113.1"))).StatusCode, Is.EqualTo(429));
    }

    [Test]
    public async Task A_caller_who_names_himself_another_before_the_proxy_does_is_still_himself()
    {
        await using var api = Host(("Limits:SubmitsPerMinute", "1"), ("Api:TrustedProxies:0", "127.0.0.1"));

        Assert.That((int)(await SubmitAsync(api, ("X-Forwarded-For", "198.51.100.1, 203.0.113.1"))).StatusCode, Is.EqualTo(200));
        Assert.That((int)(await SubmitAsync(api, ("X-Forwarded-For", "198.51.100.2, 203.0.113.1"))).StatusCode, Is.EqualTo(429));
    }

    [TestCase("127.0.0.1", "https")]
    [TestCase(null, "http")]
    public async Task Of_addresses_https_is_believed_where_the_proxy_is_trusted_and_no_name_or_path(string? trusted, string scheme)
    {
        await using var api = Host(("Api:TrustedProxies:0", trusted));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/swagger/v1/swagger.json")
        {
            Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "evil.example" }, { "X-Forwarded-Prefix", "//evil" } },
        };

        var document = await (await api.Client.SendAsync(request)).ReadAsync(200);
        var submitted = await SubmitAsync(api, ("X-Forwarded-Prefix", "//evil.example"));

        Assert.That(document.GetProperty("servers")[0].Text("url"), Is.EqualTo($"{scheme}://{api.Client.BaseAddress!.Authority}"));
        Assert.That(submitted.Header("Location"), Does.StartWith("/ai_dub/"));
    }

    [Test]
    public async Task The_frameworks_own_switch_trusts_nobody_to_name_another_host()
    {
        await using var api = Host(("ForwardedHeaders_Enabled", "true"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/swagger/v1/swagger.json")
        {
            Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "evil.example" }, { "X-Forwarded-Prefix", "/evil" } },
        };

        var document = await (await api.Client.SendAsync(request)).ReadAsync(200);

        Assert.That(document.GetProperty("servers")[0].Text("url"), Is.EqualTo($"https://{api.Client.BaseAddress!.Authority}"));
    }

    [Test]
    public async Task Location_lies_below_the_public_address_also_where_the_proxy_takes_its_path_off()
    {
        await using var api = Host(("Api:PublicBaseUrl", "https://example.com/dubs/"));

        Assert.That((await SubmitAsync(api)).Header("Location"), Does.StartWith("/dubs/ai_dub/"));
    }

    private static ApiHost Host(params (string Name, string? Value)[] settings) => new(builder =>
    {
        foreach (var (name, value) in settings.Where(s => s.Value is not null))
            builder.UseSetting(name, value);
    });

    private static Task<HttpResponseMessage> SubmitAsync(ApiHost api, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub") { Content = ApiHost.Json(Submission) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return api.Client.SendAsync(request);
    }
}
