using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Tools;

/// <summary>The programs that AiDub runs.</summary>
public static class ToolServices
{
    /// <summary>Adds what runs programs within limits; its section is <see cref="ToolOptions.Section"/>.</summary>
    public static IServiceCollection AddTools(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ToolOptions>(configuration.GetSection(ToolOptions.Section));
        services.TryAddSingleton<ToolRunner>();
        services.AddHostedService<ToolsStart>();
        return services;
    }
}
