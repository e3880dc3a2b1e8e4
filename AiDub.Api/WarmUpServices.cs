using AiDub.Jobs.Hosting.Health;

namespace AiDub.Api;

/// <summary>What is done before the first requests come.</summary>
internal static class WarmUpServices
{
    /// <summary>Adds the warm-up, and the check of readiness that waits for it.</summary>
    public static IServiceCollection AddWarmUp(this IServiceCollection services)
    {
        services.AddSingleton<WarmUpState>();
        services.AddHostedService<WarmUp>();
        services.AddPreparation(provider => provider.GetRequiredService<WarmUpState>().IsUnderWay);
        return services;
    }

    /// <summary>Shows the warm-up what answers requests from here on.</summary>
    public static WebApplication UseWarmUp(this WebApplication app)
    {
        var state = app.Services.GetRequiredService<WarmUpState>();
        app.Use(next =>
        {
            state.Pipeline = next;
            return next;
        });
        return app;
    }
}
