using AiDub.Api.Errors;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Endpoints;

/// <summary>
/// Refuses a request whose Accept header rules JSON out before anything is done for it; MVC itself would notice only afterwards. Who asks
/// for problem details takes JSON too: it is what there is when nothing goes wrong.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AnswersJsonAttribute : Attribute, IResourceFilter
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <inheritdoc/>
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (MediaTypeHeaderValue.TryParseList(context.HttpContext.Request.Headers.Accept, out var ranges)
            && ranges.Count > 0
            && !ranges.Any(range => range.Quality is not 0 && range.MatchesMediaType(Json.MediaType))
            && !ProblemBody.IsAskedBy(context.HttpContext.Request))
            context.Result = HttpErrors.Of(StatusCodes.Status406NotAcceptable).ToResult();
    }

    /// <inheritdoc/>
    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
