using System.Globalization;
using System.Text;

namespace AiDub.Api.Limits;

/// <summary>
/// Tells who asks how often he may, and how much of it is left: the fields <c>RateLimit-Policy</c> and <c>RateLimit</c> of the IETF draft
/// httpapi-ratelimit-headers (10), lists of structured fields (RFC 9651).
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>The limits: <c>"requests";q=1200;w=60</c>, the quota and its window in seconds.</summary>
    public const string Policy = "RateLimit-Policy";

    /// <summary>What is left: <c>"requests";r=1199;t=1</c>, the remaining quota and in how many seconds it is whole again.</summary>
    public const string Left = "RateLimit";

    /// <summary>Adds them to the answers to what is limited; where nothing is, it adds nothing.</summary>
    public static WebApplication UseRateLimitHeaders(this WebApplication app)
    {
        var rates = app.Services.GetRequiredService<UserRates>().All;
        if (rates.Count == 0)
            return app;
        app.Use((http, next) =>
        {
            // When it is known who asks.
            http.Response.OnStarting(() =>
            {
                Write(http, rates);
                return Task.CompletedTask;
            });
            return next(http);
        });
        return app;
    }

    private static void Write(HttpContext http, IReadOnlyList<UserRate> rates)
    {
        var (policy, left) = (new StringBuilder(), new StringBuilder());
        foreach (var rate in rates)
        {
            if (rate.LeftFor(http) is not { } remaining)
                continue;
            var between = policy.Length == 0 ? "" : ", ";
            var whole = (((rate.PerMinute - remaining) * 60) + rate.PerMinute - 1) / rate.PerMinute;
            policy.Append(CultureInfo.InvariantCulture, $"{between}\"{rate.Name}\";q={rate.PerMinute};w=60");
            left.Append(CultureInfo.InvariantCulture, $"{between}\"{rate.Name}\";r={remaining};t={whole}");
        }
        if (policy.Length > 0)
            (http.Response.Headers[Policy], http.Response.Headers[Left]) = ($"{policy}", $"{left}");
    }
}
