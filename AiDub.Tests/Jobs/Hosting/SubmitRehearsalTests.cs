using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Hosting;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Jobs.Hosting;

/// <summary>What accepting a dub takes is gone through before the first is submitted, in records and a queue of its own.</summary>
public sealed class SubmitRehearsalTests
{
    private ApiHost _api = null!;
    private SubmitRehearsal _rehearsal = null!;

    [SetUp]
    public void Start()
    {
        _api = new ApiHost();
        _rehearsal = _api.Services.GetRequiredService<SubmitRehearsal>();
    }

    [TearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public async Task A_dub_is_accepted_and_queued_of_which_the_service_knows_nothing()
    {
        var isQueued = await _rehearsal.GoAsync(SubmitAsync, default);

        Assert.That(isQueued, Is.True);
        Assert.That((_api.Progress.All.Count, _api.Queue.Queued.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task One_that_is_refused_is_not_waited_for() =>
        Assert.That(await _rehearsal.GoAsync(_ => Task.FromResult(false), default), Is.False);

    private static Task<bool> SubmitAsync(DubSubmissions submissions) =>
        submissions.AcceptAsync([Samples.Order(Guid.NewGuid())], new Dictionary<string, string>(), null, default);
}
