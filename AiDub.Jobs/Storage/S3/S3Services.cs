using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.S3;

/// <summary>S3 as an object store and as a place that sources come from.</summary>
public static class S3Services
{
    /// <summary>
    /// Adds the connection and what uses it; nothing is connected to until it is used. Its section is <see cref="S3Options.Section"/>.
    /// </summary>
    public static IServiceCollection AddS3(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<S3Options>(configuration.GetSection(S3Options.Section));
        services.AddSingleton<IValidateOptions<S3Options>, S3OptionsValidator>();
        services.AddSingleton<S3Connection>();
        services.AddSingleton<S3Urls>();
        services.AddSingleton<S3Faults>();
        services.AddSingleton<S3ObjectStore>();
        services.AddHostedService<S3Start>();
        return services;
    }
}
