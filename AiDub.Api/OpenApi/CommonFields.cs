using AiDub.Api.Auth;
using AiDub.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Describes the fields that many endpoints take: whose dub, and which.</summary>
internal sealed class CommonFields : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var fields = operation.Parameters ??= [];
        foreach (var field in fields.OfType<OpenApiParameter>().Where(field => field.Name == "request_id"))
            field.Description ??= "The id that the dub was accepted under.";
        foreach (var field in fields.OfType<OpenApiParameter>().Where(field => field.Name == "source_audio"))
            field.Schema = WireSchemas.SourceAudio;
        var action = context.ApiDescription;
        if (action.ActionDescriptor.EndpointMetadata.OfType<ForCallerAttribute>().LastOrDefault() is not { } caller
            || action.ParameterDescriptions.Any(field => field.Type.IsAssignableTo(typeof(INamesUser))))
            return;
        var place = fields.TakeWhile(field => field.In != ParameterLocation.Header).Count();
        fields.Insert(place, new OpenApiParameter
        {
            Name = ForCallerAttribute.Query,
            In = ParameterLocation.Query,
            Schema = WireSchemas.UserId,
            Description = caller.IsOptionalInOpenMode
                ? "Who asks. May be left out; if it is given with a token, it must be the token's user."
                : "Who asks. May be left out with a token; if it is given then, it must be the token's user.",
        });
    }
}
