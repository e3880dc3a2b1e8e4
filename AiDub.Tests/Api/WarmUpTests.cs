using AiDub.Api;
using AiDub.Api.Http;
using AiDub.Jobs.Engines;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api;

public sealed class WarmUpTests
{
    [Test]
    public async Task What_the_first_requests_need_is_gone_through_before_the_service_is_ready_and_nothing_is_made()
    {
        await using var api = new ApiHost();
        api.Reset();
        using var engines = new EnginePreparation(
            api.Services.GetRequiredService<LanguageSupport>(), TimeProvider.System, NullLogger<EnginePreparation>.Instance);
        using var warmUp = ActivatorUtilities.CreateInstance<WarmUp>(api.Services, engines);
        var asked = api.Progress.Finds;

        await warmUp.StartingAsync(default);
        await (await api.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");
        await warmUp.StartedAsync(default);
        await engines.StartAsync(default);
        await warmUp.Over;

        Assert.That((int)(await api.Client.GetAsync("/health/ready")).StatusCode, Is.EqualTo(200));
        Assert.That(api.Progress.Finds, Is.GreaterThan(asked), "polls were gone through");
        Assert.That(api.Progress.All, Is.Empty);
        Assert.That(api.Queue.Queued, Is.Empty);
        Assert.That(
            api.Log.Entries.Where(entry =>
                entry.Level >= LogLevel.Warning && !entry.Message.Contains("Health check", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public async Task A_service_that_is_to_start_without_it_is_ready_at_once()
    {
        await using var api = new ApiHost();
        api.Reset();
        using var engines = new EnginePreparation(
            api.Services.GetRequiredService<LanguageSupport>(), TimeProvider.System, NullLogger<EnginePreparation>.Instance);
        using var warmUp = ActivatorUtilities.CreateInstance<WarmUp>(
            api.Services, engines, Options.Create(new ApiOptions { WarmUp = false }));
        var asked = api.Progress.Finds;

        await warmUp.StartingAsync(default);
        await warmUp.StartedAsync(default);

        Assert.That((warmUp.Over.IsCompleted, api.Progress.Finds), Is.EqualTo((true, asked)));
        Assert.That((int)(await api.Client.GetAsync("/health/ready")).StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task A_service_that_is_stopped_while_its_engines_are_away_does_not_wait_for_them()
    {
        await using var api = new ApiHost();
        api.Reset();
        using var engines = new EnginePreparation(
            api.Services.GetRequiredService<LanguageSupport>(), TimeProvider.System, NullLogger<EnginePreparation>.Instance);
        using var warmUp = ActivatorUtilities.CreateInstance<WarmUp>(api.Services, engines);
        await warmUp.StartingAsync(default);
        await warmUp.StartedAsync(default);

        await warmUp.StoppingAsync(default);

        Assert.That(warmUp.Over.IsCompletedSuccessfully || warmUp.Over.IsCanceled, Is.True);
    }
}
