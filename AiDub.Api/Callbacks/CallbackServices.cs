using AiDub.Api.OpenApi;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Options;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Callbacks;

/// <summary>Callbacks.</summary>
internal static class CallbackServices
{
    /// <summary>Adds what sends callbacks.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddSettings<CallbackOptions>(CallbackOptions.Section);
        services.AddSingleton<IValidateOptions<CallbackOptions>, CallbackOptionsValidator>();
        services.AddSingleton<CallbackBodies>();
        services.AddSingleton<CallbackPost>();
        services.AddSingleton<CallbackSender>();
        services.AddHostedService(provider => provider.GetRequiredService<CallbackSender>());
        services.AddSingleton<IContractExamples, CallbackExamples>();
        services.Configure<SwaggerGenOptions>(swagger => swagger.DocumentFilter<CallbackWebhooks>());
        return services;
    }
}
