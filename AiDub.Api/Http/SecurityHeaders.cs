namespace AiDub.Api.Http;

/// <summary>The headers that tell browsers what an answer may do.</summary>
internal static class SecurityHeaders
{
    private const string Own = "base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    // Answers are data: nothing in them is ever run. The page at / names its own sources.
    private const string Data = $"default-src 'none'; form-action 'none'; {Own}";

    // Swagger UI and the dashboard write scripts and styles into their pages.
    private const string Tool =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + $"font-src 'self' data:; connect-src 'self'; form-action 'self'; {Own}";

    /// <summary>Sets them on every answer that does not set its own.</summary>
    /// <param name="app">The service.</param>
    /// <param name="tools">The paths of pages that write scripts and styles into themselves.</param>
    public static WebApplication UseSecurityHeaders(this WebApplication app, params string[] tools)
    {
        app.Use((context, next) =>
        {
            var policy = tools.Any(tool => context.Request.Path.StartsWithSegments(tool)) ? Tool : Data;
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "no-referrer";
                if (headers.ContentSecurityPolicy.Count == 0)
                    headers.ContentSecurityPolicy = policy;
                return Task.CompletedTask;
            });
            return next(context);
        });
        // Only answers over https carry it, and none to a local host.
        app.UseHsts();
        return app;
    }
}
