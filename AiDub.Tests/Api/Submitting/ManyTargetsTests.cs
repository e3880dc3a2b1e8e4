using System.Net;
using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Submitting;

/// <summary>Requests for several languages at once.</summary>
public sealed class ManyTargetsTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task Each_language_is_a_dub_of_its_own_and_the_first_one_is_queued()
    {
        var body = await (await PostAsync("\"to_lang\":[\"es-MX\",\"ca\",\"en\"]")).ReadAsync(200);

        var dubs = body
            .GetProperty("request_ids")
            .EnumerateArray()
            .Select(d => (d.Text("to_lang"), Guid.Parse(d.Text("request_id"))))
            .ToList();
        Assert.That(body.Text("status"), Is.EqualTo("progress_initiated"));
        Assert.That(dubs.Select(d => d.Item1), Is.EqualTo(["es", "ca", "en"]));
        Assert.That(dubs.Select(d => d.Item2).Distinct().Count(), Is.EqualTo(3));
        Assert.That(Guid.Parse(body.Text("request_id")), Is.EqualTo(dubs[0].Item2));
        var orders = _api.Progress.All.Select(p => p.Order).ToList();
        Assert.That(orders.Select(o => (o.ToLang, o.RequestId)), Is.EquivalentTo(dubs));
        Assert.That(orders.Select(o => o.SourceId).Distinct().Single(), Is.Not.AnyOf([.. dubs.Select(d => (object)d.Item2)]));
        Assert.That(orders[0].Batch!.Requests, Is.EqualTo(dubs.Select(d => d.Item2)));
        Assert.That(_api.Queue.Queued, Is.EqualTo([dubs[0].Item2]));
    }

    [Test]
    public async Task A_list_of_one_is_answered_as_a_list_and_shares_nothing()
    {
        var body = await (await PostAsync("\"to_lang\":[\"es\"]")).ReadAsync(200);

        Assert.That(body.GetProperty("request_ids").EnumerateArray().Single().Text("request_id"), Is.EqualTo(body.Text("request_id")));
        Assert.That(_api.Progress.All.Single().Order.Batch, Is.Null);
    }

    [Test]
    public async Task One_that_was_deleted_is_named_by_the_others_no_longer()
    {
        var body = await (await PostAsync("\"to_lang\":[\"es\",\"ca\",\"en\"]")).ReadAsync(200);
        var ids = body.GetProperty("request_ids").EnumerateArray().Select(d => d.Text("request_id")).ToList();
        Assert.That(await NamedAsync($"/ai_dub/{ids[0]}?user_id=51"), Is.EqualTo(ids));

        using var deleted = await _api.Client.DeleteAsync($"/ai_dub/{ids[1]}?user_id=51");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await NamedAsync($"/ai_dub/{ids[0]}?user_id=51"), Is.EqualTo(new[] { ids[0], ids[2] }));
        var listed = await (await _api.Client.GetAsync("/ai_dub?user_id=51")).ReadAsync(200);
        Assert.That(
            listed.GetProperty("dubs").EnumerateArray().Select(Named), Is.All.EqualTo(new[] { ids[0], ids[2] }).And.Exactly(2).Items);
    }

    [Test]
    public async Task A_text_that_is_given_is_stored_once_for_all()
    {
        await (await PostAsync("\"to_lang\":[\"es\",\"ca\"],\"from_lang\":\"en\",\"transcript\":\"00:01.000 --> 00:02.000\\nHi.\""))
            .ReadAsync(200);

        Assert.That(
            _api.Progress.All.Select(p => p.Order.Transcript).Distinct().Single(),
            Is.EqualTo(new TextPlace.Stored(_api.Objects.Texts.Single().Key)));
    }

    [Test]
    public async Task A_translation_is_of_one_language()
    {
        var error = await (await PostAsync("\"to_lang\":[\"es\",\"ca\"],\"translation\":\"00:01.000 --> 00:02.000\\nHi.\""))
            .ReadErrorAsync(400, "translation_invalid");

        Assert.That(error.Text("msg"), Is.EqualTo("translation is in one language, and to lang names several"));
        Assert.That(_api.Progress.All, Is.Empty);
    }

    [Test]
    public async Task When_one_dub_cannot_be_accepted_none_is()
    {
        _api.Progress.WriteFault = (2, new IOException("disk"));

        await (await PostAsync("\"to_lang\":[\"es\",\"ca\",\"en\"]")).ReadErrorAsync(500, "internal_error");

        Assert.That((_api.Progress.All.Count, _api.Queue.Queued.Count), Is.EqualTo((0, 0)));
    }

    private async Task<List<string?>> NamedAsync(string dub) => Named(await (await _api.Client.GetAsync(dub)).ReadAsync(200));

    private static List<string?> Named(JsonElement dub) =>
        [.. dub.GetProperty("request_ids").EnumerateArray().Select(id => id.GetString())];

    private Task<HttpResponseMessage> PostAsync(string fields) =>
        _api.PostAsync("/ai_dub", $"{{\"source_video_url\":\"https://a.example/v.mp4\",\"user_id\":51,\"project_id\":\"ryan\",{fields}}}");
}
