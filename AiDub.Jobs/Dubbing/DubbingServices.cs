using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Editing;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Publishing;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Dubbing.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing;

/// <summary>The job, and the rooms that it goes through from an order to a result.</summary>
public static class DubbingServices
{
    /// <summary>Adds them; it needs the stores, the media tools, the engines and the estimates.</summary>
    public static IServiceCollection AddDubbing(this IServiceCollection services) => services
        .AddIntake()
        .AddAttempts()
        .AddSteps()
        .AddEditing()
        .AddPublishing()
        .AddRetention()
        .AddRunning()
        .AddTransient<DubbingJob>();
}
