using System.Net;
using AiDub.Api.Progress;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace AiDub.Tests.Api.Progress;

public sealed class DeliveryTests
{
    private ApiHost _api = null!;
    private DubProgress _dub = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void FinishADub()
    {
        _api.Reset();
        _dub = SampleDubs.Complete();
        _api.Progress.Put(_dub);
    }

    [Test]
    public async Task A_complete_dub_answers_the_whole_final_response()
    {
        var body = await (await PollAsync(_api)).ReadAsync(200);

        Assert.That(body.Text("progress"), Is.EqualTo("Status_5"));
        Assert.That(body.Text("request_id"), Is.EqualTo($"{_dub.RequestId}"));
        Assert.That(body.GetProperty("user_id").GetInt64(), Is.EqualTo(51));
        Assert.That(body.Text("project_id"), Is.EqualTo("ryan"));
        Assert.That(body.Text("from_lang"), Is.EqualTo("en"));
        Assert.That(body.Text("to_lang"), Is.EqualTo("es"));
        Assert.That(body.Text("source_video_url"), Is.EqualTo(SampleDubs.Source));
        Assert.That(body.GetProperty("duration_seconds").GetDouble(), Is.EqualTo(31.5));
        Assert.That(body.GetProperty("warnings")[0].Text("code"), Is.EqualTo("speech_too_fast"));
        Assert.That(body.GetProperty("report").GetProperty("segments").GetInt32(), Is.EqualTo(9));
        Assert.That(body.GetProperty("report").GetProperty("timing").GetProperty("max_tempo").GetDouble(), Is.EqualTo(1.2));
        Assert.That(body.GetProperty("report").GetProperty("step_seconds").GetProperty("fetch").GetDouble(), Is.EqualTo(0.5));
    }

    [Test]
    public async Task Addresses_are_made_for_where_the_request_came_to()
    {
        var body = await (await PollAsync(_api)).ReadAsync(200);

        var files = $"{_api.Client.BaseAddress}files/results/51/{_dub.RequestId}/";
        Assert.That(body.Text("result_url"), Is.EqualTo($"{files}dubbed.mp4?expires=1&signature=a+b"));
        Assert.That(body.GetProperty("subtitles").Text("srt"), Is.EqualTo($"{files}subtitles.es.srt?expires=1&signature=a+b"));
        Assert.That(body.GetProperty("subtitles").Text("vtt"), Is.EqualTo($"{files}subtitles.es.vtt?expires=1&signature=a+b"));
    }

    [Test]
    public async Task Addresses_are_made_for_the_public_address_when_one_is_configured()
    {
        await using var api = new ApiHost(builder => builder.UseSetting("Api:PublicBaseUrl", "https://dub.example.com/"));
        api.Progress.Put(_dub);

        var body = await (await PollAsync(api)).ReadAsync(200);

        Assert.That(body.Text("result_url"), Does.StartWith($"https://dub.example.com/files/results/51/{_dub.RequestId}/dubbed.mp4"));
    }

    [Test]
    public async Task The_final_response_is_read_once()
    {
        await (await PollAsync(_api)).ReadAsync(200);

        await (await PollAsync(_api)).ReadErrorAsync(404, "progress_not_found");
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task Of_100_parallel_polls_one_gets_the_final_response_and_99_get_404()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PollAsync(_api)));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.NotFound), Is.EqualTo(99));
    }

    [Test]
    public async Task A_fault_while_addresses_are_made_leaves_the_dub_to_the_next_poll()
    {
        _api.Objects.Fault = new IOException("no route to 10.0.0.7");
        await (await PollAsync(_api)).ReadErrorAsync(500, "internal_error");
        _api.Objects.Fault = null;

        var body = await (await PollAsync(_api)).ReadAsync(200);

        Assert.That(body.Text("progress"), Is.EqualTo("Status_5"));
    }

    [Test]
    public async Task A_dub_whose_document_was_taken_by_a_store_whose_answer_was_lost_is_told_once_by_the_next_poll()
    {
        _api.Progress.LostAnswer = new TimeoutException("cut");
        await (await PollAsync(_api)).ReadErrorAsync(500, "internal_error");
        Assert.That(_api.Progress.All, Is.Empty, "it was taken");
        _api.Progress.LostAnswer = null;

        var another = await _api.PostAsync("/ai_dub/progress", $$"""{"user_id":52,"request_id":"{{_dub.RequestId}}"}""");
        var polls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PollAsync(_api)));

        await another.ReadErrorAsync(404, "progress_not_found");
        Assert.That(polls.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(polls.Count(a => a.StatusCode == HttpStatusCode.NotFound), Is.EqualTo(19));
    }

    [TestCase(29, true)]
    [TestCase(30, false, TestName = "A dub that nobody asked for again in half an hour may have been deleted since, and is not told")]
    public void A_doubtful_delivery_is_kept_for_half_an_hour(int minutes, bool isKept)
    {
        var clock = new FakeTimeProvider();
        var doubtful = new DoubtfulDeliveries(clock);
        doubtful.Add(_dub);

        clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.That(doubtful.TryTake(_dub.Order.UserId, _dub.RequestId, out _), Is.EqualTo(isKept));
        Assert.That(doubtful.TryTake(_dub.Order.UserId, _dub.RequestId, out _), Is.False, "once");
    }

    private Task<HttpResponseMessage> PollAsync(ApiHost api) =>
        api.PostAsync("/ai_dub/progress", $$"""{"user_id":51,"request_id":"{{_dub.RequestId}}"}""");
}
