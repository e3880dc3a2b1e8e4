using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>Describes the groups of <see cref="ApiTasks"/>, in their order.</summary>
internal sealed class TaskTags : IDocumentFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.Tags =
        ApiTasks.All.Select(task => new OpenApiTag { Name = task.Name, Description = task.Description }).ToHashSet();
}
