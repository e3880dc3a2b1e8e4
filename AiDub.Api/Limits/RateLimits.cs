using System.Globalization;
using System.Threading.RateLimiting;
using AiDub.Api.Auth;
using AiDub.Api.Errors;
using AiDub.Jobs.Settings;
using Microsoft.AspNetCore.RateLimiting;

namespace AiDub.Api.Limits;

/// <summary>Turns away who asks too often.</summary>
internal static class RateLimits
{
    /// <summary>The limit on what begins work: submissions and uploads.</summary>
    public const string Submits = "submits";

    private const string Contract = "/ai_dub";

    /// <summary>Adds the limits of <see cref="LimitOptions"/>.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddSettings<LimitOptions>(LimitOptions.Section);
        services.AddSingleton<UserLimits>();
        services.AddSingleton<StorageLimits>();
        services.AddSingleton<ActiveDubs>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<UserLimits>(Configure);
        return services;
    }

    private static void Configure(RateLimiterOptions limiter, UserLimits limits)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) => RefuseAsync(rejected);
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            Partition(http, http.Request.Path.StartsWithSegments(Contract) ? limits.RequestsPerMinute : null));
        limiter.AddPolicy(Submits, http => Partition(http, limits.SubmitsPerMinute));
    }

    private static RateLimitPartition<string> Partition(HttpContext http, int? perMinute) => perMinute is not { } limit
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetTokenBucketLimiter(Asker(http), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / limit,
            QueueLimit = 0,
        });

    private static string Asker(HttpContext http) =>
        UserClaim.Of(http.User) is { } user ? $"user {user}" : $"address {http.Connection.RemoteIpAddress}";

    private static async ValueTask RefuseAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var response = rejected.HttpContext.Response;
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await response.RefuseAsync(HttpErrors.Of(StatusCodes.Status429TooManyRequests));
    }
}
