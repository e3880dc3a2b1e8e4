using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Sources;

/// <summary>The source of a dub can be opened by its owner while it is kept.</summary>
public sealed class SourceTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task A_source_is_where_the_attempt_that_fetched_it_put_it()
    {
        var dub = SampleDubs.At(DubStage.Speaking, 70);
        var key = AttemptKeys.Own(ObjectKeys.Source(dub.Order.SourceId), dub.Order, 2);
        _api.Progress.Put(dub with { Steps = [new StepRecord("fetch", 2, 1, []) { Artifacts = [key] }] });
        _api.Objects.Texts[key] = "video";

        var answer = await (await _api.Client.GetAsync($"/ai_dub/{dub.RequestId}/source?user_id=51")).ReadAsync(200);

        Assert.That(answer.Text("url"), Does.Contain($"/work/{dub.RequestId}/a2/source?expires="));
        Assert.That(answer.GetProperty("bytes").GetInt64(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_source_that_is_gone_is_said_to_be()
    {
        var dub = SampleDubs.Complete();
        _api.Progress.Put(dub);

        var answer = await _api.Client.GetAsync($"/ai_dub/{dub.RequestId}/source?user_id=51");

        Assert.That((await answer.ReadErrorAsync(404, "source_not_kept")).Text("msg"), Does.Contain("kept no longer"));
    }

    [Test]
    public async Task Nobody_else_is_told()
    {
        var dub = SampleDubs.Complete();
        _api.Progress.Put(dub);
        _api.Objects.Texts[ObjectKeys.Source(dub.Order.SourceId)] = "video";

        var answer = await _api.Client.GetAsync($"/ai_dub/{dub.RequestId}/source?user_id=52");

        await answer.ReadErrorAsync(404, "dub_not_found");
    }
}
