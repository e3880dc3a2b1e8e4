using AiDub.Jobs.Outages;

namespace AiDub.Api.Errors;

/// <summary>Sees to it that who asks is told within three seconds when a store is away, and not left waiting for it.</summary>
public static class StoreLimit
{
    /// <summary>How long one call of a store may take for a request: 2 seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Limits the calls of the requests that pass.</summary>
    public static WebApplication UseStoreLimit(this WebApplication app)
    {
        app.Use(async (http, next) =>
        {
            HurriedCalls.Begin(Limit);
            await next(http);
        });
        return app;
    }
}
