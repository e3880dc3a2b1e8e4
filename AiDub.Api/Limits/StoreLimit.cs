using AiDub.Jobs.Outages;

namespace AiDub.Api.Limits;

/// <summary>
/// Limits the calls of stores, so that a request fails within 3 s (one that reads) or 15 s (one that changes something) when a store is
/// away, and at once when that is known.
/// </summary>
internal static class StoreLimit
{
    // Of one call of a store; a request makes few.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Changing = TimeSpan.FromSeconds(5);

    /// <summary>Limits the calls of the requests that pass.</summary>
    public static WebApplication UseStoreLimit(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            // It holds for what is called from here, and ends with the request.
            HurriedCalls.Begin(IsReading(http.Request) ? Reading : Changing);
            return next(http);
        });
        return app;
    }

    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || request.Path.Equals("/ai_dub/progress", StringComparison.OrdinalIgnoreCase);
}
