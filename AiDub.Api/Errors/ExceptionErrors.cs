using AiDub.Api.Wire;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Microsoft.AspNetCore.Diagnostics;

namespace AiDub.Api.Errors;

/// <summary>The one place that turns exceptions into error bodies. Nothing an exception says reaches the client.</summary>
internal sealed class ExceptionErrors(ILogger<ExceptionErrors> log) : IExceptionHandler
{
    // About as often as it is looked whether what is away is back.
    private const string RetrySeconds = "5";

    /// <summary>The body that an exception is answered with.</summary>
    public static ErrorBody Of(Exception exception) => exception switch
    {
        BadHttpRequestException bad => HttpErrors.Of(bad.StatusCode),
        TransientDubException => HttpErrors.Of(StatusCodes.Status503ServiceUnavailable),
        _ when OutageRules.Of(exception) is not null => HttpErrors.Of(StatusCodes.Status503ServiceUnavailable),
        _ => HttpErrors.Of(StatusCodes.Status500InternalServerError),
    };

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        var body = Of(exception);
        // What is away is said once, by who watches it, and not by everybody who asked in vain.
        if (OutageRules.Of(exception) is { } outage)
            log.LogDebug("{Method} {Path} was answered 503: {Reason}", context.Request.Method, context.Request.Path, outage.Message);
        // A store that refuses something is no mistake of ours, of which only the stack tells.
        else if (exception is TransientDubException { Message: OutageRules.ObjectsRefused })
            log.LogError(
                "{Method} {Path} ({HttpRequestId}) was answered 503: {Reason} {Cause}", context.Request.Method, context.Request.Path,
                context.TraceIdentifier, exception.Message, exception.InnerException?.Message);
        else if (body.Status >= 500)
            log.LogError(
                exception, "{Method} {Path} ({HttpRequestId}) failed.",
                context.Request.Method, context.Request.Path, context.TraceIdentifier);
        if (body.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetrySeconds;
        await context.Response.RefuseAsync(body);
        return true;
    }
}
