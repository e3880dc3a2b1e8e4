using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.Primitives;

namespace AiDub.Api.Endpoints;

/// <summary>Reads a body of JSON, and then has found out what its rules need to know.</summary>
internal sealed class BodyReader(JsonOptions options, ILogger<SystemTextJsonInputFormatter> log)
    : SystemTextJsonInputFormatter(options, log)
{
    /// <inheritdoc/>
    /// <remarks>
    /// A body that is encoded is none that is read (RFC 9110, 8.4): it is no broken JSON. A type that breaks off after the name of a
    /// parameter, such as <c>charset=</c>, is none (8.3.1); MVC reads on beyond its end.
    /// </remarks>
    public override bool CanRead(InputFormatterContext context) =>
        IsPlain(context.HttpContext.Request.Headers.ContentEncoding)
        && context.HttpContext.Request.ContentType?.EndsWith('=') != true
        && base.CanRead(context);

    // The names of encodings have no case (8.4.1).
    private static bool IsPlain(StringValues encoding) =>
        encoding is [] || (encoding is [var only] && "identity".Equals(only, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        var http = context.HttpContext;
        byte? first = null;
        InputFormatterResult read;
        try
        {
            if (http.Request.ContentLength != 0)
                first = await BodyFault.FirstByteAsync(http.Request.BodyReader);
            read = await base.ReadAsync(context);
        }
        // The server has no status of its own for every body that breaks the rules of its transfer, such as a chunk larger than any.
        catch (IOException e) when (e is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body does not arrive as it should.", e);
        }
        if (read.Model is null)
            http.Features.Set(BodyFault.Of(first, context.ModelState));
        if (read.Model is { } body && http.RequestServices.GetKeyedService<IRuleFacts>(context.ModelType) is { } facts)
            http.Features.Set(new RuleFacts(await facts.FindAsync(body, http.RequestAborted)));
        return read;
    }
}

/// <summary>What was found out for the rules of a request's body.</summary>
/// <param name="Value">The facts.</param>
internal sealed record RuleFacts(object Value);
