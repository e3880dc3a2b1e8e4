using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Hosting;
using AiDub.Jobs.Hosting.Health;
using AiDub.Tests.Jobs.Dubbing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Tests.Faults;

/// <summary>The real worker program with steps that do nothing but sleep, and that say in a journal when they began.</summary>
internal static class ScriptedWorker
{
    /// <summary>
    /// A folder that all of a test's workers share: their journals, and a <c>hold-{step}</c> file for each step that is to wait.
    /// </summary>
    public const string ScriptVariable = "AIDUB_TEST_SCRIPT";

    /// <summary>How long each step sleeps, in milliseconds.</summary>
    public const string SleepVariable = "AIDUB_TEST_SLEEP_MS";

    public static Task<int> RunAsync(string[] args) => ServiceRun.RunAsync(() =>
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddWorker(builder.Configuration);
        builder.Services.AddReadiness();
        builder.Services.RemoveAll<IDubStep>();
        foreach (var step in FakeSteps.Make(FollowScriptAsync))
            builder.Services.AddSingleton(step);
        var worker = builder.Build();
        worker.MapHealth();
        return worker;
    });

    private static async Task FollowScriptAsync(string step, DubContext context, CancellationToken ct)
    {
        var script = Environment.GetEnvironmentVariable(ScriptVariable)!;
        new StepJournal(script).Begin(context.RequestId, step);
        await Task.Delay(int.Parse(Environment.GetEnvironmentVariable(SleepVariable) ?? "0"), ct);
        while (File.Exists(Path.Combine(script, $"hold-{step}")))
            await Task.Delay(50, ct);
    }
}
