using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Dubs;

/// <summary>What runs can be stopped, and nothing that was finished goes with it.</summary>
public sealed class CancelTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task A_first_dub_that_is_cancelled_has_failed_with_that_code_and_has_no_result()
    {
        var dub = PutRunning(SampleDubs.At(DubStage.Speaking, 70));

        var answer = await (await CancelAsync(dub)).ReadAsync(200);

        Assert.That((answer.Text("state"), answer.GetProperty("error").Text("error_code")), Is.EqualTo(("failed", "cancelled")));
        Assert.That(answer.TryGetProperty("result_url", out _), Is.False);
        Assert.That(_api.Progress.All.Single().IsCancelled, Is.True, "who works on it finds out");
    }

    [Test]
    public async Task A_new_rendering_that_is_cancelled_leaves_the_last_result_where_it_was()
    {
        var made = SampleDubs.Complete();
        _api.Dubs.Records[made.RequestId] = new DubRecord
        {
            Order = made.Order,
            Response = made.FinalResponse!,
            CreatedAt = made.CreatedAt,
            FinishedAt = made.UpdatedAt,
        };
        PutRunning(SampleDubs.At(DubStage.Speaking, 70) with { Order = made.Order with { Revision = 1 } });

        var answer = await (await CancelAsync(made)).ReadAsync(200);

        Assert.That(answer.Text("result_url"), Does.Contain("dubbed.mp4"));
        Assert.That(_api.Dubs.Records.ContainsKey(made.RequestId), Is.True);
    }

    [Test]
    public async Task What_does_not_run_cannot_be_cancelled()
    {
        var (complete, failed) = (SampleDubs.Complete(), SampleDubs.Failed("media_invalid", "No."));
        _api.Progress.Put(complete);
        _api.Progress.Put(failed);

        await (await CancelAsync(complete)).ReadErrorAsync(409, "dub_not_running");
        await (await CancelAsync(failed)).ReadErrorAsync(409, "dub_not_running");
    }

    [Test]
    public async Task Another_users_dub_is_not_found()
    {
        var dub = PutRunning(SampleDubs.At(DubStage.Speaking, 70));

        await (await CancelAsync(dub, user: 52)).ReadErrorAsync(404, "dub_not_found");

        Assert.That(_api.Progress.All.Single().State, Is.EqualTo(DubState.Running));
    }

    // An attempt holds it, so the files are that one's to remove.
    private DubProgress PutRunning(DubProgress dub)
    {
        _api.Progress.Put(dub with { HeartbeatAt = dub.UpdatedAt });
        return dub;
    }

    private Task<HttpResponseMessage> CancelAsync(DubProgress dub, long user = SampleDubs.User) =>
        _api.PostAsync($"/ai_dub/{dub.RequestId}/cancel", $$"""{"user_id":{{user}}}""");
}
