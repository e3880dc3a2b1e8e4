using System.Globalization;
using System.Threading.RateLimiting;
using AiDub.Api.Errors;
using AiDub.Jobs.Settings;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AiDub.Api.Limits;

/// <summary>Turns away who asks too often.</summary>
internal static class RateLimits
{
    /// <summary>Adds the limits of <see cref="LimitOptions"/>.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddSettings<LimitOptions>(LimitOptions.Section);
        services.AddSingleton<UserLimits>();
        services.AddSingleton<StorageLimits>();
        services.AddSingleton<ActiveDubs>();
        services.AddSingleton<UserRates>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<UserRates>(Configure);
        services.Configure<KestrelServerOptions>(HeadLimits.Widen);
        return services;
    }

    private static void Configure(RateLimiterOptions limiter, UserRates rates)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) => RefuseAsync(rejected);
        if (rates.All.Count > 0)
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained([.. rates.All.Select(rate => rate.Limiter)]);
    }

    private static async ValueTask RefuseAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var response = rejected.HttpContext.Response;
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await response.RefuseAsync(HttpErrors.Of(StatusCodes.Status429TooManyRequests));
    }
}
