using Microsoft.Extensions.Options;

namespace AiDub.Api.Callbacks;

/// <summary>Callbacks.</summary>
public static class CallbackServices
{
    /// <summary>Adds what sends callbacks.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddOptions<CallbackOptions>().BindConfiguration(CallbackOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallbackOptions>, CallbackOptionsValidator>();
        services.AddSingleton<CallbackBodies>();
        services.AddSingleton<CallbackPost>();
        services.AddSingleton<CallbackSender>();
        services.AddHostedService(provider => provider.GetRequiredService<CallbackSender>());
        return services;
    }
}
