using AiDub.Api.Errors;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Auth;

/// <summary>
/// An action for one user, which reads it with <see cref="Caller.Of"/>: the token's. A body (<see cref="INamesUser"/>) or a query
/// (<c>?user_id=</c>) may name the user too, and must where there are no tokens; one that is not the token's is refused with 403.
/// </summary>
/// <remarks>It runs after validation, so a body's <c>user_id</c> that is missing or wrong was told among its other faults.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ForCallerAttribute : Attribute, IActionFilter
{
    /// <summary>The name of the query's field.</summary>
    public const string Query = "user_id";

    /// <summary>Whether a request may name nobody where there are no tokens; the action then has no caller. Default: no.</summary>
    public bool IsOptionalInOpenMode { get; set; }

    /// <inheritdoc/>
    public void OnActionExecuting(ActionExecutingContext context)
    {
        var http = context.HttpContext;
        var isAsked = http.RequestServices.GetRequiredService<IOptions<JwtOptions>>().Value.IsConfigured;
        var named = Named(context);
        var user = isAsked ? UserClaim.Of(http.User) : named.Value;
        if (!named.IsMissing && named.Value is null)
            context.Result = UserErrors.Invalid.ToResult();
        else if (user is null && !isAsked && IsOptionalInOpenMode)
            return;
        else if (user is not { } id)
            context.Result = (isAsked ? HttpErrors.Of(StatusCodes.Status401Unauthorized) : UserErrors.Missing).ToResult();
        else if (!named.IsMissing && named.Value != id)
            context.Result = UserErrors.Forbidden.ToResult();
        else
            http.Features.Set(new Caller(id));
    }

    /// <inheritdoc/>
    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    private static SentUserId Named(ActionExecutingContext context)
    {
        if (context.ActionArguments.Values.OfType<INamesUser>().FirstOrDefault() is { } body)
            return body.UserId;
        return context.HttpContext.Request.Query.TryGetValue(Query, out var sent) && !string.IsNullOrWhiteSpace(sent)
            ? SentUserId.Parse($"{sent}")
            : default;
    }
}
