using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Errors;

/// <summary>An error body as the result of an action.</summary>
internal sealed class ErrorResult(ErrorBody body) : ActionResult
{
    /// <summary>What is answered.</summary>
    public ErrorBody Body { get; } = body;

    /// <inheritdoc/>
    public override Task ExecuteResultAsync(ActionContext context) => context.HttpContext.Response.RefuseAsync(Body);
}
