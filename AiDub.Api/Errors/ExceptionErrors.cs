using AiDub.Api.Contracts;
using AiDub.Domain.Errors;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace AiDub.Api.Errors;

/// <summary>The one place that turns exceptions into error bodies. Nothing an exception says reaches the client.</summary>
public sealed class ExceptionErrors(ILogger<ExceptionErrors> log) : IExceptionHandler
{
    /// <summary>The body that an exception is answered with.</summary>
    public static ErrorBody Of(Exception exception) => exception switch
    {
        BadHttpRequestException bad => HttpErrors.Of(bad.StatusCode),
        TransientDubException => HttpErrors.Of(StatusCodes.Status503ServiceUnavailable),
        _ when StorageFull.Is(exception) => HttpErrors.Of(StatusCodes.Status503ServiceUnavailable),
        _ => HttpErrors.Of(StatusCodes.Status500InternalServerError),
    };

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        var body = Of(exception);
        if (body.Status >= 500)
            log.LogError(exception, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
        context.Response.StatusCode = body.Status;
        await context.Response.WriteAsJsonAsync(body, WireJson.Options, ct);
        return true;
    }
}
