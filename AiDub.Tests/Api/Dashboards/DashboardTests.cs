using System.Net;
using System.Net.Http.Headers;
using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Api.Dashboards;

[NonParallelizable] // Its queue is configured for the whole process.
public sealed class DashboardTests
{
    private const string RemoteHeader = "Test-Remote-Address";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(builder => builder.ConfigureTestServices(services =>
        services.AddSingleton<IStartupFilter>(new RemoteAddress())));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("127.0.0.1", "127.0.0.1:5080")]
    [TestCase("127.0.0.1", "localhost:5080")]
    [TestCase("127.0.0.9", "LOCALHOST")]
    [TestCase("::1", "[::1]:5080")]
    [TestCase("::ffff:127.0.0.1", "127.0.0.1:5080")]
    public async Task A_local_request_sees_the_dashboard(string remote, string host)
    {
        var answer = await GetAsync(remote, host);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("AiDub jobs"));
    }

    [TestCase("10.0.0.7", "localhost:5080")]
    [TestCase("203.0.113.9", "127.0.0.1:5080")]
    [TestCase("fe80::1", "localhost:5080")]
    [TestCase("::ffff:203.0.113.9", "localhost:5080")]
    [TestCase("none", "localhost:5080")]
    public async Task A_request_from_elsewhere_is_refused(string remote, string host)
    {
        await (await GetAsync(remote, host)).ReadErrorAsync(403, "forbidden");
    }

    [TestCase("dub.example.com")]
    [TestCase("127.0.0.1.nip.io:5080")]
    [TestCase("localhost.evil.example")]
    [TestCase("10.0.0.7:5080")]
    public async Task A_local_request_that_names_another_host_is_refused(string host)
    {
        await (await GetAsync("127.0.0.1", host)).ReadErrorAsync(403, "host_forbidden");
    }

    [TestCase("X-Forwarded-For", "203.0.113.9", "forbidden")]
    [TestCase("x-forwarded-for", "127.0.0.1", "forbidden")]
    [TestCase("X-Forwarded-Proto", "https", "forbidden")]
    [TestCase("X-Forwarded-Host", "localhost", "forbidden")]
    [TestCase("X-Original-For", "203.0.113.9", "forbidden")]
    [TestCase("Forwarded", "for=203.0.113.9", "forbidden")]
    [TestCase("X-Real-IP", "203.0.113.9", "forbidden")]
    [TestCase("Via", "1.1 proxy", "forbidden")]
    [TestCase("Origin", "https://evil.example", "origin_forbidden")]
    [TestCase("Origin", "null", "origin_forbidden")]
    public async Task A_local_request_that_was_forwarded_or_made_by_another_site_is_refused(string header, string value, string code)
    {
        await (await GetAsync("127.0.0.1", "localhost:5080", (header, value))).ReadErrorAsync(403, code);
    }

    [Test]
    public async Task A_request_of_the_dashboards_own_page_is_let_in()
    {
        var answer = await GetAsync("127.0.0.1", "localhost:5080", ("Origin", "http://localhost:5080"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Its_numbers_opened_in_a_browser_which_sends_no_form_are_no_fault()
    {
        var answer = await GetAsync("127.0.0.1", "localhost:5080", path: "/hangfire/stats");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
    }

    [TestCase("multipart/form-data")]
    [TestCase("multipart/form-data; boundary=abc")]
    public async Task A_form_that_cannot_be_read_is_refused_as_that(string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/hangfire/jobs/succeeded/requeue")
        {
            Headers = { Host = "localhost:5080" },
            Content = new StringContent("no parts") { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } },
        };
        request.Headers.Add(RemoteHeader, "127.0.0.1");

        await (await _api.Client.SendAsync(request)).ReadErrorAsync(400, "body_invalid");
    }

    [TestCase("/hangfire/jobs/enqueued")]
    [TestCase("/hangfire/css18250")]
    [TestCase("/hangfire/stats")]
    public async Task No_part_of_the_dashboard_is_open_to_others(string path)
    {
        var answer = await GetAsync("203.0.113.9", "localhost:5080", path: path);

        Assert.That((int)answer.StatusCode, Is.AnyOf(403, 404));
    }

    private Task<HttpResponseMessage> GetAsync(
        string remote, string host, (string Name, string Value)? header = null, string path = "/hangfire")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        request.Headers.Add(RemoteHeader, remote);
        if (header is { } more)
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        return _api.Client.SendAsync(request);
    }

    /// <summary>Lets a test say where its connection comes from.</summary>
    private sealed class RemoteAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers[RemoteHeader], out var address)
                    ? address
                    : null;
                return following(context);
            });
            next(app);
        };
    }
}
