using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines;

/// <summary>Registers engines that can be checked.</summary>
internal static class CheckedEngines
{
    /// <summary>Adds one engine as what it does and as what can be checked.</summary>
    public static IServiceCollection AddEngine<TPort, TEngine>(this IServiceCollection services)
        where TPort : class
        where TEngine : class, TPort, ICheckedEngine =>
        services.AddSingleton<TEngine>()
            .AddSingleton<TPort>(provider => provider.GetRequiredService<TEngine>())
            .AddSingleton<ICheckedEngine>(provider => provider.GetRequiredService<TEngine>());
}
