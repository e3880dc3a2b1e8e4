using AiDub.Api.Callbacks;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Callbacks;

public sealed class CallbacksControllerTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(builder => builder.UseSetting("Callbacks:SigningKey", Key));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task A_dub_is_accepted_with_who_is_to_be_told_and_where_the_service_was_reached()
    {
        await (await SubmitAsync("https://example.com/dubs?x=a+b")).ReadAsync(200);

        Assert.That(
            _api.Progress.All.Single().Order.Callback,
            Is.EqualTo(new DubCallback("https://example.com/dubs?x=a+b", _api.Client.BaseAddress!.AbsoluteUri)));
    }

    [TestCase("ftp://example.com/")]
    [TestCase("https://user:word@example.com/")]
    [TestCase("s3://bucket/key")]
    [TestCase("/dubs")]
    public async Task An_address_that_cannot_be_posted_to_is_refused(string url)
    {
        var error = await (await SubmitAsync(url)).ReadErrorAsync(400, "callback_url_invalid");

        Assert.That(error.GetProperty("errors")[0].Text("field"), Is.EqualTo("callback_url"));
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task Without_a_key_nobody_can_be_told_and_the_submission_is_refused()
    {
        await using var api = new ApiHost();

        await (await api.PostAsync("/ai_dub", Body("https://example.com/"))).ReadErrorAsync(400, "callback_unavailable");
        Assert.That(api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task The_tries_are_listed_with_when_the_next_one_is()
    {
        var dub = Put(Ended());
        _api.Outbox.Deliveries.Enqueue(
            CallbackDelivery.Prepare(dub.RequestId, 1, Now).After(new CallbackAttempt(Now, 503, "status_unexpected"), 1));

        var body = await (await AskAsync(dub.RequestId)).ReadAsync(200);

        Assert.That((body.Text("callback_url"), body.Text("state")), Is.EqualTo(("https://example.com/dubs", "pending")));
        Assert.That(
            body.GetProperty("attempts").GetRawText(),
            Is.EqualTo("""[{"at":"2026-01-02T03:04:05+00:00","status":503,"error":"status_unexpected"}]"""));
        Assert.That(body.GetProperty("next_at").GetDateTimeOffset(), Is.EqualTo(Now.AddSeconds(5)));
    }

    [Test]
    public async Task A_dub_that_has_not_ended_has_no_tries_yet()
    {
        var accepted = SampleDubs.Accepted();
        Put(accepted with { Order = accepted.Order with { Callback = new DubCallback("https://example.com/dubs", "https://a.example/") } });

        var body = await (await AskAsync(accepted.RequestId)).ReadAsync(200);

        Assert.That(
            (body.Text("state"), body.GetProperty("attempts").GetArrayLength(), body.TryGetProperty("next_at", out _)),
            Is.EqualTo(("pending", 0, false)));
    }

    [Test]
    public async Task A_dub_of_another_user_an_unknown_one_and_one_without_a_callback_have_none()
    {
        var dub = Put(Ended());

        await (await AskAsync(dub.RequestId, user: "52")).ReadErrorAsync(404, "dub_not_found");
        await (await AskAsync(Guid.NewGuid())).ReadErrorAsync(404, "dub_not_found");
        await (await AskAsync(Put(SampleDubs.Accepted()).RequestId)).ReadErrorAsync(404, "callback_not_found");
        await (await AskAsync(dub.RequestId, user: "")).ReadErrorAsync(400, "user_id_missing");
    }

    [TestCase("too short", null, "Callbacks has a signing key of fewer than 32 bytes.")]
    [TestCase(Key, "/etc/hostname", "Callbacks has both a SigningKey and a SigningKeyFile.")]
    [TestCase(null, "/no/such/file", "Callbacks:SigningKeyFile cannot be read.")]
    public void A_key_that_cannot_sign_stops_the_start(string? key, string? file, string fault)
    {
        var result = new CallbackOptionsValidator().Validate(null, new CallbackOptions { SigningKey = key, SigningKeyFile = file });

        Assert.That(result.FailureMessage, Is.EqualTo(fault));
    }

    private static DubProgress Ended()
    {
        var failed = SampleDubs.Failed("media_unreadable", "The file is no video.");
        return failed with { Order = failed.Order with { Callback = new DubCallback("https://example.com/dubs", "https://a.example/") } };
    }

    private static string Body(string url) =>
        $$"""{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es","callback_url":"{{url}}"}""";

    private Task<HttpResponseMessage> SubmitAsync(string url) => _api.PostAsync("/ai_dub", Body(url));

    private Task<HttpResponseMessage> AskAsync(Guid dub, string user = "51") =>
        _api.Client.GetAsync($"/ai_dub/{dub}/callbacks?user_id={user}");

    private DubProgress Put(DubProgress dub)
    {
        _api.Progress.Put(dub);
        return dub;
    }
}
