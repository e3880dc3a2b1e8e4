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
        return app;
    }
}
