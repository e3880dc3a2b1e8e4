using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Uploads;

/// <summary>Describes the form of an upload, which its action reads as a stream.</summary>
internal sealed class UploadFormSchema : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.DeclaringType != typeof(UploadsController))
            return;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A form with one file.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "file" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["file"] = new OpenApiSchema
                            {
                                Type = JsonSchemaType.String,
                                Format = "binary",
                                Description = "A video, sound or subtitle file.",
                            },
                        },
                    },
                },
            },
        };
    }
}
