using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Endpoints;

/// <summary>An answer of 200 whose JSON is written already.</summary>
/// <param name="json">The JSON, as UTF-8.</param>
internal sealed class WrittenAnswer(byte[] json) : IActionResult
{
    // As MVC's own formatter says it.
    private const string Json = "application/json; charset=utf-8";

    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = Json;
        response.ContentLength = json.Length;
        await response.BodyWriter.WriteAsync(json, context.HttpContext.RequestAborted);
    }
}
