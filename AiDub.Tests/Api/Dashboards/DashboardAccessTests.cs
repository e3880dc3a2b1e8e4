using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.Jobs.Storage;
using Hangfire;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Api.Dashboards;

/// <summary>
/// The dashboard of a service that can tell people apart; every request here comes from loopback, as through a local reverse proxy.
/// </summary>
[NonParallelizable] // Its queue is configured for the whole process.
public sealed class DashboardAccessTests
{
    private const string Password = "a password: of operators";
    private const string DeleteJobs = "/hangfire/jobs/scheduled/delete";

    private TestData _data = null!;
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _data = new TestData();
        var file = _data.Write("password", Password + "\n");
        _api = new ApiHost(builder => builder
            .UseSetting("Auth:Jwt:SigningKey", Tokens.Key)
            .UseSetting("Dashboard:Role", "operator")
            .UseSetting("Dashboard:User", "ops")
            .UseSetting("Dashboard:PasswordFile", file));
        _api.Services.GetRequiredService<IBackgroundJobClientV2>().Schedule(() => Console.Write(""), TimeSpan.FromDays(1));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        _data.Dispose();
    }

    [TestCase("/hangfire")]
    [TestCase("/hangfire/jobs/enqueued")]
    [TestCase("/hangfire/stats")]
    [TestCase("/HANGFIRE/servers")]
    public async Task Nobody_in_particular_is_refused_even_from_this_machine(string path)
    {
        var answer = await _api.Client.GetAsync(path);

        await answer.ReadErrorAsync(401, "unauthorized");
        Assert.That($"{answer.Headers.WwwAuthenticate}", Does.StartWith("Basic"));
    }

    [TestCase(",\"role\":\"operator\"")]
    [TestCase(",\"role\":[\"viewer\",\"operator\"]")]
    public async Task An_operators_token_shows_it_and_may_act(string role) => await AssertMayActAsync(Tokens.Bearer(Tokens.Of(51, role)));

    [TestCase("", "/hangfire")]
    [TestCase(",\"role\":\"viewer\"", "/hangfire")]
    [TestCase(",\"role\":\"viewer\"", "/hangfire/jobs/scheduled")]
    [TestCase(",\"role\":\"viewer\"", "/hangfire/stats")]
    public async Task Another_users_token_shows_no_page_of_it(string role, string path)
    {
        var token = Tokens.Bearer(Tokens.Of(51, role));

        Assert.That(
            (await SendAsync(HttpMethod.Get, path, token)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "a login is asked for");
        Assert.That((int)(await SendAsync(HttpMethod.Post, DeleteJobs, token)).StatusCode, Is.EqualTo(401));
    }

    [TestCase("operator")]
    [TestCase("")]
    public async Task Where_there_is_no_login_another_users_token_is_forbidden_it(string role)
    {
        await using var api = new ApiHost(
            builder => builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key).UseSetting("Dashboard:Role", role));

        var answer = await SendAsync(HttpMethod.Get, "/hangfire", Tokens.Bearer(Tokens.Of(51)), api: api);

        await answer.ReadErrorAsync(403, "forbidden");
    }

    [Test]
    public async Task After_too_many_failed_logins_even_a_right_one_waits_for_the_next_minute()
    {
        var file = _data.Write("throttled", Password + "\n");
        var clock = Samples.Clock();
        await using var api = new ApiHost(builder => builder
            .UseSetting("Dashboard:User", "ops")
                .UseSetting("Dashboard:PasswordFile", file)
                .UseSetting("Dashboard:FailedLoginsPerMinute", "3")
            .ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
        for (var i = 0; i < 5; i++)
            await AssertAsync(Password, HttpStatusCode.OK);
        var guesses = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => SendAsync(HttpMethod.Get, "/hangfire", Basic("ops", $"guess {i}"), api: api)));

        Assert.That(guesses.Count(a => a.StatusCode == HttpStatusCode.Unauthorized), Is.EqualTo(3));
        Assert.That(guesses.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests), Is.EqualTo(17));
        await AssertAsync(Password, HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromMinutes(1));
        await AssertAsync(Password, HttpStatusCode.OK);

        async Task AssertAsync(string password, HttpStatusCode expected) =>
            Assert.That((await SendAsync(HttpMethod.Get, "/hangfire", Basic("ops", password), api: api)).StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_browser_brings_its_token_in_a_cookie_and_only_to_the_dashboard()
    {
        var cookie = $"aidub_token={Tokens.Of(51, ",\"role\":\"operator\"")}";

        Assert.That((await SendAsync(HttpMethod.Get, "/hangfire", null, ("Cookie", cookie))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await (await SendAsync(HttpMethod.Get, $"/ai_dub/{Guid.NewGuid()}", null, ("Cookie", cookie))).ReadErrorAsync(401, "token_missing");
    }

    [TestCase("ops", Password, true)]
    [TestCase("ops", "another password", false)]
    [TestCase("root", Password, false)]
    [TestCase("ops", "", false)]
    public async Task The_login_of_its_own_makes_an_operator(string user, string password, bool isGood)
    {
        var login = Basic(user, password);

        Assert.That(
            (await SendAsync(HttpMethod.Get, "/hangfire", login)).StatusCode,
            Is.EqualTo(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized));
        if (isGood)
            await AssertMayActAsync(login);
    }

    [TestCase("Basic nonsense")]
    [TestCase("Basic")]
    [TestCase("Bearer nonsense")]
    public async Task A_login_that_cannot_be_read_is_refused(string sent) =>
        Assert.That(
            (await SendAsync(HttpMethod.Get, "/hangfire", AuthenticationHeaderValue.Parse(sent))).StatusCode,
            Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task A_page_of_another_site_cannot_act_through_an_operators_browser()
    {
        await (await SendAsync(HttpMethod.Post, DeleteJobs, Basic("ops", Password), ("Origin", "https://evil.example")))
            .ReadErrorAsync(401, "unauthorized");

        var forged = await SendAsync(HttpMethod.Post, DeleteJobs, Basic("ops", Password));
        Assert.That((int)forged.StatusCode, Is.AnyOf(400, 403), "an order without the page's own antiforgery token");
    }

    [Test]
    public async Task A_hashed_password_is_compared_as_such()
    {
        var salt = "some salt"u8.ToArray();
        var hash = Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Password, salt, 100_000, HashAlgorithmName.SHA256, 32));
        await using var api = new ApiHost(builder => builder
            .UseSetting("Dashboard:User", "ops")
            .UseSetting("Dashboard:PasswordHash", $"pbkdf2-sha256$100000${Convert.ToBase64String(salt)}${hash}"));

        Assert.That(
            (await SendAsync(HttpMethod.Get, "/hangfire", Basic("ops", Password), api: api)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            (await SendAsync(HttpMethod.Get, "/hangfire", Basic("ops", "another password"), api: api)).StatusCode,
            Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(
            (await SendAsync(HttpMethod.Get, "/hangfire", null, api: api)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized),
            "also in open mode a login is asked for");
    }

    [Test]
    public async Task It_names_no_storage()
    {
        var page = await (await SendAsync(HttpMethod.Get, "/hangfire", Basic("ops", Password))).Content.ReadAsStringAsync();

        Assert.That(page, Does.Contain("AiDub jobs").And.Not.Contain(_api.Services.GetRequiredService<JobStorage>().ToString()!));
    }

    private async Task AssertMayActAsync(AuthenticationHeaderValue who)
    {
        Assert.That((await SendAsync(HttpMethod.Get, "/hangfire", who)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var page = await (await SendAsync(HttpMethod.Get, "/hangfire/jobs/scheduled", who)).Content.ReadAsStringAsync();
        Assert.That(page, Does.Contain("data-url=\"/hangfire/jobs/scheduled/delete\""));
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, AuthenticationHeaderValue? who, (string Name, string Value)? header = null, ApiHost? api = null)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Authorization = who } };
        if (header is { } more)
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        return (api ?? _api).Client.SendAsync(request);
    }
}
