using System.Threading.RateLimiting;
using AiDub.Api.Auth;

namespace AiDub.Api.Limits;

/// <summary>How often each user, or where there are no tokens each address, may ask: the limits that hold here, by name.</summary>
internal sealed class UserRates : IDisposable
{
    private const string Contract = "/ai_dub";

    /// <summary>Makes the limits that are set.</summary>
    public UserRates(UserLimits limits)
    {
        var rates = new List<UserRate>();
        if (limits.RequestsPerMinute is { } requests)
            rates.Add(new UserRate("requests", requests, http => http.Request.Path.StartsWithSegments(Contract)));
        if (limits.SubmitsPerMinute is { } submits)
            rates.Add(new UserRate("submits", submits, BeginsWork));
        All = rates;
    }

    /// <summary>The limits, the widest first.</summary>
    public IReadOnlyList<UserRate> All { get; }

    private static bool BeginsWork(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<BeginsWorkAttribute>() is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var rate in All)
            rate.Dispose();
    }
}

/// <summary>So many requests a minute, as many at once, which come back one by one.</summary>
/// <param name="name">What answers call it.</param>
/// <param name="perMinute">How many.</param>
/// <param name="counts">Which requests count.</param>
internal sealed class UserRate(string name, int perMinute, Func<HttpContext, bool> counts) : IDisposable
{
    /// <summary>What turns requests away.</summary>
    public PartitionedRateLimiter<HttpContext> Limiter { get; } = PartitionedRateLimiter.Create<HttpContext, string>(http => counts(http)
        ? RateLimitPartition.GetTokenBucketLimiter(Asker(http), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
            QueueLimit = 0,
        })
        : RateLimitPartition.GetNoLimiter(""));

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>How many a minute.</summary>
    public int PerMinute => perMinute;

    /// <summary>How many more who asks may ask now; null when this request does not count.</summary>
    public long? LeftFor(HttpContext http) => counts(http) ? Limiter.GetStatistics(http)?.CurrentAvailablePermits : null;

    /// <inheritdoc/>
    public void Dispose() => Limiter.Dispose();

    // Found out once a request.
    private static string Asker(HttpContext http)
    {
        if (http.Features.Get<AskerName>() is { } known)
            return known.Value;
        var name = UserClaim.Of(http.User) is { } user ? $"user {user}" : $"address {http.Connection.RemoteIpAddress}";
        http.Features.Set(new AskerName(name));
        return name;
    }

    private sealed record AskerName(string Value);
}
