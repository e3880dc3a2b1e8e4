using AiDub.Jobs.Outages;

namespace AiDub.Api.Errors;

/// <summary>
/// Sees to it that who asks is told soon when a store is away, and not left waiting for it: who reads within three seconds, and who changes
/// something, which a store that is only busy may take a while for, within fifteen; once it is known to be away, everybody at once.
/// </summary>
internal static class StoreLimit
{
    // Of one call of a store; a request makes few.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Changing = TimeSpan.FromSeconds(5);

    /// <summary>Limits the calls of the requests that pass.</summary>
    public static WebApplication UseStoreLimit(this WebApplication app)
    {
        app.Use(async (http, next) =>
        {
            HurriedCalls.Begin(IsReading(http.Request) ? Reading : Changing);
            await next(http);
        });
        return app;
    }

    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || request.Path.Equals("/ai_dub/progress", StringComparison.OrdinalIgnoreCase);
}
