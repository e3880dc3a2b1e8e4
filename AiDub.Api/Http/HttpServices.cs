using AiDub.Jobs.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Http;

/// <summary>How the service is reached.</summary>
internal static class HttpServices
{
    /// <summary>Adds the service's public address, the sites that may call it, and what keeps secrets out of headers and logs.</summary>
    public static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ApiOptions>(configuration.GetSection(ApiOptions.Section));
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddSingleton<PublicUrl>();
        services.AddTrustedProxies();
        services.AddSites();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // The host's request log holds query strings, and with them signatures.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        return services;
    }
}
