namespace AiDub.Api.Errors;

/// <summary>Gives every error the one shape, whoever raises it.</summary>
internal static class ErrorShape
{
    /// <summary>Adds the error shape of exceptions.</summary>
    public static IServiceCollection AddErrorShape(this IServiceCollection services)
    {
        services.AddExceptionHandler<ExceptionErrors>();
        return services;
    }

    /// <summary>Answers exceptions, and statuses that nobody gave a body, in the error shape.</summary>
    public static WebApplication UseErrorShape(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(status => status.HttpContext.Response.RefuseAsync(HttpErrors.Of(status.HttpContext.Response.StatusCode)));
        app.Use(async (http, next) =>
        {
            await next(http);
            if (http.Response is { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false })
                ForgetFile(http.Response.Headers);
        });
        return app;
    }

    // Whoever sends files says of a range that there is not what he would have sent, and nobody would give it a body.
    private static void ForgetFile(IHeaderDictionary headers)
    {
        headers.ContentType = default;
        headers.ContentLength = null;
        headers.ContentDisposition = default;
        headers.CacheControl = default;
    }
}
