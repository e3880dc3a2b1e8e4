using System.Net;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Auth;

public sealed class TokenTests
{
    private const string Submission = """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(builder => builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase("""{"frontend_userid":51,EXP}""")]
    [TestCase("""{"frontend_userid":"51",EXP}""")]
    [TestCase("""{"sub":{"frontend_userid":51},EXP}""")]
    [TestCase("""{"sub":{"frontend_userid":"51","name":"ü"},EXP}""")]
    [TestCase("""{"sub":"{\"frontend_userid\":51}",EXP}""")]
    [TestCase("""{"sub":7,"frontend_userid":51,EXP}""")]
    public async Task The_user_is_found_wherever_the_token_names_it(string claims)
    {
        await (await PostAsync("/ai_dub", Submission.Replace("\"user_id\":51,", "", StringComparison.Ordinal), Tokens.Signed(claims)))
            .ReadAsync(200);

        Assert.That(_api.Progress.All.Single().Order.UserId, Is.EqualTo(51));
    }

    [TestCase("""{EXP}""")]
    [TestCase("""{"sub":"51",EXP}""")]
    [TestCase("""{"sub":{"user":51},EXP}""")]
    [TestCase("""{"sub":"{broken",EXP}""")]
    [TestCase("""{"frontend_userid":"fifty",EXP}""")]
    [TestCase("""{"frontend_userid":true,EXP}""")]
    [TestCase("""{"frontend_userid":5.5,EXP}""")]
    [TestCase("""{"frontend_userid":null,EXP}""")]
    [TestCase("""{"frontend_userid":[51,52],EXP}""")]
    [TestCase("""{"sub":{"frontend_userid":[51]},EXP}""")]
    public async Task A_token_that_names_no_user_is_refused(string claims) =>
        await (await PostAsync("/ai_dub", Submission, Tokens.Signed(claims))).ReadErrorAsync(401, "token_user_missing");

    [TestCase("""{"alg":"HS256","typ":"JWT","crit":["exp"]}""")]
    [TestCase("""{"alg":"HS256","crit":["b64"],"b64":false}""")]
    [TestCase("""{"alg":"HS256","crit":[]}""")]
    public async Task A_token_that_declares_something_critical_is_refused(string header) =>
        await (await PostAsync("/ai_dub", Submission, Tokens.Signed("""{"frontend_userid":51,EXP}""", header: header)))
            .ReadErrorAsync(401, "token_invalid");

    [Test]
    public async Task A_request_without_a_token_is_refused_and_told_how_to_ask()
    {
        var answer = await _api.PostAsync("/ai_dub", Submission);

        await answer.ReadErrorAsync(401, "token_missing");
        Assert.That($"{answer.Headers.WwwAuthenticate}", Is.EqualTo("Bearer"));
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task An_expired_token_is_refused_as_such_a_minute_after_its_time()
    {
        long Ago(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(-seconds).ToUnixTimeSeconds();

        await (await PostAsync("/ai_dub", Submission, Tokens.Signed($$"""{"frontend_userid":51,"exp":{{Ago(62)}}}""")))
            .ReadErrorAsync(401, "token_expired");
        await (await PostAsync("/ai_dub", Submission, Tokens.Signed($$"""{"frontend_userid":51,"exp":{{Ago(30)}}}"""))).ReadAsync(200);
    }

    private static IEnumerable<TestCaseData> BadTokens()
    {
        const string Good = """{"frontend_userid":51,EXP}""";
        var token = Tokens.Of(51);
        yield return new TestCaseData(Tokens.Signed(Good, key: "another key that is long enough for HS256 as well"))
            .SetArgDisplayNames("another key");
        yield return new TestCaseData(
            Tokens.Signed("""{"sub":{"frontend_userid":51},EXP}""", key: "another key that is long enough for HS256 as well"))
            .SetArgDisplayNames("another key, object subject");
        yield return new TestCaseData(Tokens.Signed(Good, header: """{"alg":"none","typ":"JWT"}""")).SetArgDisplayNames("alg none, signed");
        yield return new TestCaseData($"{Tokens.Encode("""{"alg":"none"}""")}.{token.Split('.')[1]}.")
            .SetArgDisplayNames("alg none, not signed");
        yield return new TestCaseData(
            $"{Tokens.Encode("""{"alg":"none"}""")}.{Tokens.Encode("""{"sub":{"frontend_userid":51},"exp":4000000000}""")}.")
            .SetArgDisplayNames("alg none, object subject");
        yield return new TestCaseData(Tokens.Signed(Good, header: """{"alg":"HS512","typ":"JWT"}"""))
            .SetArgDisplayNames("another algorithm's name");
        yield return new TestCaseData(Tokens.Signed(Good, header: """{"alg":"RS256","typ":"JWT"}"""))
            .SetArgDisplayNames("an asymmetric algorithm's name");
        yield return new TestCaseData(token[..^4]).SetArgDisplayNames("a cut signature");
        yield return new TestCaseData(
            token.Split('.')[0] + "." + Tokens.Encode("""{"frontend_userid":52,"exp":4000000000}""") + "." + token.Split('.')[2])
            .SetArgDisplayNames("changed claims");
        yield return new TestCaseData(Tokens.Signed("""{"frontend_userid":51}""")).SetArgDisplayNames("no expiry");
        yield return new TestCaseData(Tokens.Signed("""{"frontend_userid":51,"nbf":3900000000,EXP}""")).SetArgDisplayNames("not yet valid");
        yield return new TestCaseData("nonsense").SetArgDisplayNames("no token at all");
        yield return new TestCaseData("a.b.c").SetArgDisplayNames("three dots");
        yield return new TestCaseData(new string('a', 20_000)).SetArgDisplayNames("very long");
    }

    [TestCaseSource(nameof(BadTokens))]
    public async Task A_bad_token_is_refused_and_nothing_is_said_of_why(string token)
    {
        var error = await (await PostAsync("/ai_dub", Submission, token)).ReadErrorAsync(401, "token_invalid");

        Assert.That(error.Text("msg"), Is.EqualTo("the token is not valid here"));
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [TestCase("iss", "https://login.example.com", true)]
    [TestCase("iss", "https://evil.example.com", false)]
    [TestCase("aud", "someone-else", false)]
    public async Task Issuer_and_audience_are_checked_when_they_are_set(string claim, string value, bool isGood)
    {
        await using var api = new ApiHost(builder => builder
            .UseSetting("Auth:Jwt:SigningKey", Tokens.Key)
            .UseSetting("Auth:Jwt:Issuer", "https://login.example.com")
            .UseSetting("Auth:Jwt:Audience", "aidub"));
        var (issuer, audience) = (claim == "iss" ? value : "https://login.example.com", claim == "aud" ? value : "aidub");

        var answer = await PostAsync("/ai_dub", Submission, Tokens.Of(51, $",\"iss\":\"{issuer}\",\"aud\":\"{audience}\""), api);

        Assert.That(answer.StatusCode, Is.EqualTo(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized));
    }

    [TestCase("/ai_dub", "52")]
    [TestCase("/ai_dub", "\"52\"")]
    [TestCase("/ai_dub/progress", "52")]
    public async Task A_body_that_names_another_user_is_refused_and_does_nothing(string path, string user)
    {
        var dub = SampleDubs.Complete();
        _api.Progress.Put(dub);
        var body = path == "/ai_dub"
            ? Submission.Replace(":51", $":{user}", StringComparison.Ordinal)
            : $$"""{"user_id":{{user}},"request_id":"{{dub.RequestId}}"}""";

        await (await PostAsync(path, body, Tokens.Of(51))).ReadErrorAsync(403, "user_forbidden");

        Assert.That(_api.Progress.All, Is.EqualTo(new[] { dub }));
    }

    [Test]
    public async Task A_poll_without_user_id_is_the_tokens()
    {
        var dub = SampleDubs.At(DubStage.Speaking, 70);
        _api.Progress.Put(dub);

        var body = await (await PostAsync("/ai_dub/progress", $$"""{"request_id":"{{dub.RequestId}}"}""", Tokens.Of(51))).ReadAsync(200);

        Assert.That(body.GetProperty("percent").GetInt32(), Is.EqualTo(70));
    }

    [TestCase("/health/live")]
    [TestCase("/swagger/index.html")]
    [TestCase("/swagger/v1/swagger.json")]
    public async Task What_everyone_may_see_needs_no_token(string path) =>
        Assert.That((await _api.Client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

    [TestCase("/files/results/51/x/dubbed.mp4?expires=1&signature=aa")]
    public async Task A_signed_address_is_judged_by_its_signature_and_not_by_a_token(string path) =>
        await (await _api.Client.GetAsync(path)).ReadErrorAsync(404, "not_found");

    [Test]
    public async Task Uploads_and_languages_need_a_token()
    {
        await (await _api.Client.GetAsync("/ai_dub/languages")).ReadErrorAsync(401, "token_missing");
        await (await _api.Client.PostAsync(
            "/ai_dub/uploads", new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.mp4" } }))
            .ReadErrorAsync(401, "token_missing");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json, string token, ApiHost? api = null) =>
        (api ?? _api).Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = ApiHost.Json(json),
                Headers = { Authorization = Tokens.Bearer(token) },
            });
}
