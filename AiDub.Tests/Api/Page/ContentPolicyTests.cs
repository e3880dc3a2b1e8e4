using AiDub.Api.Http;
using AiDub.Api.Page;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.Jobs.Storage.S3;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Page;

/// <summary>What the page at the root may load.</summary>
public sealed class ContentPolicyTests
{
    [Test]
    public async Task The_root_is_a_page_that_may_load_nothing_of_others()
    {
        await using var api = new ApiHost();

        var page = await api.Client.GetAsync("/");

        Assert.That(page.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
        Assert.That(Policy(page), Is.EqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; connect-src 'self'; "
            + "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));
        var html = await page.Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain("swagger").And.Contain("hangfire"));
        Assert.That(
            html, Does.Not.Match("<script(?![^>]* src=)").And.Not.Contain("<style").And.Not.Match(@"\s(style|on\w+)="),
            "nothing is inline");
    }

    [Test]
    public async Task Results_on_another_origin_may_be_played_and_read()
    {
        await using var api = new ApiHost(host => host.UseSetting("Api:PublicBaseUrl", "https://videos.example.com/dubs"));

        var policy = Policy(await api.Client.GetAsync("/"));

        Assert.That(
            policy,
            Does.Contain("media-src 'self' blob: https://videos.example.com;").And
                .Contain("connect-src 'self' https://videos.example.com;"));
    }

    [TestCase("https://minio.example:9000", null, "https://minio.example:9000")]
    [TestCase(null, null, "https://dubs.s3.eu-west-1.amazonaws.com")]
    [TestCase(null, "https://cdn.example.com/dubs", "https://cdn.example.com")]
    public async Task Results_in_a_bucket_may_be_played_from_where_its_addresses_lead(string? server, string? publicBase, string origin)
    {
        using var bench = new S3Bench(new S3Options
        {
            ServiceUrl = server,
            PublicBaseUrl = publicBase,
            Bucket = "dubs",
            Region = "eu-west-1",
            AccessKey = "KEY",
            SecretKey = "SECRET",
        });
        var policy = new ContentPolicy(bench.Store, new PublicUrl(Options.Create(new ApiOptions())), Options.Create(new PageOptions()));
        var http = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("127.0.0.1:5080") } };

        Assert.That(
            await policy.OfAsync(http.Request, default),
            Does.Contain($"media-src 'self' blob: {origin};").And.Contain($"connect-src 'self' {origin};"));
    }

    [Test]
    public async Task Configured_origins_may_be_played_from_too()
    {
        await using var api = new ApiHost(host => host.UseSetting("Page:MediaOrigins:0", "https://sources.example.com"));

        Assert.That(Policy(await api.Client.GetAsync("/")), Does.Contain("media-src 'self' blob: https://sources.example.com;"));
    }

    [Test]
    public async Task A_host_that_a_client_makes_up_does_not_get_into_the_policy()
    {
        await using var api = new ApiHost();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };

        Assert.That(Policy(await api.Client.SendAsync(request)), Does.Not.Contain("evil"));
    }

    [TestCase("https://videos.example.com/path")]
    [TestCase("videos.example.com")]
    [TestCase("https://a.example; script-src *")]
    [TestCase("*")]
    public void An_origin_that_is_none_stops_the_start(string origin)
    {
        var result = new PageOptionsValidator().Validate(null, new PageOptions { MediaOrigins = [origin] });

        Assert.That(result.FailureMessage, Does.StartWith("Page:MediaOrigins"));
    }

    private static string Policy(HttpResponseMessage page) => page.Headers.GetValues("Content-Security-Policy").Single();
}
