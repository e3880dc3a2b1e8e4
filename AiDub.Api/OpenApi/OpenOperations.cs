using AiDub.Api.Auth;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>
/// Says of every operation of a service without tokens that it asks for none, and has its user filled in where it must be named.
/// </summary>
internal sealed class OpenOperations : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Security = [];
        var fields = (operation.Parameters ?? []).OfType<OpenApiParameter>();
        foreach (var user in fields.Where(field => field.Name == ForCallerAttribute.Query))
            user.Example = 51;
    }
}
