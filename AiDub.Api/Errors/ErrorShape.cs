using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Errors;

/// <summary>Gives every error the one shape, whoever raises it.</summary>
public static class ErrorShape
{
    /// <summary>Adds the error shape of exceptions and of bodies that cannot be read.</summary>
    public static IServiceCollection AddErrorShape(this IServiceCollection services)
    {
        services.AddExceptionHandler<ExceptionErrors>();
        services.Configure<ApiBehaviorOptions>(api =>
        {
            api.SuppressMapClientErrors = true;
            // Fields read whatever they hold and have rules of their own, so what is left is the body.
            api.InvalidModelStateResponseFactory = _ => HttpErrors.Of(StatusCodes.Status400BadRequest).ToResult();
        });
        return services;
    }

    /// <summary>Answers exceptions, and statuses that nobody gave a body, in the error shape.</summary>
    public static WebApplication UseErrorShape(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(status =>
        {
            var response = status.HttpContext.Response;
            return response.WriteAsJsonAsync(HttpErrors.Of(response.StatusCode), WireJson.Options, status.HttpContext.RequestAborted);
        });
        return app;
    }

    /// <summary>The MVC result of an error body.</summary>
    public static ObjectResult ToResult(this ErrorBody body) => new(body) { StatusCode = body.Status };
}
